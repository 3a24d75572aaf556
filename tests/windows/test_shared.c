// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// A user's program over the DLLs: the core, a provider, and the verifier of the platform.
#include "patina/patina.h"
#include "patina/provider_awslc.h"

#include <stdio.h>

static int failed;

static void row(int number, const char *name, bool holds)
{
    failed += holds ? 0 : 1;
    (void)printf("%s %d - %s\n", holds ? "ok" : "not ok", number, name);
}

int main(void)
{
    struct patina_verifier *verifier = NULL;
    struct patina_roots *roots = NULL;
    struct patina_client_config *config = NULL;
    struct patina_client_options o = PATINA_CLIENT_OPTIONS_INIT;
    const struct patina_provider *provider = patina_awslc();
    row(1, "a provider", provider != NULL);
    row(2, "the verifier of the platform",
        patina_verifier_platform(provider, NULL, &verifier) == PATINA_OK);
    row(3, "the roots of the system", patina_roots_system(NULL, &roots, NULL) == PATINA_OK);
    o.provider = provider;
    o.verifier = verifier;
    o.clock = patina_clock_system();
    row(4, "a config of these", patina_client_config_new(&o, &config, NULL) == PATINA_OK);
    patina_client_config_unref(config);
    patina_roots_unref(roots);
    patina_verifier_unref(verifier);
    (void)printf("1..4\n");
    return failed == 0 ? 0 : 1;
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// A user's program: links the core and one provider, makes a provider and says the version.
#include <patina/patina.h>
#ifdef USE_AWSLC
#include <patina/provider_awslc.h>
#else
#include <patina/provider_openssl.h>
#endif
#include <stdio.h>

int main(void)
{
    const struct patina_provider *provider = NULL;
#ifdef USE_AWSLC
    provider = patina_awslc();
#else
    if (patina_openssl_new(NULL, &provider) != PATINA_OK) {
        return 1;
    }
#endif
    printf("patina %s\n", patina_version_string());
    return provider == NULL;
}

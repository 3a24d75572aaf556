// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// A provider for tests: see test_provider.h.
#include "test_provider.h"

#ifdef TEST_PROVIDER_OPENSSL
#include "patina/provider_openssl.h"
#else
#include "patina/provider_awslc.h"
#endif

#include <stdlib.h>

const struct patina_provider *test_provider(void)
{
    const struct patina_provider *p = NULL;
#ifdef TEST_PROVIDER_OPENSSL
    if (patina_openssl_new(NULL, &p) != PATINA_OK) {
        abort();
    }
#else
    p = patina_provider_ref(patina_awslc());
#endif
    return p;
}

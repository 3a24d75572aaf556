// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// See provider.h.
#include "provider.h"

#include "patina/provider_openssl.h"

const struct patina_provider *vectors_provider(void)
{
    const struct patina_provider *p = NULL;
    return patina_openssl_new(NULL, &p) == PATINA_OK ? p : NULL;
}

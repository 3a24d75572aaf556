// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// A program names its crypto provider, and that is the one thing it cannot leave out. The examples
// take the one they are built with: AWS-LC where it is there, else OpenSSL.
#ifndef EXAMPLES_PROVIDER_H
#define EXAMPLES_PROVIDER_H

#ifdef EXAMPLES_AWSLC
#include <patina/provider_awslc.h>

static inline const struct patina_provider *example_provider(void)
{
    return patina_awslc();
}
#else
#include <patina/provider_openssl.h>

static inline const struct patina_provider *example_provider(void)
{
    const struct patina_provider *provider = NULL;
    return patina_openssl_new(NULL, &provider) == PATINA_OK ? provider : NULL;
}
#endif

#endif

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The provider over libcrypto >= 3.0, in its own library (libpatina_openssl).
#ifndef PATINA_PROVIDER_OPENSSL_H
#define PATINA_PROVIDER_OPENSSL_H

#include "patina/provider.h"

#ifdef __cplusplus
extern "C" {
#endif

struct patina_openssl_options {
    uint32_t struct_size;
    uint32_t reserved; // 0
    void *libctx; // OSSL_LIB_CTX *, borrowed until the last reference goes; NULL: a context of the
                  // provider's own
    const char *properties; // property query for every fetch; NULL: none
};
#define PATINA_OPENSSL_OPTIONS_INIT {sizeof(struct patina_openssl_options), 0, NULL, NULL}

// `patina_openssl_new` fetches everything once and makes a counted provider; an algorithm that
// cannot be fetched is left out of the tables. `o` NULL: defaults. NO_MEMORY, or
// UNSUPPORTED_BY_PROVIDER when no TLS 1.3 suite or group is left. A context of the provider's own
// reads no config file: FIPS by system config needs `libctx`. May load libcrypto's modules from
// files and so block. Any thread. Free with `patina_provider_unref`.
PATINA_API PATINA_MUST patina_err patina_openssl_new(const struct patina_openssl_options *o,
                                                     const struct patina_provider **out);

#ifdef __cplusplus
}
#endif
#endif

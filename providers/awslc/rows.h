// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The static rows of the AWS-LC provider, each defined in the file of its kind and listed by
// provider.c.
#ifndef PATINA_AWSLC_ROWS_H
#define PATINA_AWSLC_ROWS_H

#include "common/algids.h"
#include "patina/provider_awslc.h"

extern const struct patina_hash ptn_awslc_sha256, ptn_awslc_sha384, ptn_awslc_sha512;
extern const struct patina_hmac ptn_awslc_hmac_sha256, ptn_awslc_hmac_sha384;
extern const struct patina_aead ptn_awslc_aes128, ptn_awslc_aes256, ptn_awslc_chacha;
extern const struct patina_group ptn_awslc_mlkem768, ptn_awslc_x25519, ptn_awslc_p256,
    ptn_awslc_p384;
extern const struct patina_verify_alg ptn_awslc_verify_algs[ALG_PAIRS];

patina_err ptn_awslc_load_key(const struct patina_provider *p, patina_span der,
                              struct patina_key **out);

// The provider's certid_sha1.
patina_err ptn_awslc_certid_sha1(const struct patina_provider *p, patina_span bytes,
                                 struct patina_digest *out);

// Hashes the parts for a signature; SIG_PURE is a failure.
patina_err ptn_awslc_digest(enum sig_hash hash, const patina_span *parts, size_t parts_count,
                            struct patina_digest *out);

#endif

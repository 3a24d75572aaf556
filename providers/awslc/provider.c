// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The provider over AWS-LC: static tables, so there is nothing to make, count or free.
#include "rows.h"

#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <openssl/service_indicator.h>

#define SUITE(suite_name, suite_id, suite_aead, suite_hmac) \
    {.struct_size = sizeof(struct patina_suite),            \
     .name = suite_name,                                    \
     .id = suite_id,                                        \
     .version = 0x0304,                                     \
     .aead = &suite_aead,                                   \
     .hmac = &suite_hmac}
static const struct patina_suite aes128 =
    SUITE("TLS_AES_128_GCM_SHA256", 0x1301, ptn_awslc_aes128, ptn_awslc_hmac_sha256);
static const struct patina_suite aes256 =
    SUITE("TLS_AES_256_GCM_SHA384", 0x1302, ptn_awslc_aes256, ptn_awslc_hmac_sha384);
static const struct patina_suite chacha =
    SUITE("TLS_CHACHA20_POLY1305_SHA256", 0x1303, ptn_awslc_chacha, ptn_awslc_hmac_sha256);

// AES-128 first: SHA-384 costs a third of a server's handshake.
static const struct patina_suite *const suites[] = {&aes128, &aes256, &chacha};

static const struct patina_group *const groups[] = {&ptn_awslc_mlkem768, &ptn_awslc_x25519,
                                                    &ptn_awslc_p256, &ptn_awslc_p384};

// The generator of AWS-LC notices a fork by itself and reseeds; it ends the process rather than
// give weak bytes.
static patina_err random_bytes(const struct patina_provider *p, patina_mspan out)
{
    (void)p;
    if (out.len != 0 && RAND_bytes(out.ptr, out.len) != 1) {
        mspan_zero(out);
        return PATINA_ERR_RANDOM;
    }
    return PATINA_OK;
}

static bool is_fips(const struct patina_provider *p)
{
    (void)p;
    return FIPS_mode() == 1;
}

#define ALG(i) &ptn_awslc_verify_algs[i]
static const struct patina_verify_alg *const verify_algs[] = {
    ALG(0), ALG(1), ALG(2),  ALG(3),  ALG(4),  ALG(5),  ALG(6),  ALG(7),
    ALG(8), ALG(9), ALG(10), ALG(11), ALG(12), ALG(13), ALG(14), ALG(15),
};
_Static_assert(COUNT(verify_algs) == ALG_PAIRS, "every pair is listed");

static const struct patina_provider provider = {
    .abi = PATINA_PROVIDER_ABI,
    .struct_size = sizeof(struct patina_provider),
    .name = "aws-lc",
    .version = AWSLC_VERSION_NUMBER_STRING,
    .suites = suites,
    .suites_count = COUNT(suites),
    .groups = groups,
    .groups_count = COUNT(groups),
    .verify_algs = verify_algs,
    .verify_algs_count = COUNT(verify_algs),
    .random = random_bytes,
    .load_key = ptn_awslc_load_key,
    .ticket_aead = &ptn_awslc_aes256,
    .hmac_sha256 = &ptn_awslc_hmac_sha256,
    .fips = is_fips,
    .certid_sha1 = ptn_awslc_certid_sha1,
};

const struct patina_provider *patina_awslc(void)
{
    return &provider;
}

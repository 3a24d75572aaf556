// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Reads private keys: PKCS#8 (RFC 5958), SEC 1 (RFC 5915), PKCS#1 (RFC 8017 appendix A.1.2),
// Ed25519 (RFC 8410 §7). The frames are taken apart here, strictly, and libcrypto is given numbers.
// Its decoders would try every format they know, take trailing bytes, and on failure push more
// errors than its queue holds.
#include "lib.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/obj_mac.h>
#include <openssl/params.h>

#define FIELD_MAX 66u // P-521

struct curve {
    const char *name;
    int nid;
    size_t field_len;
    patina_span oid; // contents
};

static const uint8_t oid_p256[] = {0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07};
static const uint8_t oid_p384[] = {0x2b, 0x81, 0x04, 0x00, 0x22};
static const uint8_t oid_p521[] = {0x2b, 0x81, 0x04, 0x00, 0x23};

static const struct curve curves[] = {
    [KEY_P256] = {"P-256", NID_X9_62_prime256v1, 32, {oid_p256, sizeof(oid_p256)}},
    [KEY_P384] = {"P-384", NID_secp384r1, 48, {oid_p384, sizeof(oid_p384)}},
    [KEY_P521] = {"P-521", NID_secp521r1, 66, {oid_p521, sizeof(oid_p521)}},
};

size_t ptn_openssl_field_len(enum key_kind kind)
{
    return AT(curves, kind).field_len;
}

static bool equal(patina_span a, patina_span b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static patina_span public_bits(const struct read_key *k)
{
    return span_part(SPAN_OF(k->public_bits), 0, k->public_len);
}

// A key pair of the kind from ready parameters, or NULL.
static EVP_PKEY *from_params(const struct ossl_lib *lib, const char *algorithm, OSSL_PARAM *params)
{
    EVP_PKEY *out = NULL;
    EVP_PKEY_CTX *c = EVP_PKEY_CTX_new_from_name(lib->ctx, algorithm, lib->properties);
    if (c == NULL || EVP_PKEY_fromdata_init(c) != 1 ||
        EVP_PKEY_fromdata(c, &out, EVP_PKEY_KEYPAIR, params) != 1) {
        EVP_PKEY_free(out);
        out = NULL;
    }
    EVP_PKEY_CTX_free(c);
    return out;
}

// ---- EC

// The public point of a private scalar, uncompressed.
static bool point_of_scalar(const struct ossl_lib *lib, const struct curve *curve,
                            patina_span scalar, patina_mspan out_point)
{
    EC_GROUP *group = EC_GROUP_new_by_curve_name_ex(lib->ctx, lib->properties, curve->nid);
    EC_POINT *point = group != NULL ? EC_POINT_new(group) : NULL;
    BIGNUM *d = BN_secure_new();

    bool ok = point != NULL && d != NULL && BN_bin2bn(scalar.ptr, (int)scalar.len, d) != NULL &&
              !BN_is_zero(d) && BN_cmp(d, EC_GROUP_get0_order(group)) < 0 &&
              EC_POINT_mul(group, point, d, NULL, NULL, NULL) == 1 &&
              EC_POINT_point2oct(group, point, POINT_CONVERSION_UNCOMPRESSED, out_point.ptr,
                                 out_point.len, NULL) == out_point.len;
    BN_clear_free(d);
    EC_POINT_clear_free(point);
    EC_GROUP_free(group);
    return ok;
}

EVP_PKEY *ptn_openssl_ec_private(const struct ossl_lib *lib, enum key_kind kind, patina_span scalar,
                                 patina_mspan out_point)
{
    const struct curve *curve = &AT(curves, kind);
    uint8_t native[FIELD_MAX] = {0};
    char name[16] = {0}; // OSSL_PARAM wants it not const

    if (scalar.len == 0 || scalar.len > curve->field_len ||
        out_point.len != 1 + 2 * curve->field_len ||
        !point_of_scalar(lib, curve, scalar, out_point)) {
        return NULL;
    }
    copy_reversed(MSPAN_OF(native), scalar);
    memcpy(name, curve->name, strlen(curve->name));
    OSSL_PARAM params[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, name, 0),
        OSSL_PARAM_construct_BN(OSSL_PKEY_PARAM_PRIV_KEY, native, curve->field_len),
        OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, out_point.ptr, out_point.len),
        OSSL_PARAM_construct_end(),
    };
    EVP_PKEY *key = from_params(lib, "EC", params);
    OPENSSL_cleanse(native, sizeof(native));
    return key;
}

// ECPrivateKey. In PKCS#8 the curve stands outside, in SEC 1 as [0]; a public key, if given, must
// be the scalar's.
static patina_err read_ec(const struct ossl_lib *lib, patina_span der, patina_span curve_oid,
                          struct read_key *out)
{
    patina_span body;
    patina_span version;
    patina_span scalar;
    patina_span part;
    patina_span given = {NULL, 0};

    if (!der_take(&der, DER_SEQUENCE, &body) || der.len != 0 ||
        !der_take_unsigned(&body, &version) ||
        !equal(version, (patina_span){(const uint8_t *)"\x01", 1}) ||
        !der_take(&body, DER_OCTET_STRING, &scalar)) {
        return PATINA_ERR_BAD_KEY;
    }
    if (der_take(&body, DER_EXPLICIT_0, &part)) {
        patina_span oid;
        if (!der_take(&part, DER_OID, &oid) || part.len != 0 ||
            (curve_oid.len != 0 && !equal(oid, curve_oid))) {
            return PATINA_ERR_BAD_KEY;
        }
        curve_oid = oid;
    }
    if (der_take(&body, DER_EXPLICIT_1, &part)) {
        if (!der_take(&part, DER_BIT_STRING, &given) || part.len != 0 || given.len < 2 ||
            ITEM(given.ptr, given.len, 0) != 0) {
            return PATINA_ERR_BAD_KEY;
        }
        given = span_part(given, 1, SIZE_MAX);
    }
    if (body.len != 0 || curve_oid.len == 0) {
        return PATINA_ERR_BAD_KEY;
    }
    for (size_t kind = 0; kind < COUNT(curves); kind++) {
        const struct curve *curve = &AT(curves, kind);
        if (equal(curve->oid, curve_oid)) {
            patina_mspan computed = {out->public_bits, 1 + 2 * curve->field_len};
            out->kind = (enum key_kind)kind;
            if (AT(lib->curves, kind) == NULL) {
                return PATINA_ERR_UNSUPPORTED_BY_PROVIDER;
            }
            out->pkey = ptn_openssl_ec_private(lib, out->kind, scalar, computed);
            out->public_len = computed.len;
            if (out->pkey == NULL || (given.len != 0 && !equal(given, public_bits(out)))) {
                return PATINA_ERR_BAD_KEY;
            }
            return PATINA_OK;
        }
    }
    return PATINA_ERR_UNSUPPORTED_BY_PROVIDER;
}

// ---- RSA

enum { RSA_N, RSA_E, RSA_D, RSA_P, RSA_Q, RSA_DP, RSA_DQ, RSA_QINV, RSA_NUMBERS };

// Whether a * b is 1 modulo m, for secret numbers.
static bool is_inverse(const BIGNUM *a, const BIGNUM *b, const BIGNUM *m, BIGNUM *room,
                       BN_CTX *scratch)
{
    return BN_mod_mul(room, a, b, m, scratch) == 1 && BN_is_one(room);
}

// Whether `d` leaves the CRT exponent modulo one prime less one, which is the inverse of `e` there.
static bool exponent_fits(const BIGNUM *d, const BIGNUM *e, const BIGNUM *crt, const BIGNUM *prime,
                          BN_CTX *scratch)
{
    BN_CTX_start(scratch);
    BIGNUM *less_one = BN_CTX_get(scratch);
    BIGNUM *room = BN_CTX_get(scratch);
    bool fits =
        room != NULL && BN_sub(less_one, prime, BN_value_one()) == 1 && !BN_is_zero(less_one);
    if (fits) {
        BN_set_flags(less_one, BN_FLG_CONSTTIME);
        fits = is_inverse(crt, e, less_one, room, scratch) &&
               BN_nnmod(room, d, less_one, scratch) == 1 && BN_cmp(room, crt) == 0;
    }
    BN_CTX_end(scratch);
    return fits;
}

// n = p * q, d and its CRT forms invert e, qinv inverts q (RFC 8017 §3.2): a key whose numbers do
// not belong together would sign what nobody can verify, or give a prime away. That p and q are
// primes is not checked.
static bool numbers_fit(const patina_span numbers[RSA_NUMBERS])
{
    BIGNUM *bn[RSA_NUMBERS] = {NULL};
    BN_CTX *scratch = BN_CTX_secure_new();
    BIGNUM *room = BN_secure_new();
    bool fit = scratch != NULL && room != NULL;

    for (size_t i = 0; fit && i < RSA_NUMBERS; i++) {
        patina_span number = ITEM(numbers, RSA_NUMBERS, i);
        AT(bn, i) = BN_secure_new();
        fit = AT(bn, i) != NULL && BN_bin2bn(number.ptr, (int)number.len, AT(bn, i)) != NULL &&
              !BN_is_zero(AT(bn, i));
        if (fit) {
            BN_set_flags(AT(bn, i), BN_FLG_CONSTTIME);
        }
    }
    fit = fit && BN_mul(room, AT(bn, RSA_P), AT(bn, RSA_Q), scratch) == 1 &&
          BN_cmp(room, AT(bn, RSA_N)) == 0 &&
          exponent_fits(AT(bn, RSA_D), AT(bn, RSA_E), AT(bn, RSA_DP), AT(bn, RSA_P), scratch) &&
          exponent_fits(AT(bn, RSA_D), AT(bn, RSA_E), AT(bn, RSA_DQ), AT(bn, RSA_Q), scratch) &&
          is_inverse(AT(bn, RSA_QINV), AT(bn, RSA_Q), AT(bn, RSA_P), room, scratch);
    for (size_t i = 0; i < RSA_NUMBERS; i++) {
        BN_clear_free(AT(bn, i));
    }
    BN_clear_free(room);
    BN_CTX_free(scratch);
    return fit;
}

// RSAPublicKey, RFC 8017 appendix A.1.1.
static void write_rsa_public(patina_span n, patina_span e, struct read_key *out)
{
    size_t body_len = der_unsigned_len(n) + der_unsigned_len(e);
    patina_mspan left = der_put_header(MSPAN_OF(out->public_bits), DER_SEQUENCE, body_len);
    left = der_put_unsigned(left, n);
    (void)der_put_unsigned(left, e);
    out->public_len = der_header_len(body_len) + body_len;
}

// RSAPrivateKey of two primes.
static patina_err read_rsa(const struct ossl_lib *lib, patina_span der, struct read_key *out)
{
    static const char *const names[RSA_NUMBERS] = {
        [RSA_N] = OSSL_PKEY_PARAM_RSA_N,          [RSA_E] = OSSL_PKEY_PARAM_RSA_E,
        [RSA_D] = OSSL_PKEY_PARAM_RSA_D,          [RSA_P] = OSSL_PKEY_PARAM_RSA_FACTOR1,
        [RSA_Q] = OSSL_PKEY_PARAM_RSA_FACTOR2,    [RSA_DP] = OSSL_PKEY_PARAM_RSA_EXPONENT1,
        [RSA_DQ] = OSSL_PKEY_PARAM_RSA_EXPONENT2, [RSA_QINV] = OSSL_PKEY_PARAM_RSA_COEFFICIENT1,
    };
    struct {
        uint8_t bytes[RSA_BYTES_MAX];
    } native[RSA_NUMBERS];
    patina_span numbers[RSA_NUMBERS];
    OSSL_PARAM params[RSA_NUMBERS + 1];
    patina_span body;
    patina_span version;

    if (!der_take(&der, DER_SEQUENCE, &body) || der.len != 0 ||
        !der_take_unsigned(&body, &version) ||
        !equal(version, (patina_span){(const uint8_t *)"\x00", 1})) {
        return PATINA_ERR_BAD_KEY;
    }
    for (size_t i = 0; i < RSA_NUMBERS; i++) {
        if (!der_take_unsigned(&body, &AT(numbers, i)) || AT(numbers, i).len > RSA_BYTES_MAX) {
            return PATINA_ERR_BAD_KEY;
        }
    }
    if (body.len != 0 || !rsa_numbers_are_allowed(AT(numbers, RSA_N), AT(numbers, RSA_E)) ||
        !numbers_fit(numbers)) {
        return PATINA_ERR_BAD_KEY;
    }
    for (size_t i = 0; i < RSA_NUMBERS; i++) {
        uint8_t *bytes = AT(native, i).bytes;
        copy_reversed((patina_mspan){bytes, RSA_BYTES_MAX}, AT(numbers, i));
        AT(params, i) = OSSL_PARAM_construct_BN(AT(names, i), bytes, AT(numbers, i).len);
    }
    AT(params, RSA_NUMBERS) = OSSL_PARAM_construct_end();
    out->pkey = from_params(lib, "RSA", params);
    OPENSSL_cleanse(native, sizeof(native));
    write_rsa_public(AT(numbers, RSA_N), AT(numbers, RSA_E), out);
    return out->pkey != NULL ? PATINA_OK : PATINA_ERR_BAD_KEY;
}

// ---- Ed25519

// The seed; a public key, if given (RFC 5958 version 2), must be the seed's.
static patina_err read_ed25519(const struct ossl_lib *lib, patina_span der, patina_span given,
                               struct read_key *out)
{
    patina_span seed;
    if (!der_take(&der, DER_OCTET_STRING, &seed) || der.len != 0 || seed.len != 32) {
        return PATINA_ERR_BAD_KEY;
    }
    out->pkey =
        EVP_PKEY_new_raw_private_key_ex(lib->ctx, "ED25519", lib->properties, seed.ptr, seed.len);
    if (out->pkey == NULL) {
        return PATINA_ERR_UNSUPPORTED_BY_PROVIDER;
    }
    out->public_len = sizeof(out->public_bits);
    if (EVP_PKEY_get_raw_public_key(out->pkey, out->public_bits, &out->public_len) != 1 ||
        (given.len != 0 && !equal(given, public_bits(out)))) {
        return PATINA_ERR_BAD_KEY;
    }
    return PATINA_OK;
}

// ---- PKCS#8

// OneAsymmetricKey, RFC 5958 §2: version, algorithm, key, [0] attributes, [1] public key.
static patina_err read_pkcs8(const struct ossl_lib *lib, patina_span der, struct read_key *out)
{
    patina_span body;
    patina_span part;
    patina_span algorithm;
    patina_span key;
    patina_span given = {NULL, 0};
    patina_span curve = {NULL, 0};

    if (!der_take(&der, DER_SEQUENCE, &body) || der.len != 0 || !der_take_unsigned(&body, &part) ||
        part.len != 1 || ITEM(part.ptr, part.len, 0) > 1 ||
        !der_take(&body, DER_SEQUENCE, &algorithm) || !der_take(&body, DER_OCTET_STRING, &key)) {
        return PATINA_ERR_BAD_KEY;
    }
    (void)der_take(&body, DER_EXPLICIT_0, &part);
    if (der_take(&body, DER_CONTEXT_1, &given)) {
        if (given.len < 2 || ITEM(given.ptr, given.len, 0) != 0) {
            return PATINA_ERR_BAD_KEY;
        }
        given = span_part(given, 1, SIZE_MAX);
    }
    if (body.len != 0) {
        return PATINA_ERR_BAD_KEY;
    }
    if (equal(algorithm, SPAN_OF(alg_ed25519))) {
        out->kind = KEY_ED25519;
        return read_ed25519(lib, key, given, out);
    }
    if (equal(algorithm, SPAN_OF(key_rsa))) {
        out->kind = KEY_RSA;
        return read_rsa(lib, key, out);
    }
    // What is left is EC by key_form_of, with a curve by name.
    if (!der_take(&algorithm, DER_OID, &part) || !der_take(&algorithm, DER_OID, &curve) ||
        algorithm.len != 0) {
        return PATINA_ERR_BAD_KEY;
    }
    return read_ec(lib, key, curve, out);
}

patina_err ptn_openssl_read_key(const struct ossl_lib *lib, patina_span der, struct read_key *out)
{
    patina_err err = PATINA_ERR_BAD_KEY;
    out->pkey = NULL;
    out->kind = KEY_KINDS;
    out->public_len = 0;
    switch (key_form_of(der)) {
    case KEY_FORM_PKCS8:
        err = read_pkcs8(lib, der, out);
        break;
    case KEY_FORM_SEC1:
        err = read_ec(lib, der, (patina_span){NULL, 0}, out);
        break;
    case KEY_FORM_PKCS1:
        out->kind = KEY_RSA;
        err = read_rsa(lib, der, out);
        break;
    case KEY_FORM_UNSUPPORTED:
        err = PATINA_ERR_UNSUPPORTED_BY_PROVIDER;
        break;
    case KEY_FORM_NONE:
        break;
    }
    if (err != PATINA_OK) {
        EVP_PKEY_free(out->pkey);
        out->pkey = NULL;
    }
    return err;
}

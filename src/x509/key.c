// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Whether a certificate's key may be relied on, judged by its bytes alone: RFC 5280 §4.1.2.7, RFC
// 8017 §A.1.1, RFC 5480 §2. A provider refuses the same when it loads a key; here nothing is
// loaded, so that a key is judged also where it signs nothing.
#include "x509/key.h"
#include "x509/der.h"

// ---- RSA

// Bits of a number of at most 65,535 octets whose first one is not zero.
static uint32_t bits_of(patina_span magnitude)
    PTN_CONTRACT(REQUIRES(CERT_BYTES(magnitude)) ASSIGNS() ENSURES(RESULT <= magnitude.len * 8))
{
    if (magnitude.len == 0) {
        return 0;
    }
    uint32_t top = ptn_span_at(magnitude, 0);
    uint32_t bits = (uint32_t)(magnitude.len - 1) * 8;
    for (; top != 0; top >>= 1)
        PTN_LOOP(ASSIGNS(top, bits)
                     INVARIANT(bits >= LOOP_OLD(bits) && bits - LOOP_OLD(bits) <= 8 &&
                               top <= 0xffu >> (bits - LOOP_OLD(bits))) DECREASES(top))
    {
        bits++;
    }
    return bits;
}

// A positive INTEGER, without the zero that keeps it so.
static bool read_magnitude(struct ptn_reader *r, patina_span *out)
{
    if (!ptn_der_read_integer(r, out) || (ptn_span_at(*out, 0) & 0x80) != 0) {
        return false;
    }
    if (ptn_span_at(*out, 0) == 0) {
        *out = ptn_span_skip(*out, 1);
    }
    return true;
}

static bool is_odd(patina_span magnitude)
{
    return magnitude.len != 0 && (ptn_span_at(magnitude, magnitude.len - 1) & 1) != 0;
}

bool ptn_rsa_key_read(patina_span public_key, struct ptn_rsa_key *out)
{
    struct ptn_reader r = ptn_reader_of(public_key);
    struct ptn_reader fields;
    patina_span modulus;
    patina_span exponent;
    *out = (struct ptn_rsa_key){0};
    if (public_key.len > PTN_MAX_CERT_BYTES || !ptn_der_enter(&r, PTN_DER_SEQUENCE, &fields) ||
        !ptn_read_end(&r) || !read_magnitude(&fields, &modulus) ||
        !read_magnitude(&fields, &exponent) || !ptn_read_end(&fields)) {
        return false;
    }
    *out = (struct ptn_rsa_key){.modulus_bits = bits_of(modulus),
                                .exponent_bits = bits_of(exponent),
                                .is_odd = is_odd(modulus) && is_odd(exponent)};
    return true;
}

// An exponent of 1 signs nothing, an even number is none of RSA's; large ones cost as much as a
// forger likes.
static bool is_sound_rsa(patina_span public_key)
{
    struct ptn_rsa_key key;
    return ptn_rsa_key_read(public_key, &key) && key.is_odd &&
           key.modulus_bits >= PTN_MIN_RSA_BITS && key.modulus_bits <= PTN_MAX_RSA_BITS &&
           key.exponent_bits >= 2 && key.exponent_bits <= PTN_MAX_RSA_EXPONENT_BITS;
}

// ---- Which kind it is, by the contents of its AlgorithmIdentifier

#define OID_RSA 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01
#define OID_EC 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01

static const uint8_t id_rsa[] = {OID_RSA, 0x01}; // rsaEncryption
static const uint8_t id_pss[] = {OID_RSA, 0x0a}; // id-RSASSA-PSS, RFC 4055 §1.2
static const uint8_t id_ec[] = {OID_EC};         // id-ecPublicKey, RFC 5480 §2.1.1
static const uint8_t p256[] = {OID_EC, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07};
static const uint8_t p384[] = {OID_EC, 0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x22};
static const uint8_t p521[] = {OID_EC, 0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x23};
static const uint8_t ed25519[] = {0x06, 0x03, 0x2b, 0x65, 0x70}; // RFC 8410 §3

static bool begins_with(patina_span algorithm, patina_span oid)
{
    return ptn_span_equal(ptn_span_first(algorithm, oid.len), oid);
}

// RFC 5480 §2.2: 0x04 and both coordinates. Compressed points are "MAY" there and used by nobody.
static bool is_point(patina_span public_key, size_t coordinate_bytes)
{
    return public_key.len == 1 + 2 * coordinate_bytes && ptn_span_at(public_key, 0) == 0x04;
}

// RFC 5480 §2.1.1: a curve has a name; one that is spelled out is a curve of the forger's choice.
static bool is_sound_ec(const struct ptn_spki *spki)
{
    if (ptn_span_equal(spki->algorithm, PTN_SPAN_OF(p256))) {
        return is_point(spki->public_key, 32);
    }
    if (ptn_span_equal(spki->algorithm, PTN_SPAN_OF(p384))) {
        return is_point(spki->public_key, 48);
    }
    return ptn_span_equal(spki->algorithm, PTN_SPAN_OF(p521)) && is_point(spki->public_key, 66);
}

bool ptn_key_is_sound(const struct ptn_spki *spki)
{
    if (begins_with(spki->algorithm, PTN_SPAN_OF(id_ec))) {
        return is_sound_ec(spki);
    }
    if (begins_with(spki->algorithm, PTN_SPAN_OF(id_rsa)) ||
        begins_with(spki->algorithm, PTN_SPAN_OF(id_pss))) {
        return is_sound_rsa(spki->public_key);
    }
    return !ptn_span_equal(spki->algorithm, PTN_SPAN_OF(ed25519)) || spki->public_key.len == 32;
}

bool ptn_key_is_known(const struct patina_provider *p, const struct ptn_spki *spki)
{
    for (size_t i = 0; i < p->verify_algs_count; i++) {
        const struct patina_verify_alg *alg = PTN_ITEM(p->verify_algs, p->verify_algs_count, i);
        if (ptn_span_equal(alg->key_alg_id, spki->algorithm)) {
            return true;
        }
    }
    return false;
}

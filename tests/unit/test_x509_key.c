// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Keys that may be relied on, RFC 5280 §4.1.2.7: RSA numbers (RFC 8017 §A.1.1), points on named
// curves (RFC 5480 §2), Ed25519 (RFC 8410 §3).
#include "x509_rows.h"

#include "x509/key.h"

struct row {
    const char *algorithm, *key;
    bool sound;
    uint32_t modulus_bits, exponent_bits; // of RSA
};

#define RSA "06{ 2a864886f70d010101 } 0500"
#define PSS "06{ 2a864886f70d01010a }"
#define EC "06{ 2a8648ce3d0201 } "
#define P256 EC "06{ 2a8648ce3d030107 }"
#define P384 EC "06{ 2b81040022 }"
#define P521 EC "06{ 2b81040023 }"

static void run_row(void **state)
{
    const struct row *row = *state;
    patina_span algorithm = der_bytes(row->algorithm);
    patina_span key = der_bytes(row->key);
    const struct ptn_spki spki = {.algorithm = algorithm, .public_key = key};
    struct ptn_rsa_key rsa;
    memset(&rsa, 0xaa, sizeof rsa);
    assert_int_equal(ptn_key_is_sound(&spki), row->sound);
    bool read = ptn_rsa_key_read(key, &rsa);
    assert_int_equal(read, row->modulus_bits != 0 || row->exponent_bits != 0);
    assert_int_equal(rsa.modulus_bits, row->modulus_bits);
    assert_int_equal(rsa.exponent_bits, row->exponent_bits);
    assert_true(read || !rsa.is_odd);
    der_free(key);
    der_free(algorithm);
}

static void kinds_of_a_provider(void **state)
{
    (void)state;
    static const uint8_t id[] = {1, 2, 3};
    const struct patina_verify_alg alg = {.key_alg_id = PTN_SPAN_OF(id)};
    const struct patina_verify_alg *algs[] = {&alg};
    const struct patina_provider p = {.verify_algs = algs, .verify_algs_count = 1};
    struct ptn_spki spki = {.algorithm = PTN_SPAN_OF(id)};
    assert_true(ptn_key_is_known(&p, &spki));
    spki.algorithm = ptn_span_first(spki.algorithm, 2);
    assert_false(ptn_key_is_known(&p, &spki));
    assert_false(ptn_key_is_known(&(struct patina_provider){0}, &spki));
}

#define KEY(text, alg, bits, good, m, e)         \
    {                                            \
        text, run_row, NULL, NULL, &(struct row) \
        {                                        \
            alg, bits, good, m, e                \
        }                                        \
    }
#define NUMBERS(n, e) "30{ 02{ " n " } 02{ " e " } }"
#define N2048 "00 80 254*00 01"
#define E65537 "010001"

static const struct CMUnitTest tests[] = {
    KEY("RSA of 2048 bits", RSA, NUMBERS(N2048, E65537), true, 2048, 17),
    KEY("RSA of 2047 bits", RSA, NUMBERS("7f 255*ff", E65537), false, 2047, 17),
    KEY("RSA of 1024 bits", RSA, NUMBERS("00 128*ff", E65537), false, 1024, 17),
    KEY("RSA of 2049 bits", RSA, NUMBERS("01 256*ff", E65537), true, 2049, 17),
    KEY("RSA of 8192 bits", RSA, NUMBERS("00 1024*ff", E65537), true, 8192, 17),
    KEY("RSA of 8193 bits", RSA, NUMBERS("01 1024*ff", E65537), false, 8193, 17),
    KEY("RSA with an even modulus", RSA, NUMBERS("00 255*ff fe", E65537), false, 2048, 17),
    KEY("RSA with a negative modulus", RSA, NUMBERS("80 254*00 01", E65537), false, 0, 0),
    KEY("RSA with a modulus that is not minimal", RSA, NUMBERS("00 01 256*ff", E65537), false, 0,
        0),
    KEY("RSA with modulus 0", RSA, NUMBERS("00", E65537), false, 0, 17),
    KEY("RSA with exponent 3", RSA, NUMBERS(N2048, "03"), true, 2048, 2),
    KEY("RSA with exponent 1", RSA, NUMBERS(N2048, "01"), false, 2048, 1),
    KEY("RSA with exponent 0", RSA, NUMBERS(N2048, "00"), false, 2048, 0),
    KEY("RSA with exponent 2", RSA, NUMBERS(N2048, "02"), false, 2048, 2),
    KEY("RSA with exponent 65536", RSA, NUMBERS(N2048, "010000"), false, 2048, 17),
    KEY("RSA with a negative exponent", RSA, NUMBERS(N2048, "ff"), false, 0, 0),
    KEY("RSA with exponent 2^33 - 1", RSA, NUMBERS(N2048, "01ffffffff"), true, 2048, 33),
    KEY("RSA with exponent 2^33 + 1", RSA, NUMBERS(N2048, "0200000001"), false, 2048, 34),
    KEY("RSA with something behind", RSA, NUMBERS(N2048, E65537) "00", false, 0, 0),
    KEY("RSA with a third number", RSA, "30{ 02{ " N2048 " } 0203010001 020101 }", false, 0, 0),
    KEY("RSA without an exponent", RSA, "30{ 02{ " N2048 " } }", false, 0, 0),
    KEY("RSA that is none", RSA, "04{ 01 }", false, 0, 0),
    KEY("RSA without bits", RSA, "", false, 0, 0),
    KEY("RSA bound to PSS, weak", PSS, NUMBERS("00 128*ff", E65537), false, 1024, 17),
    KEY("RSA bound to PSS", PSS, NUMBERS(N2048, E65537), true, 2048, 17),
    KEY("P-256", P256, "04 64*11", true, 0, 0),
    KEY("P-256, compressed", P256, "02 32*11", false, 0, 0),
    KEY("P-256, hybrid form", P256, "06 64*11", false, 0, 0),
    KEY("P-256, a byte short", P256, "04 63*11", false, 0, 0),
    KEY("P-256, a byte long", P256, "04 65*11", false, 0, 0),
    KEY("P-256, the point at infinity", P256, "00", false, 0, 0),
    KEY("P-256, no bits", P256, "", false, 0, 0),
    KEY("P-384", P384, "04 96*11", true, 0, 0),
    KEY("P-384 of P-256's size", P384, "04 64*11", false, 0, 0),
    KEY("P-521", P521, "04 132*11", true, 0, 0),
    KEY("P-521 of P-384's size", P521, "04 96*11", false, 0, 0),
    KEY("secp256k1", EC "06{ 2b8104000a }", "04 64*11", false, 0, 0),
    KEY("a curve spelled out, RFC 5480 §2.1.1", EC "30{ 020101 }", "04 64*11", false, 0, 0),
    KEY("no curve", EC, "04 64*11", false, 0, 0),
    KEY("P-256 and something behind", P256 "0500", "04 64*11", false, 0, 0),
    KEY("Ed25519", "06032b6570", "32*11", true, 0, 0),
    KEY("Ed25519, a byte short", "06032b6570", "31*11", false, 0, 0),
    KEY("another kind", "06032a0304", "", true, 0, 0),
    cmocka_unit_test(kinds_of_a_provider),
};

int main(void)
{
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The provider suite: private keys, signatures, public keys. What one provider signs the other
// verifies, by the schemes of RFC 9846 §4.3.3.
#include "provider_suite.h"

#include <stdlib.h>
#include <string.h>

// ---- Private keys

struct key_file {
    const char *file, *public_file;
    uint16_t schemes[6];
};

#define RSA_SCHEMES {0x0804, 0x0805, 0x0806, 0x0401, 0x0501, 0x0601}
static const struct key_file key_files[] = {
    {"p256.pkcs8.pem", "p256.public.pem", {0x0403}},
    {"p256.sec1.pem", "p256.public.pem", {0x0403}},
    {"p384.pkcs8.pem", "p384.public.pem", {0x0503}},
    {"p384.sec1.pem", "p384.public.pem", {0x0503}},
    {"p521.pkcs8.pem", "p521.public.pem", {0x0603}},
    {"p521.sec1.pem", "p521.public.pem", {0x0603}},
    {"ed25519.pkcs8.pem", "ed25519.public.pem", {0x0807}},
    {"rsa2048.pkcs8.pem", "rsa2048.public.pem", RSA_SCHEMES},
    {"rsa2048.pkcs1.pem", "rsa2048.public.pem", RSA_SCHEMES},
    {"rsa3072.pkcs8.pem", "rsa3072.public.pem", RSA_SCHEMES},
    {"rsa4096.pkcs8.pem", "rsa4096.public.pem", RSA_SCHEMES},
};
#define KEY_FILES (sizeof(key_files) / sizeof(key_files[0]))

static patina_span span_of(patina_mspan m)
{
    return (patina_span){m.ptr, m.len};
}

static struct patina_key *load(const struct patina_provider *p, const char *file)
{
    struct patina_key *key = NULL;
    patina_mspan der = read_pem(file);
    assert_err(p->load_key(p, span_of(der), &key), PATINA_OK);
    assert_non_null(key);
    free(der.ptr);
    return key;
}

static void key_says_what_it_is(const struct row *r)
{
    const struct key_file *f = r->data;
    struct patina_key *key = load(r->lib->p, f->file);
    patina_mspan want = read_pem(f->public_file);
    patina_span spki;
    size_t count = 0;
    const uint16_t *schemes = key->vtable->schemes(key, &count);
    for (size_t i = 0; i < 6; i++) {
        assert_int_equal(i < count ? schemes[i] : 0, f->schemes[i]);
    }
    assert_err(key->vtable->spki(key, &spki), PATINA_OK);
    assert_int_equal(spki.len, want.len);
    assert_memory_equal(spki.ptr, want.ptr, want.len);
    key->vtable->drop(key);
    free(want.ptr);
}

static void load_refuses(const struct row *r, patina_span der)
{
    struct patina_key *key = (struct patina_key *)(uintptr_t)1;
    const struct patina_provider *p = r->lib->p;
    patina_err err = p->load_key(p, der, &key);
    assert_true(err == PATINA_ERR_BAD_KEY || err == PATINA_ERR_UNSUPPORTED_BY_PROVIDER);
    assert_null(key);
}

static void keys_that_may_not_be_used(const struct row *r)
{
    static const char *const files[] = {"bad.rsa1024.pem", "bad.rsapss.pem", "bad.x25519.pem",
                                        "bad.secp256k1.pem", "bad.encrypted.pem"};
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        patina_mspan der = read_pem(files[i]);
        load_refuses(r, span_of(der));
        free(der.ptr);
    }
}

static void malformed_keys_are_refused(const struct row *r)
{
    load_refuses(r, (patina_span){NULL, 0});
    load_refuses(r, TEXT("no key at all"));
    load_refuses(r, TEXT("\x30\x80\x02\x01\x00"));
    for (size_t i = 0; i < KEY_FILES; i++) {
        patina_mspan der = read_pem(key_files[i].file);
        size_t step = der.len > 500 ? 37 : 1;
        for (size_t len = 0; len < der.len; len += step) { // cut anywhere
            uint8_t *cut = malloc(len + 1);
            assert_non_null(cut);
            memcpy(cut, der.ptr, len);
            load_refuses(r, (patina_span){cut, len});
            free(cut);
        }
        uint8_t *longer = calloc(1, der.len + 1); // and a byte more
        assert_non_null(longer);
        memcpy(longer, der.ptr, der.len);
        load_refuses(r, (patina_span){longer, der.len + 1});
        free(longer);
        free(der.ptr);
    }
}

// The base point of P-256 in place of the key's own public point.
static void halves_that_do_not_fit_are_refused(const struct row *r)
{
    patina_mspan der = read_pem("p256.sec1.pem");
    uint8_t point[64];
    (void)from_hex("6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
                   "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5",
                   MSPAN(point));
    memcpy(der.ptr + der.len - 64, point, 64);
    load_refuses(r, span_of(der));
    memset(der.ptr + der.len - 64, 0x11, 64);
    load_refuses(r, span_of(der));
    free(der.ptr);
}

// Each number of an RSA key changed, and with it every number but the modulus and the exponent.
static void rsa_numbers_that_do_not_fit_are_refused(const struct row *r)
{
    patina_mspan der = read_pem("rsa2048.pkcs1.pem");
    patina_span whole = span_of(der);
    patina_span body;
    patina_span number;
    assert_true(der_take(&whole, DER_SEQUENCE, &body));
    for (size_t i = 0; i < 9; i++) { // version, n, e, d, p, q, dp, dq, qinv
        assert_true(der_take(&body, DER_INTEGER, &number));
        uint8_t *last = der.ptr + (number.ptr - der.ptr) + number.len - 1;
        *last ^= 0x04; // odd stays odd
        load_refuses(r, span_of(der));
        *last ^= 0x04;
        uint8_t *middle = last - number.len / 2;
        *middle ^= 0x10;
        load_refuses(r, span_of(der));
        *middle ^= 0x10;
    }
    struct patina_key *key = NULL;
    assert_err(r->lib->p->load_key(r->lib->p, span_of(der), &key), PATINA_OK);
    key->vtable->drop(key);
    free(der.ptr);
}

// Something after the last member, inside the frame: [2] for SEC 1, another INTEGER for PKCS#1,
// NULL for PKCS#8.
static void members_too_many_are_refused(const struct row *r)
{
    static const struct {
        const char *file;
        uint8_t more[3];
    } rows[] = {{"p256.sec1.pem", {0xa2, 0x01, 0x00}},
                {"rsa2048.pkcs1.pem", {0x02, 0x01, 0x01}},
                {"p256.pkcs8.pem", {0x05, 0x01, 0x00}},
                {"ed25519.pkcs8.pem", {0x02, 0x01, 0x01}}};
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        patina_mspan der = read_pem(rows[i].file);
        uint8_t *longer = calloc(1, der.len + 3);
        assert_non_null(longer);
        memcpy(longer, der.ptr, der.len);
        memcpy(longer + der.len, rows[i].more, 3);
        uint8_t *len = longer + (der.ptr[1] < 0x80 ? 1 : 1 + (der.ptr[1] & 0x7f));
        assert_true(*len < 0x7d || (*len >= 0x80 && *len < 0xfd) || der.ptr[1] != *len);
        *len = (uint8_t)(*len + 3);
        load_refuses(r, (patina_span){longer, der.len + 3});
        free(longer);
        free(der.ptr);
    }
}

// SEC 1 without the optional public key: it is computed.
static void sec1_without_public_key(const struct row *r)
{
    struct patina_key *key = NULL;
    patina_mspan whole = read_pem("p256.sec1.pem");
    patina_mspan want = read_pem("p256.public.pem");
    patina_span spki;
    // SEQUENCE { 1, OCTET STRING (32), [0] { OID } } and then [1] of 70 bytes, which is left out.
    whole.ptr[1] = (uint8_t)(whole.ptr[1] - 70);
    whole.len -= 70;
    const struct patina_provider *p = r->lib->p;
    assert_err(p->load_key(p, span_of(whole), &key), PATINA_OK);
    assert_err(key->vtable->spki(key, &spki), PATINA_OK);
    assert_int_equal(spki.len, want.len);
    assert_memory_equal(spki.ptr, want.ptr, want.len);
    key->vtable->drop(key);
    free(whole.ptr);
    free(want.ptr);
}

// A scheme that is not the key's: SIGN_FAILED, and the operation stays open.
static void other_schemes_are_not_signed(const struct row *r)
{
    static const uint16_t others[] = {0x0000, 0x0201, 0x0403, 0x0503, 0x0603, 0x0807,
                                      0x0804, 0x0401, 0x0809, 0x0808, 0xffff};
    uint8_t signature[PATINA_SIGNATURE_MAX];
    size_t len;
    for (size_t i = 0; i < KEY_FILES; i++) {
        struct patina_key *key = load(r->lib->p, key_files[i].file);
        for (size_t k = 0; k < sizeof(others) / sizeof(others[0]); k++) {
            bool own = false;
            for (size_t s = 0; s < 6; s++) {
                own = own || key_files[i].schemes[s] == others[k];
            }
            if (!own || others[k] == 0) {
                assert_err(sign(key, others[k], TEXT("message"), signature, &len),
                           PATINA_ERR_SIGN_FAILED);
            }
        }
        key->vtable->drop(key);
    }
}

// What leaves an RSA key has been checked and is the same or not the same as it should be: PKCS#1
// is deterministic, PSS has a salt.
static void rsa_salts(const struct row *r)
{
    struct patina_key *key = load(r->lib->p, "rsa2048.pkcs8.pem");
    uint8_t first[PATINA_SIGNATURE_MAX];
    uint8_t second[PATINA_SIGNATURE_MAX];
    size_t len;
    assert_err(sign(key, 0x0401, TEXT("message"), first, &len), PATINA_OK);
    assert_err(sign(key, 0x0401, TEXT("message"), second, &len), PATINA_OK);
    assert_memory_equal(first, second, len);
    assert_err(sign(key, 0x0804, TEXT("message"), first, &len), PATINA_OK);
    assert_err(sign(key, 0x0804, TEXT("message"), second, &len), PATINA_OK);
    assert_memory_not_equal(first, second, len);
    key->vtable->drop(key);
}

// ---- Public keys

static void load_public_refuses(const struct patina_verify_alg *a, patina_span bits)
{
    struct patina_public_key *key = (struct patina_public_key *)(uintptr_t)1;
    assert_err(a->load(a, bits, &key), PATINA_ERR_BAD_KEY);
    assert_null(key);
}

static void public_points(const struct row *r)
{
    static const struct {
        const char *file;
        uint16_t scheme;
    } rows[] = {
        {"p256.public.pem", 0x0403}, {"p384.public.pem", 0x0503}, {"p521.public.pem", 0x0603}};
    for (size_t i = 0; i < 3; i++) {
        const struct patina_verify_alg *a = alg_of_scheme(r->lib->p, rows[i].scheme);
        struct patina_public_key *key = NULL;
        patina_mspan spki = read_pem(rows[i].file);
        patina_span id;
        patina_span bits;
        uint8_t point[134];
        split_spki(span_of(spki), &id, &bits);
        assert_err(a->load(a, bits, &key), PATINA_OK);
        a->drop(a, key);
        for (size_t len = 0; len < bits.len; len++) {
            load_public_refuses(a, (patina_span){bits.ptr, len});
        }
        for (size_t at = 1; at < bits.len; at++) { // off the curve
            memcpy(point, bits.ptr, bits.len);
            point[at] ^= 0x01;
            load_public_refuses(a, (patina_span){point, bits.len});
        }
        for (unsigned form = 0; form < 256; form++) {
            memcpy(point, bits.ptr, bits.len);
            point[0] = (uint8_t)form;
            if (form != 4) {
                load_public_refuses(a, (patina_span){point, bits.len});
            }
        }
        point[0] = (uint8_t)(2 | (bits.ptr[bits.len - 1] & 1)); // lawful but compressed
        load_public_refuses(a, (patina_span){point, 1 + bits.len / 2});
        point[bits.len] = 0;
        point[0] = 4;
        load_public_refuses(a, (patina_span){point, bits.len + 1});
        free(spki.ptr);
    }
}

static void public_ed25519(const struct row *r)
{
    const struct patina_verify_alg *a = alg_of_scheme(r->lib->p, 0x0807);
    uint8_t bytes[40] = {0};
    for (size_t len = 0; len < sizeof(bytes); len++) {
        if (len != 32) {
            load_public_refuses(a, (patina_span){bytes, len});
        }
    }
}

// DER of an INTEGER or SEQUENCE with its header, appended at `*at`.
static void put_der(uint8_t *out, size_t *at, uint8_t tag, const uint8_t *body, size_t len)
{
    out[(*at)++] = tag;
    if (len >= 256) {
        out[(*at)++] = 0x82;
        out[(*at)++] = (uint8_t)(len >> 8);
    } else if (len >= 128) {
        out[(*at)++] = 0x81;
    }
    out[(*at)++] = (uint8_t)len;
    memcpy(out + *at, body, len);
    *at += len;
}

struct rsa_shape {
    size_t n_bits;
    uint8_t n_last, e_first;
    size_t e_len;
    uint8_t e_last;
    bool good;
};

// An RSAPublicKey of that shape; the modulus is no product of primes, which nobody checks.
static size_t make_rsa(const struct rsa_shape *s, uint8_t *out)
{
    static uint8_t body[2200];
    uint8_t n[1040] = {0};
    uint8_t e[sizeof(n)] = {0};
    size_t body_len = 0;
    size_t at = 0;
    size_t n_len = (s->n_bits + 7) / 8;
    fill((patina_mspan){n + 1, n_len}, s->n_bits);
    size_t top = (s->n_bits - 1) % 8;
    n[1] = (uint8_t)((n[1] & ((1u << top) - 1)) | 1u << top);
    n[n_len] = s->n_last;
    e[1] = s->e_first;
    e[s->e_len] = s->e_last;
    bool n_sign = n[1] >= 0x80;
    bool e_sign = e[1] >= 0x80;
    put_der(body, &body_len, 0x02, n_sign ? n : n + 1, n_len + n_sign);
    put_der(body, &body_len, 0x02, e_sign ? e : e + 1, s->e_len + e_sign);
    put_der(out, &at, 0x30, body, body_len);
    return at;
}

static void public_rsa(const struct row *r)
{
    static const struct rsa_shape shapes[] = {
        {2048, 0x01, 0x01, 3, 0x01, true},  {8192, 0x01, 0x01, 3, 0x01, true},
        {2049, 0x01, 0x01, 3, 0x01, true},  {3000, 0x01, 0x03, 1, 0x03, true},
        {2048, 0x01, 0x01, 5, 0x01, true},  {2048, 0x01, 0xff, 4, 0xff, true},
        {2047, 0x01, 0x01, 3, 0x01, false}, {1024, 0x01, 0x01, 3, 0x01, false},
        {8193, 0x01, 0x01, 3, 0x01, false}, {2048, 0x02, 0x01, 3, 0x01, false},
        {2048, 0x01, 0x01, 3, 0x02, false}, {2048, 0x01, 0x01, 1, 0x01, false},
        {2048, 0x01, 0x02, 1, 0x02, false}, {2048, 0x01, 0x02, 5, 0x01, false},
        {2048, 0x01, 0x01, 6, 0x01, false},
    };
    static uint8_t der[2200];
    const struct patina_verify_alg *a = alg_of_scheme(r->lib->p, 0x0804);
    struct patina_public_key *key = NULL;
    size_t len = 0;
    for (size_t i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++) {
        len = make_rsa(&shapes[i], der);
        if (shapes[i].good) {
            patina_err err = a->load(a, (patina_span){der, len}, &key);
            if (err != PATINA_OK) {
                fail_msg("shape %zu: %s", i, patina_err_name(err));
            }
            a->drop(a, key);
        } else {
            load_public_refuses(a, (patina_span){der, len});
        }
    }
    len = make_rsa(&shapes[0], der);
    for (size_t cut = 0; cut < len; cut++) {
        load_public_refuses(a, (patina_span){der, cut});
    }
    der[len] = 0;
    load_public_refuses(a, (patina_span){der, len + 1});
    // Lengths in a longer form than needed (X.690 §10.1): 83 00 LL LL for 82 LL LL, in the frame
    // and in the modulus.
    for (size_t header = 0; header <= 4; header += 4) {
        static uint8_t longer[2200];
        memcpy(longer, der, header + 1);
        longer[header + 1] = 0x83;
        longer[header + 2] = 0;
        memcpy(longer + header + 3, der + header + 2, len - header - 2);
        if (header != 0) {
            longer[3]++; // the frame holds a byte more
        }
        load_public_refuses(a, (patina_span){longer, len + 1});
    }
    der[8] = 0x80 | der[8]; // a negative modulus: its sign byte is made another
    der[4 + 4] = 0xff;
    load_public_refuses(a, (patina_span){der, len});
}

void add_key_rows(const struct library *lib)
{
    char name[100];
    for (size_t i = 0; i < KEY_FILES; i++) {
        (void)snprintf(name, sizeof(name), "%s: schemes and public key", key_files[i].file);
        add_row(lib, NULL, name, key_says_what_it_is, &key_files[i]);
    }
    add_row(lib, NULL, "keys too short or of another kind are refused", keys_that_may_not_be_used,
            NULL);
    add_row(lib, NULL, "malformed keys are refused", malformed_keys_are_refused, NULL);
    add_row(lib, NULL, "keys whose halves do not fit are refused",
            halves_that_do_not_fit_are_refused, NULL);
    add_row(lib, NULL, "RSA: numbers that do not fit are refused",
            rsa_numbers_that_do_not_fit_are_refused, NULL);
    add_row(lib, NULL, "keys with members too many are refused", members_too_many_are_refused,
            NULL);
    add_row(lib, NULL, "SEC 1 without a public key", sec1_without_public_key, NULL);
    add_row(lib, NULL, "other schemes are not signed", other_schemes_are_not_signed, NULL);
    add_row(lib, NULL, "RSA: PSS has a salt, PKCS#1 none", rsa_salts, NULL);
    add_row(lib, NULL, "public keys: points", public_points, NULL);
    add_row(lib, NULL, "public keys: Ed25519", public_ed25519, NULL);
    add_row(lib, NULL, "public keys: RSA sizes and exponents", public_rsa, NULL);
}

// ---- Signatures

struct signed_message {
    const struct patina_verify_alg *alg;
    struct patina_public_key *key;
    uint8_t message[150];
    uint8_t signature[PATINA_SIGNATURE_MAX];
    size_t len;
};

static patina_err check(const struct signed_message *m)
{
    patina_span message = SPAN(m->message);
    return m->alg->verify(m->alg, m->key, &message, 1, (patina_span){m->signature, m->len});
}

static void wrong_signatures(struct signed_message *m)
{
    size_t step = m->len > 128 ? 29 : 1;
    for (size_t bit = 0; bit < 8 * m->len; bit += step) {
        m->signature[bit / 8] ^= (uint8_t)(1u << bit % 8);
        assert_err(check(m), PATINA_ERR_BAD_SIGNATURE);
        m->signature[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
    for (size_t bit = 0; bit < 8 * sizeof(m->message); bit += 97) {
        m->message[bit / 8] ^= (uint8_t)(1u << bit % 8);
        assert_err(check(m), PATINA_ERR_BAD_SIGNATURE);
        m->message[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
    size_t len = m->len;
    for (m->len = 0; m->len < len; m->len += step) {
        assert_err(check(m), PATINA_ERR_BAD_SIGNATURE);
    }
    m->len = len + 1;
    m->signature[len] = 0;
    assert_err(check(m), PATINA_ERR_BAD_SIGNATURE);
    m->len = len;
    memset(m->signature + len, 0, sizeof(m->signature) - len);
    assert_err(check(m), PATINA_OK);
}

// The message in any parts, some of them empty.
static void message_in_parts(const struct signed_message *m)
{
    patina_span signature = {m->signature, m->len};
    for (size_t cut = 0; cut <= sizeof(m->message); cut += 25) {
        patina_span parts[4] = {
            {NULL, 0}, {m->message, cut}, {NULL, 0}, {m->message + cut, sizeof(m->message) - cut}};
        assert_err(m->alg->verify(m->alg, m->key, parts, 4, signature), PATINA_OK);
        assert_err(m->alg->verify(m->alg, m->key, parts, 3, signature),
                   cut == sizeof(m->message) ? PATINA_OK : PATINA_ERR_BAD_SIGNATURE);
    }
    assert_err(m->alg->verify(m->alg, m->key, NULL, 0, signature), PATINA_ERR_BAD_SIGNATURE);
}

// Another scheme of the same key does not take it. A key loaded by one row of its algorithm serves
// the others.
static void other_rows_refuse(const struct patina_provider *p, const struct signed_message *m)
{
    patina_span message = SPAN(m->message);
    for (size_t i = 0; i < p->verify_algs_count; i++) {
        const struct patina_verify_alg *a = p->verify_algs[i];
        if (a != m->alg && a->key_alg_id.len == m->alg->key_alg_id.len &&
            memcmp(a->key_alg_id.ptr, m->alg->key_alg_id.ptr, a->key_alg_id.len) == 0) {
            assert_err(a->verify(a, m->key, &message, 1, (patina_span){m->signature, m->len}),
                       PATINA_ERR_BAD_SIGNATURE);
        }
    }
}

// `maker` signs, `lib` verifies.
static void signatures_hold(const struct row *r)
{
    const struct key_file *f = r->data;
    struct patina_key *key = load(r->maker->p, f->file);
    patina_mspan spki = read_pem(f->public_file);
    patina_span id;
    patina_span bits;
    split_spki(span_of(spki), &id, &bits);
    for (size_t i = 0; i < 6 && f->schemes[i] != 0; i++) {
        struct signed_message m = {.alg = alg_of_scheme(r->lib->p, f->schemes[i])};
        fill(MSPAN(m.message), i);
        assert_non_null(m.alg);
        assert_int_equal(m.alg->key_alg_id.len, id.len);
        assert_memory_equal(m.alg->key_alg_id.ptr, id.ptr, id.len);
        assert_err(sign(key, f->schemes[i], SPAN(m.message), m.signature, &m.len), PATINA_OK);
        assert_err(m.alg->load(m.alg, bits, &m.key), PATINA_OK);
        assert_err(check(&m), PATINA_OK);
        assert_err(check(&m), PATINA_OK); // a key checks many
        message_in_parts(&m);
        wrong_signatures(&m);
        other_rows_refuse(r->lib->p, &m);
        // An empty message is a message.
        assert_err(sign(key, f->schemes[i], (patina_span){NULL, 0}, m.signature, &m.len),
                   PATINA_OK);
        assert_err(m.alg->verify(m.alg, m.key, NULL, 0, (patina_span){m.signature, m.len}),
                   PATINA_OK);
        m.alg->drop(m.alg, m.key);
    }
    free(spki.ptr);
    key->vtable->drop(key);
}

// One key does not verify what another of its kind signed.
static void another_key_refuses(const struct row *r)
{
    static const struct {
        const char *signer, *other;
        uint16_t scheme;
    } rows[] = {{"rsa2048.pkcs8.pem", "rsa3072.public.pem", 0x0804},
                {"rsa3072.pkcs8.pem", "rsa4096.public.pem", 0x0401}};
    for (size_t i = 0; i < 2; i++) {
        struct signed_message m = {.alg = alg_of_scheme(r->lib->p, rows[i].scheme)};
        struct patina_key *key = load(r->maker->p, rows[i].signer);
        patina_mspan spki = read_pem(rows[i].other);
        patina_span id;
        patina_span bits;
        split_spki(span_of(spki), &id, &bits);
        assert_err(sign(key, rows[i].scheme, SPAN(m.message), m.signature, &m.len), PATINA_OK);
        assert_err(m.alg->load(m.alg, bits, &m.key), PATINA_OK);
        assert_err(check(&m), PATINA_ERR_BAD_SIGNATURE);
        m.alg->drop(m.alg, m.key);
        free(spki.ptr);
        key->vtable->drop(key);
    }
}

void add_sign_rows(const struct library *lib, const struct library *maker)
{
    char name[100];
    for (size_t i = 0; i < KEY_FILES; i++) {
        (void)snprintf(name, sizeof(name), "%s: signatures hold, changed ones do not",
                       key_files[i].file);
        add_row(lib, maker, name, signatures_hold, &key_files[i]);
    }
    add_row(lib, maker, "another key's signature does not hold", another_key_refuses, NULL);
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// What is refused behind the hellos: EncryptedExtensions to Finished, messages after the handshake,
// certificates. A real flight is changed in one place. RFC 9846 §4.4, §4.5, §4.7.
#include "craft.h"

#include "wire/codepoints.h"

#include <stdlib.h>
#include <string.h>

struct row {
    size_t message; // of the flight
    void (*edit)(struct craft_message *m);
    patina_err err;
    uint8_t alert;
};

static void trailing(struct craft_message *m)
{
    craft_splice(m, m->len, 0, "", 1);
}

static void unknown_extension(struct craft_message *m)
{
    craft_add_extension(m, 0x7777, "x", 1);
}

static void misplaced(struct craft_message *m)
{
    craft_add_extension(m, PTN_EXTENSION_KEY_SHARE, (const uint8_t[]){0, 0x1d}, 2);
}

static void duplicate(struct craft_message *m)
{
    craft_add_extension(m, PTN_EXTENSION_SERVER_NAME, "", 0);
    craft_add_extension(m, PTN_EXTENSION_SERVER_NAME, "", 0);
}

static void protocol(struct craft_message *m)
{
    craft_add_extension(m, PTN_EXTENSION_ALPN, (const uint8_t[]){0, 4, 3, 'f', 'o', 'o'}, 6);
}

static void full_name(struct craft_message *m) // the answer is empty, RFC 6066 §3
{
    craft_extension(m, PTN_EXTENSION_SERVER_NAME, (const uint8_t[]){0, 4, 0, 0, 1, 'x'}, 6);
}

static void groups_offered(struct craft_message *m) // allowed, for later connections
{
    craft_extension(m, PTN_EXTENSION_SUPPORTED_GROUPS, (const uint8_t[]){0, 2, 0, 0x1d}, 4);
}

static void early_accepted(struct craft_message *m)
{
    craft_extension(m, PTN_EXTENSION_EARLY_DATA, "", 0);
}

static void cut_block(struct craft_message *m)
{
    m->bytes[5] = (uint8_t)(m->bytes[5] + 1);
}

// ---- Certificate: context, list of (DER, extensions)

enum { LIST_AT = 5, FIRST_AT = 8 };

static void set_list_len(struct craft_message *m)
{
    size_t len = m->len - FIRST_AT;
    m->bytes[LIST_AT] = (uint8_t)(len >> 16);
    m->bytes[LIST_AT + 1] = (uint8_t)(len >> 8 & 0xff);
    m->bytes[LIST_AT + 2] = (uint8_t)(len & 0xff);
}

static void no_certificate(struct craft_message *m)
{
    craft_splice(m, FIRST_AT, m->len - FIRST_AT, NULL, 0);
    set_list_len(m);
}

static void cert_context(struct craft_message *m)
{
    craft_splice(m, 4, 1, (const uint8_t[]){1, 9}, 2);
}

static void garbage_certificate(struct craft_message *m)
{
    no_certificate(m);
    craft_splice(m, FIRST_AT, 0, (const uint8_t[]){0, 0, 3, 0x30, 1, 0, 0, 0}, 8);
    set_list_len(m);
}

static void many_certificates(struct craft_message *m)
{
    for (int i = 0; i < 65; i++) {
        craft_splice(m, m->len, 0, (const uint8_t[]){0, 0, 1, 0x30, 0, 0}, 6);
    }
    set_list_len(m);
}

static void cert_extension(struct craft_message *m, uint16_t type, const uint8_t *body, size_t len)
{
    size_t der =
        ((size_t)m->bytes[FIRST_AT] << 16) | ((size_t)m->bytes[9] << 8) | m->bytes[FIRST_AT + 2];
    size_t at = FIRST_AT + 3 + der;
    uint8_t block[64] = {0, (uint8_t)(4 + len), (uint8_t)(type >> 8), (uint8_t)(type & 0xff),
                         0, (uint8_t)len};
    memcpy(block + 6, body, len);
    craft_splice(m, at, 2, block, 6 + len);
    set_list_len(m);
}

static void cert_unsolicited(struct craft_message *m)
{
    cert_extension(m, PTN_EXTENSION_STATUS_REQUEST, (const uint8_t[]){1, 0, 0, 1, 0x30}, 5);
}

static void cert_misplaced(struct craft_message *m)
{
    cert_extension(m, PTN_EXTENSION_COOKIE, (const uint8_t[]){0, 1, 1}, 3);
}

static void cert_cut(struct craft_message *m)
{
    m->bytes[LIST_AT + 2] = (uint8_t)(m->bytes[LIST_AT + 2] + 1);
}

// ---- CertificateVerify, Finished

static void scheme_of(struct craft_message *m, uint8_t a, uint8_t b)
{
    m->bytes[4] = a;
    m->bytes[5] = b;
}

static void scheme_sha1(struct craft_message *m)
{
    scheme_of(m, 2, 3);
}

static void scheme_pkcs1(struct craft_message *m) // offered, but for certificates
{
    scheme_of(m, 4, 1);
}

static void scheme_other_curve(struct craft_message *m)
{
    scheme_of(m, 5, 3);
}

static void scheme_rsa(struct craft_message *m)
{
    scheme_of(m, 8, 4);
}

static void signature_empty(struct craft_message *m)
{
    craft_splice(m, 6, m->len - 6, (const uint8_t[]){0, 0}, 2);
}

static void changed(struct craft_message *m)
{
    m->bytes[m->len - 1] ^= 1;
}

static void finished_short(struct craft_message *m)
{
    craft_splice(m, m->len - 1, 1, NULL, 0);
}

static void test_flight(void **state)
{
    const struct row *row = *state;
    static struct craft c;
    const patina_span h2 = fixture_text("h2");
    craft_options(&c, false);
    c.f.client.flags = PATINA_CONFIG_NO_STATUS_REQUEST;
    c.f.client.alpn = &h2;
    c.f.client.alpn_count = 1;
    craft_start(&c);
    craft_server_flight(&c);
    craft_deal_until(&c, row->message);
    row->edit(&c.flight[row->message]);
    craft_deal(&c, row->message);
    craft_expect(&c.p.client, row->err, row->alert);
    craft_free(&c);
}

// Without ALPN of ours even a right one is unsolicited.
static void test_alpn_unsolicited(void **state)
{
    (void)state;
    static struct craft c;
    craft_new(&c, false);
    craft_server_flight(&c);
    craft_deal_until(&c, EE);
    protocol(&c.flight[EE]);
    craft_deal(&c, EE);
    craft_expect(&c.p.client, PATINA_ERR_UNSOLICITED_EXTENSION, PATINA_ALERT_UNSUPPORTED_EXTENSION);
    craft_free(&c);
}

// ---- CertificateRequest

static const uint8_t request[] = {13, 0, 0, 11, 0, 0, 8, 0, 13, 0, 4, 0, 2, 4, 3};

static void request_context(struct craft_message *m)
{
    craft_splice(m, 4, 1, (const uint8_t[]){1, 7}, 2);
}

static void request_no_algorithms(struct craft_message *m)
{
    craft_drop_extension(m, PTN_EXTENSION_SIGNATURE_ALGORITHMS);
    craft_add_extension(m, 0x7777, "x", 1);
}

static void test_request(void **state)
{
    const struct row *row = *state;
    static struct craft c;
    static struct craft_message m;
    craft_new(&c, false);
    craft_server_flight(&c);
    craft_deal_until(&c, CERT);
    craft_set(&m, (patina_span){request, sizeof request});
    row->edit(&m);
    craft_sealed(&c.p.client, CRAFT_HANDSHAKE, m.bytes, m.len, 0);
    pair_step(&c.p, &c.p.client);
    craft_expect(&c.p.client, row->err, row->alert);
    craft_free(&c);
}

// ---- The client's flight, seen by the server

static void test_client_finished(void **state)
{
    const struct row *row = *state;
    static struct craft c;
    static struct craft_message m;
    craft_new(&c, false);
    craft_server_flight(&c);
    craft_set(&m, (patina_span){c.flight[FIN].bytes, c.flight[FIN].len}); // of the right length
    row->edit(&m);
    craft_sealed(&c.p.server, CRAFT_HANDSHAKE, m.bytes, m.len, 0);
    pair_step(&c.p, &c.p.server);
    craft_expect(&c.p.server, row->err, row->alert);
    craft_free(&c);
}

// ---- After the handshake

struct post {
    bool to_server;
    uint8_t bytes[32];
    size_t len;
    patina_err err;
    uint8_t alert;
};

static void test_post(void **state)
{
    const struct post *row = *state;
    static struct craft c;
    craft_new(&c, false);
    craft_finish(&c);
    struct pair_side *side = row->to_server ? &c.p.server : &c.p.client;
    craft_sealed(side, CRAFT_HANDSHAKE, row->bytes, row->len, 0);
    pair_step(&c.p, side);
    craft_expect(side, row->err, row->alert);
    craft_free(&c);
}

// 32 messages without data pass, one more fails; data begins the count anew (limits.h).
static void flood(bool to_server, bool tickets)
{
    static const uint8_t update[] = {24, 0, 0, 1, 0};
    static const uint8_t ticket[] = {4, 0, 0, 14, 0, 0, 0, 9, 1, 2, 3, 4, 0, 0, 1, 't', 0, 0};
    static struct craft c;
    craft_new(&c, false);
    craft_finish(&c);
    struct pair_side *side = to_server ? &c.p.server : &c.p.client;
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 32; i++) {
            craft_sealed(side, CRAFT_HANDSHAKE, tickets ? ticket : update,
                         tickets ? sizeof ticket : sizeof update, 0);
        }
        pair_step(&c.p, side);
        craft_expect(side, PATINA_OK, 0);
        if (round == 0) {
            craft_sealed(side, CRAFT_DATA, "x", 1, 0);
        }
    }
    craft_sealed(side, CRAFT_HANDSHAKE, update, sizeof update, 0);
    pair_step(&c.p, side);
    craft_expect(side, PATINA_ERR_TOO_MANY_POST_HANDSHAKE_MESSAGES,
                 PATINA_ALERT_UNEXPECTED_MESSAGE);
    craft_free(&c);
}

static void test_floods(void **state)
{
    (void)state;
    flood(false, false);
    flood(false, true);
    flood(true, false);
}

// ---- What the judge of certificates says reaches the wire

struct verdict {
    patina_err reject; // by a verifier of the application's own; OK: the built-in judges
    const char *name;
    int64_t now_s;
    patina_err err;
    uint8_t alert;
};

static patina_err reject(void *user, struct patina_op *op)
{
    const struct verdict *v = user;
    assert_err(patina_verify_op_reject(op, PATINA_ERR_BAD_FINISHED), PATINA_ERR_MISUSE);
    return patina_verify_op_reject(op, v->reject);
}

static void test_verdict(void **state)
{
    const struct verdict *v = *state;
    static struct craft c;
    struct patina_verifier *own = NULL;
    craft_options(&c, false);
    if (v->reject != PATINA_OK) {
        struct patina_verifier_callback_options o = PATINA_VERIFIER_CALLBACK_OPTIONS_INIT;
        o.provider = c.provider;
        o.verify = reject;
        o.user = (void *)(uintptr_t)v;
        assert_err(patina_verifier_callback_new(&o, &own), PATINA_OK);
        c.f.client.verifier = own;
    }
    if (v->name != NULL) {
        c.f.client_conn.server_name = fixture_text(v->name);
    }
    craft_start(&c);
    c.f.now_s = v->now_s != 0 ? v->now_s : c.f.now_s;
    craft_server_flight(&c);
    for (size_t i = 0; i < FLIGHT_MESSAGES; i++) {
        craft_deal(&c, i);
    }
    craft_expect(&c.p.client, v->err, v->alert);
    craft_free(&c);
    patina_verifier_unref(own);
}

// A key whose signatures are wrong, over a provider that looks.
static patina_err sign_wrong(struct patina_key *key, struct patina_op *op)
{
    (void)key;
    static const uint8_t der[] = {0x30, 6, 2, 1, 1, 2, 1, 1}; // an ECDSA signature in form
    return patina_sign_op_complete(op, (patina_span){der, sizeof der});
}

static const uint16_t *p256_scheme(const struct patina_key *key, size_t *out_count)
{
    static const uint16_t scheme[] = {PTN_ECDSA_SECP256R1_SHA256};
    (void)key;
    *out_count = 1;
    return scheme;
}

static patina_span wrong_spki;

static patina_err key_spki(const struct patina_key *key, patina_span *out)
{
    (void)key;
    *out = wrong_spki;
    return PATINA_OK;
}

static void key_drop(struct patina_key *key)
{
    (void)key;
}

// The chain is what the application says it is.
static patina_err accept_any(void *user, struct patina_op *op)
{
    (void)user;
    return patina_verify_op_accept(op);
}

static struct patina_verifier *accepting(const struct patina_provider *provider)
{
    struct patina_verifier_callback_options o = PATINA_VERIFIER_CALLBACK_OPTIONS_INIT;
    struct patina_verifier *v = NULL;
    o.provider = provider;
    o.verify = accept_any;
    assert_err(patina_verifier_callback_new(&o, &v), PATINA_OK);
    return v;
}

// RFC 9846 §4.5.2: a leaf with a key that no scheme fits. The certificate is to blame, whatever the
// signature says, and whoever judged the chain.
static void unknown_leaf_key(bool is_accepted)
{
    static struct craft c;
    struct test_cert leaf;
    struct patina_verifier *own = NULL;
    craft_options(&c, false);
    if (is_accepted) {
        own = accepting(c.provider);
        c.f.client.verifier = own;
    }
    craft_start(&c);
    craft_server_flight(&c);
    craft_deal_until(&c, CERT);
    test_make_server("server.test", "DNS:server.test", TEST_SECP256K1, &c.f.intermediate, &leaf);
    const patina_span chain[2] = {leaf.der, c.f.intermediate.der};
    struct craft_message *m = &c.flight[CERT];
    no_certificate(m);
    for (size_t i = 0; i < 2; i++) {
        const size_t n = chain[i].len;
        craft_splice(m, m->len, 0, (const uint8_t[]){0, (uint8_t)(n >> 8), (uint8_t)n}, 3);
        craft_splice(m, m->len, 0, chain[i].ptr, n);
        craft_splice(m, m->len, 0, (const uint8_t[]){0, 0}, 2);
    }
    set_list_len(m);
    craft_deal(&c, CERT);
    craft_deal(&c, CV);
    craft_expect(&c.p.client, PATINA_ERR_CERT_UNSUPPORTED_KEY,
                 PATINA_ALERT_UNSUPPORTED_CERTIFICATE);
    struct patina_report report;
    patina_conn_report(c.p.client.conn, &report);
    assert_int_equal(report.certificate, 0);
    test_cert_free(&leaf);
    craft_free(&c);
    patina_verifier_unref(own);
}

static void test_unknown_leaf_key(void **state)
{
    (void)state;
    unknown_leaf_key(false);
    unknown_leaf_key(true);
}

static void test_bad_signature(void **state)
{
    (void)state;
    static const struct patina_key_vtable vtable = {
        .struct_size = sizeof vtable,
        .schemes = p256_scheme,
        .sign = sign_wrong,
        .spki = key_spki,
        .drop = key_drop,
    };
    static struct patina_key key = {.vtable = &vtable};
    struct fixture f;
    struct pair p;
    fixture_options(&f, fixture_provider(0), fixture_provider(0), TEST_P256);
    struct patina_key *real;
    const struct patina_provider *provider = fixture_provider(0);
    patina_span der = test_key_der(&f.leaf);
    assert_err(provider->load_key(provider, der, &real), PATINA_OK);
    assert_err(real->vtable->spki(real, &wrong_spki), PATINA_OK);
    const patina_span chain[2] = {f.leaf.der, f.intermediate.der};
    struct patina_credential_options o = PATINA_CREDENTIAL_OPTIONS_INIT;
    o.provider = provider;
    o.chain_der = chain;
    o.chain_der_count = 2;
    o.key = &key;
    struct patina_credential *credential;
    assert_err(patina_credential_new(&o, &credential, NULL), PATINA_OK);
    f.server.credentials = &credential;
    fixture_configs(&f);
    fixture_pair(&f, &p);
    pair_run(&p);
    assert_err(p.client.err, PATINA_ERR_BAD_SIGNATURE);
    struct patina_report report;
    patina_conn_report(p.server.conn, &report);
    assert_int_equal(report.alert, PATINA_ALERT_DECRYPT_ERROR);
    assert_int_equal(report.alert_from_peer, 1);
    pair_free(&p);
    fixture_free(&f);
    patina_credential_unref(credential);
    real->vtable->drop(real);
    free((void *)(uintptr_t)der.ptr);
}

// TLS asks for digitalSignature even where the application accepts the chain (RFC 9846 §4.5.1.2).
static void test_leaf_key_usage(void **state)
{
    (void)state;
    static struct craft c;
    const struct test_cert_options o = {
        .subject = "CN=x",
        .extensions = {"keyUsage=critical,keyEncipherment", "subjectAltName=DNS:server.test"}};
    struct test_cert leaf;
    craft_options(&c, false);
    test_issue(&o, &c.f.intermediate, &leaf);
    struct patina_credential *credential =
        fixture_credential(c.provider, &leaf, &c.f.intermediate, NULL);
    struct patina_verifier *own = accepting(c.provider);
    c.f.client.verifier = own;
    c.f.server.credentials = &credential;
    craft_start(&c);
    craft_server_flight(&c);
    craft_deal_until(&c, CERT);
    craft_deal(&c, CERT);
    craft_expect(&c.p.client, PATINA_ERR_CERT_LEAF_KEY_USAGE, PATINA_ALERT_BAD_CERTIFICATE);
    craft_free(&c);
    patina_verifier_unref(own);
    patina_credential_unref(credential);
    test_cert_free(&leaf);
}

// A resolver's credential must fit the client as well.
static patina_err give_credential(void *user, struct patina_op *op)
{
    return patina_credential_op_complete(op, user);
}

static void test_resolver_misfits(void **state)
{
    (void)state;
    static struct craft c;
    static const uint16_t ed25519[] = {PTN_ED25519};
    craft_options(&c, false);
    c.f.client.verify_schemes = ed25519;
    c.f.client.verify_schemes_count = 1;
    c.f.server.choose_credential = give_credential;
    c.f.server.resolver_user = c.f.credential;
    craft_start(&c);
    craft_take_hello(&c);
    craft_give_hello(&c);
    craft_expect(&c.p.server, PATINA_ERR_NO_SIGNATURE_SCHEME_IN_COMMON,
                 PATINA_ALERT_HANDSHAKE_FAILURE);
    craft_free(&c);
}

// A clock without time: the chain cannot be judged.
static patina_err no_time(void *user, int64_t *out)
{
    (void)user;
    *out = 0;
    return PATINA_ERR_CLOCK;
}

static void test_clock(void **state)
{
    (void)state;
    static struct craft c;
    craft_options(&c, false);
    c.f.clock.now = no_time;
    craft_start(&c);
    craft_server_flight(&c);
    craft_deal_until(&c, CERT);
    craft_deal(&c, CERT);
    craft_expect(&c.p.client, PATINA_ERR_CLOCK, PATINA_ALERT_INTERNAL_ERROR);
    craft_free(&c);
}

#define ILLEGAL(name) PATINA_ERR_##name, PATINA_ALERT_ILLEGAL_PARAMETER
#define MALFORMED(name) PATINA_ERR_##name, PATINA_ALERT_DECODE_ERROR
#define UNEXPECTED(name) PATINA_ERR_##name, PATINA_ALERT_UNEXPECTED_MESSAGE
#define UNSUPPORTED(name) PATINA_ERR_##name, PATINA_ALERT_UNSUPPORTED_EXTENSION
#define ENTRY(name, test, type, ...)    \
    {                                   \
        name, test, NULL, NULL, &(type) \
        {                               \
            __VA_ARGS__                 \
        }                               \
    }
#define ROW(name, ...) ENTRY(name, test_flight, struct row, __VA_ARGS__)
#define REQUEST(name, ...) \
    ENTRY("CertificateRequest: " name, test_request, struct row, CERT, __VA_ARGS__)
#define FINISHED(name, ...) \
    ENTRY("client's Finished: " name, test_client_finished, struct row, FIN, __VA_ARGS__)
#define BODY(...) {__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__})
#define POST_CLIENT(name, body, ...) \
    ENTRY("client, later: " name, test_post, struct post, false, body, __VA_ARGS__)
#define POST_SERVER(name, body, ...) \
    ENTRY("server, later: " name, test_post, struct post, true, body, __VA_ARGS__)
#define VERDICT(name, ...) ENTRY("verdict: " name, test_verdict, struct verdict, __VA_ARGS__)
#define FINE PATINA_OK, 0

static const struct CMUnitTest tests[] = {
    ROW("EncryptedExtensions: supported_groups", EE, groups_offered, FINE),
    ROW("EncryptedExtensions: unknown extension", EE, unknown_extension,
        UNSUPPORTED(UNSOLICITED_EXTENSION)),
    ROW("EncryptedExtensions: key_share", EE, misplaced, ILLEGAL(MISPLACED_EXTENSION)),
    ROW("EncryptedExtensions: early_data", EE, early_accepted, UNSUPPORTED(UNSOLICITED_EXTENSION)),
    ROW("EncryptedExtensions: duplicate", EE, duplicate, MALFORMED(DUPLICATE_EXTENSION)),
    ROW("EncryptedExtensions: protocol not offered", EE, protocol,
        ILLEGAL(UNOFFERED_PROTOCOL_NAME)),
    {"EncryptedExtensions: protocol without an offer", test_alpn_unsolicited, NULL, NULL, NULL},
    ROW("EncryptedExtensions: server_name with a name", EE, full_name,
        MALFORMED(DECODE_SERVER_NAME)),
    ROW("EncryptedExtensions: cut", EE, cut_block, MALFORMED(DECODE_ENCRYPTED_EXTENSIONS)),
    ROW("EncryptedExtensions: trailing byte", EE, trailing, MALFORMED(DECODE_ENCRYPTED_EXTENSIONS)),

    REQUEST("with a context", request_context, ILLEGAL(BAD_REQUEST_CONTEXT)),
    REQUEST("without signature_algorithms", request_no_algorithms,
            PATINA_ERR_MISSING_SIGNATURE_ALGORITHMS, PATINA_ALERT_MISSING_EXTENSION),
    REQUEST("unknown extension ignored", unknown_extension, FINE),
    REQUEST("key_share", misplaced, ILLEGAL(MISPLACED_EXTENSION)),
    REQUEST("trailing byte", trailing, MALFORMED(DECODE_CERTIFICATE_REQUEST)),

    ROW("Certificate: empty", CERT, no_certificate, MALFORMED(EMPTY_CERTIFICATE)),
    ROW("Certificate: with a context", CERT, cert_context, ILLEGAL(BAD_REQUEST_CONTEXT)),
    ROW("Certificate: not DER", CERT, garbage_certificate, PATINA_ERR_CERT_ENCODING,
        PATINA_ALERT_BAD_CERTIFICATE),
    ROW("Certificate: more than 64", CERT, many_certificates, PATINA_ERR_TOO_MANY_CERTIFICATES,
        PATINA_ALERT_BAD_CERTIFICATE),
    ROW("Certificate: unsolicited status_request", CERT, cert_unsolicited,
        UNSUPPORTED(UNSOLICITED_EXTENSION)),
    ROW("Certificate: cookie", CERT, cert_misplaced, ILLEGAL(MISPLACED_EXTENSION)),
    ROW("Certificate: cut", CERT, cert_cut, MALFORMED(DECODE_CERTIFICATE)),
    ROW("Certificate: trailing byte", CERT, trailing, MALFORMED(DECODE_CERTIFICATE)),

    ROW("CertificateVerify: SHA-1", CV, scheme_sha1, ILLEGAL(UNOFFERED_SIGNATURE_SCHEME)),
    ROW("CertificateVerify: rsa_pkcs1", CV, scheme_pkcs1, ILLEGAL(UNOFFERED_SIGNATURE_SCHEME)),
    ROW("CertificateVerify: another curve", CV, scheme_other_curve,
        ILLEGAL(SCHEME_DOES_NOT_FIT_KEY)),
    ROW("CertificateVerify: another key type", CV, scheme_rsa, ILLEGAL(SCHEME_DOES_NOT_FIT_KEY)),
    ROW("CertificateVerify: empty signature", CV, signature_empty, PATINA_ERR_BAD_SIGNATURE,
        PATINA_ALERT_DECRYPT_ERROR),
    ROW("CertificateVerify: trailing byte", CV, trailing, MALFORMED(DECODE_CERTIFICATE_VERIFY)),
    {"CertificateVerify: a key that fits no scheme", test_unknown_leaf_key, NULL, NULL, NULL},
    {"CertificateVerify: wrong signature", test_bad_signature, NULL, NULL, NULL},

    ROW("Finished: changed", FIN, changed, PATINA_ERR_BAD_FINISHED, PATINA_ALERT_DECRYPT_ERROR),
    ROW("Finished: short", FIN, finished_short, MALFORMED(DECODE_FINISHED)),
    ROW("Finished: long", FIN, trailing, MALFORMED(DECODE_FINISHED)),
    FINISHED("changed", changed, PATINA_ERR_BAD_FINISHED, PATINA_ALERT_DECRYPT_ERROR),
    FINISHED("short", finished_short, MALFORMED(DECODE_FINISHED)),
    FINISHED("long", trailing, MALFORMED(DECODE_FINISHED)),

    POST_CLIENT("KeyUpdate", BODY(24, 0, 0, 1, 1), FINE),
    POST_CLIENT("KeyUpdate 2", BODY(24, 0, 0, 1, 2), ILLEGAL(INVALID_KEY_UPDATE)),
    POST_CLIENT("KeyUpdate of two bytes", BODY(24, 0, 0, 2, 0, 0), MALFORMED(DECODE_KEY_UPDATE)),
    POST_CLIENT("empty KeyUpdate", BODY(24, 0, 0, 0), MALFORMED(DECODE_KEY_UPDATE)),
    POST_CLIENT("NewSessionTicket", BODY(4, 0, 0, 14, 0, 0, 0, 9, 1, 2, 3, 4, 0, 0, 1, 't', 0, 0),
                FINE),
    POST_CLIENT("NewSessionTicket, unknown extension ignored",
                BODY(4, 0, 0, 18, 0, 0, 0, 9, 1, 2, 3, 4, 0, 0, 1, 't', 0, 4, 0x7a, 0x7a, 0, 0),
                FINE),
    POST_CLIENT("NewSessionTicket without ticket",
                BODY(4, 0, 0, 13, 0, 0, 0, 9, 1, 2, 3, 4, 0, 0, 0, 0, 0),
                MALFORMED(DECODE_NEW_SESSION_TICKET)),
    POST_CLIENT("CertificateRequest", BODY(13, 0, 0, 11, 0, 0, 8, 0, 13, 0, 4, 0, 2, 4, 3),
                UNEXPECTED(POST_HANDSHAKE_CERTIFICATE_REQUEST)),
    POST_CLIENT("HelloRequest", BODY(0, 0, 0, 0), UNEXPECTED(UNEXPECTED_MESSAGE)),
    POST_SERVER("KeyUpdate", BODY(24, 0, 0, 1, 1), FINE),
    POST_SERVER("KeyUpdate 2", BODY(24, 0, 0, 1, 2), ILLEGAL(INVALID_KEY_UPDATE)),
    POST_SERVER("ClientHello", BODY(1, 0, 0, 0), UNEXPECTED(UNEXPECTED_MESSAGE)),
    POST_SERVER("NewSessionTicket", BODY(4, 0, 0, 14, 0, 0, 0, 9, 1, 2, 3, 4, 0, 0, 1, 't', 0, 0),
                UNEXPECTED(UNEXPECTED_MESSAGE)),
    {"later: 32 messages without data pass, 33 fail", test_floods, NULL, NULL, NULL},

    VERDICT("expired", .now_s = INT64_C(2600000000), .err = PATINA_ERR_CERT_EXPIRED,
            .alert = PATINA_ALERT_CERTIFICATE_EXPIRED),
    VERDICT("not yet valid", .now_s = 1000, .err = PATINA_ERR_CERT_NOT_YET_VALID,
            .alert = PATINA_ALERT_CERTIFICATE_EXPIRED),
    VERDICT("wrong name", .name = "other.test", .err = PATINA_ERR_CERT_NAME_MISMATCH,
            .alert = PATINA_ALERT_BAD_CERTIFICATE),
    VERDICT("wrong address", .name = "127.0.0.2", .err = PATINA_ERR_CERT_NAME_MISMATCH,
            .alert = PATINA_ALERT_BAD_CERTIFICATE),
    VERDICT("the right address", .name = "127.0.0.1", .err = PATINA_OK),
    VERDICT("the wildcard", .name = "any.wild.test", .err = PATINA_OK),
    VERDICT("application: unknown issuer", .reject = PATINA_ERR_CERT_UNKNOWN_ISSUER,
            .err = PATINA_ERR_CERT_UNKNOWN_ISSUER, .alert = PATINA_ALERT_UNKNOWN_CA),
    VERDICT("application: purpose", .reject = PATINA_ERR_CERT_PURPOSE,
            .err = PATINA_ERR_CERT_PURPOSE, .alert = PATINA_ALERT_UNSUPPORTED_CERTIFICATE),
    {"verdict: no time", test_clock, NULL, NULL, NULL},
    {"verdict: keyUsage without digitalSignature", test_leaf_key_usage, NULL, NULL, NULL},
    {"a resolver's credential of no use", test_resolver_misfits, NULL, NULL, NULL},
};

int main(void)
{
    return cmocka_run_group_tests_name("errors of the flight", tests, NULL, NULL) != 0;
}

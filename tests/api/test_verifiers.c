// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Verifiers as objects: pinned certificates and keys, and the application's own with all that it is
// shown.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka wants the four above first.
#include <cmocka.h>

#include "../unit/counting.h"
#include "base/bytes.h"
#include "craft.h"
#include "x509/cert.h"

#include <stdlib.h>
#include <string.h>

#define assert_err(have, want) assert_string_equal(patina_err_name(have), patina_err_name(want))

static const struct patina_provider *provider(void)
{
    return fixture_provider(0);
}

struct key_hash {
    uint8_t bytes[32];
};

static struct key_hash sha256(patina_span bytes)
{
    const struct patina_hash *h = provider()->hmac_sha256->hash;
    struct patina_digest digest;
    struct key_hash out;
    assert_err(h->once(h, &bytes, 1, &digest), PATINA_OK);
    assert_int_equal(digest.len, sizeof out.bytes);
    memcpy(out.bytes, digest.bytes, sizeof out.bytes);
    return out;
}

static struct key_hash hash_of_key(const struct test_cert *c)
{
    struct ptn_cert cert;
    assert_err(ptn_cert_parse(c->der, &cert), PATINA_OK);
    return sha256(cert.spki.whole);
}

// ---- Pinning

typedef patina_err make_pins(const struct patina_pin_options *o, struct patina_verifier **out);

static struct patina_verifier *pin(make_pins *make, const patina_span *pins, size_t count,
                                   uint32_t flags)
{
    struct patina_pin_options o = PATINA_PIN_OPTIONS_INIT;
    struct patina_verifier *v = NULL;
    o.provider = provider();
    o.flags = flags;
    o.pins = pins;
    o.pins_count = count;
    assert_err(make(&o, &v), PATINA_OK);
    return v;
}

static struct patina_verifier *pin_certificate(const struct test_cert *c, uint32_t flags)
{
    return pin(patina_verifier_pin_certificate, &c->der, 1, flags);
}

static struct patina_verifier *pin_key(const struct test_cert *c, uint32_t flags)
{
    struct key_hash hash = hash_of_key(c);
    const patina_span pins[1] = {PTN_SPAN_OF(hash.bytes)};
    return pin(patina_verifier_pin_key, pins, 1, flags);
}

// A device: a certificate made by itself, as people make them, for no name in particular.
static void make_device(struct test_cert *out, const struct test_cert *use_key_of,
                        const char *extension)
{
    const struct test_cert_options o = {.subject = "CN=device",
                                        .key = TEST_P256,
                                        .use_key_of = use_key_of,
                                        .extensions = {extension}};
    test_issue(&o, NULL, out);
}

// A client with verifier `v` connects to a server with this chain; takes `v`.
static patina_err connect_by(struct patina_verifier *v, const struct test_cert *leaf,
                             const struct test_cert *intermediate, int64_t now_s,
                             struct patina_report *report)
{
    struct fixture f;
    struct pair p;
    fixture_options(&f, provider(), provider(), TEST_P256);
    patina_credential_unref(f.credential);
    f.credential = fixture_credential(provider(), leaf, intermediate, NULL);
    f.client.verifier = v;
    f.client_conn.server_name = fixture_text("192.0.2.7"); // in no certificate
    f.now_s = now_s != 0 ? now_s : f.now_s;
    fixture_configs(&f);
    fixture_pair(&f, &p);
    pair_run(&p);
    patina_err err = p.client.err;
    assert_int_equal(err == PATINA_OK, pair_saw(&p.server, PATINA_EVENT_HANDSHAKE_DONE));
    // The raw chain is kept, refused or not.
    struct patina_chain *chain = patina_conn_peer_chain(p.client.conn);
    assert_int_equal(patina_chain_count(chain), intermediate != NULL ? 2 : 1);
    assert_true(ptn_span_equal(patina_chain_certificate(chain, 0), leaf->der));
    patina_conn_report(p.client.conn, report);
    pair_free(&p);
    fixture_free(&f);
    patina_verifier_unref(v);
    return err;
}

static patina_err meet(struct patina_verifier *v, const struct test_cert *leaf)
{
    struct patina_report report;
    return connect_by(v, leaf, NULL, 0, &report);
}

static void test_pinned_device(void **state)
{
    (void)state;
    static const char *const extensions[] = {NULL, "basicConstraints=critical,CA:TRUE",
                                             "extendedKeyUsage=clientAuth",
                                             "1.2.3.4=critical,DER:05:00"};
    for (size_t i = 0; i < PTN_COUNT(extensions); i++) {
        struct test_cert device;
        make_device(&device, NULL, extensions[i]);
        assert_err(meet(pin_certificate(&device, 0), &device), PATINA_OK);
        assert_err(meet(pin_key(&device, 0), &device), PATINA_OK);
        test_cert_free(&device);
    }
}

// Renewed with the old key: another certificate, the same key. And the other way round.
static void test_renewed(void **state)
{
    (void)state;
    struct test_cert device;
    struct test_cert renewed;
    struct test_cert stranger;
    make_device(&device, NULL, NULL);
    make_device(&renewed, &device, "subjectAltName=DNS:device.test");
    make_device(&stranger, NULL, NULL);
    assert_err(meet(pin_key(&device, 0), &renewed), PATINA_OK);
    assert_err(meet(pin_certificate(&device, 0), &renewed), PATINA_ERR_CERT_NOT_PINNED);
    assert_err(meet(pin_key(&device, 0), &stranger), PATINA_ERR_CERT_NOT_PINNED);
    assert_err(meet(pin_certificate(&device, 0), &stranger), PATINA_ERR_CERT_NOT_PINNED);

    // One of several is enough.
    const patina_span both[] = {stranger.der, device.der};
    assert_err(meet(pin(patina_verifier_pin_certificate, both, 2, 0), &device), PATINA_OK);
    assert_err(meet(pin(patina_verifier_pin_certificate, both, 2, 0), &stranger), PATINA_OK);
    struct key_hash hashes[2] = {hash_of_key(&stranger), hash_of_key(&device)};
    const patina_span keys[] = {PTN_SPAN_OF(hashes[0].bytes), PTN_SPAN_OF(hashes[1].bytes)};
    assert_err(meet(pin(patina_verifier_pin_key, keys, 2, 0), &device), PATINA_OK);
    test_cert_free(&device);
    test_cert_free(&renewed);
    test_cert_free(&stranger);
}

// Just the leaf is compared: whoever pins an authority has pinned no server of it.
static void test_pinned_with_chain(void **state)
{
    (void)state;
    struct patina_report report;
    struct fixture f;
    fixture_options(&f, provider(), provider(), TEST_P256);
    assert_err(connect_by(pin_certificate(&f.leaf, 0), &f.leaf, &f.intermediate, 0, &report),
               PATINA_OK);
    assert_err(connect_by(pin_key(&f.leaf, 0), &f.leaf, &f.intermediate, 0, &report), PATINA_OK);
    assert_err(
        connect_by(pin_certificate(&f.intermediate, 0), &f.leaf, &f.intermediate, 0, &report),
        PATINA_ERR_CERT_NOT_PINNED);
    assert_err(connect_by(pin_key(&f.intermediate, 0), &f.leaf, &f.intermediate, 0, &report),
               PATINA_ERR_CERT_NOT_PINNED);
    fixture_free(&f);
}

static void test_pinned_dates(void **state)
{
    (void)state;
    const int64_t late = INT64_C(4000000000);
    const uint32_t dates = PATINA_PIN_JUDGE_DATES;
    struct patina_report r;
    struct test_cert device;
    make_device(&device, NULL, NULL); // 2020 to 2049
    assert_err(connect_by(pin_certificate(&device, 0), &device, NULL, late, &r), PATINA_OK);
    assert_err(connect_by(pin_key(&device, 0), &device, NULL, 1, &r), PATINA_OK);
    assert_err(connect_by(pin_certificate(&device, dates), &device, NULL, 0, &r), PATINA_OK);
    assert_err(connect_by(pin_certificate(&device, dates), &device, NULL, late, &r),
               PATINA_ERR_CERT_EXPIRED);
    assert_int_equal(r.certificate, 0);
    assert_string_equal(r.rule, "6.1.3 (a)(2)");
    assert_non_null(strstr(r.text, "2049-12-31"));
    assert_err(connect_by(pin_key(&device, dates), &device, NULL, 1, &r),
               PATINA_ERR_CERT_NOT_YET_VALID);
    struct ptn_cert cert; // to the second
    assert_err(ptn_cert_parse(device.der, &cert), PATINA_OK);
    assert_err(connect_by(pin_key(&device, dates), &device, NULL, cert.not_after_s, &r), PATINA_OK);
    assert_err(connect_by(pin_key(&device, dates), &device, NULL, cert.not_after_s + 1, &r),
               PATINA_ERR_CERT_EXPIRED);
    assert_err(connect_by(pin_key(&device, dates), &device, NULL, cert.not_before_s, &r),
               PATINA_OK);
    assert_err(connect_by(pin_key(&device, dates), &device, NULL, cert.not_before_s - 1, &r),
               PATINA_ERR_CERT_NOT_YET_VALID);
    test_cert_free(&device);
}

// The report says what to pin.
static void test_pin_report(void **state)
{
    (void)state;
    static const char digits[] = "0123456789abcdef";
    struct test_cert device;
    struct test_cert other;
    struct patina_report r;
    make_device(&device, NULL, NULL);
    make_device(&other, NULL, NULL);
    for (int keys = 0; keys < 2; keys++) {
        struct key_hash hash = keys != 0 ? hash_of_key(&device) : sha256(device.der);
        char hex[65] = "";
        for (size_t i = 0; i < 32; i++) {
            hex[2 * i] = digits[hash.bytes[i] >> 4];
            hex[2 * i + 1] = digits[hash.bytes[i] & 15];
        }
        struct patina_verifier *v = keys != 0 ? pin_key(&other, 0) : pin_certificate(&other, 0);
        assert_err(connect_by(v, &device, NULL, 0, &r), PATINA_ERR_CERT_NOT_PINNED);
        assert_int_equal(r.certificate, 0);
        assert_int_equal(r.alert, PATINA_ALERT_CERTIFICATE_UNKNOWN);
        assert_non_null(strstr(r.text, keys != 0 ? "the key of" : "the server's certificate is"));
        assert_non_null(strstr(r.text, hex));
    }
    test_cert_free(&device);
    test_cert_free(&other);
}

// ---- What pinning does not give away

struct thief {
    struct patina_key base;
    struct patina_key *real;
};

static const uint16_t *thief_schemes(const struct patina_key *key, size_t *out_count)
{
    const struct thief *t = (const struct thief *)(const void *)key;
    return t->real->vtable->schemes(t->real, out_count);
}

static patina_err thief_sign(struct patina_key *key, struct patina_op *op)
{
    static const uint8_t nothing[] = {0x30, 6, 2, 1, 1, 2, 1, 1};
    (void)key;
    return patina_sign_op_complete(op, PTN_SPAN_OF(nothing));
}

static patina_err thief_spki(const struct patina_key *key, patina_span *out)
{
    const struct thief *t = (const struct thief *)(const void *)key;
    return t->real->vtable->spki(t->real, out);
}

static void thief_drop(struct patina_key *key)
{
    struct thief *t = (struct thief *)(void *)key;
    t->real->vtable->drop(t->real);
    free(t);
}

static const struct patina_key_vtable thief_vtable = {
    sizeof(struct patina_key_vtable), 0, thief_schemes, thief_sign, thief_spki, thief_drop};

// Who shows the certificate and has not got its key.
static struct patina_credential *stolen(const struct test_cert *leaf)
{
    struct patina_credential_options o = PATINA_CREDENTIAL_OPTIONS_INIT;
    struct patina_credential *c = NULL;
    struct thief *t = calloc(1, sizeof *t);
    patina_span der = test_key_der(leaf);
    assert_non_null(t);
    t->base.vtable = &thief_vtable;
    assert_err(provider()->load_key(provider(), der, &t->real), PATINA_OK);
    free((void *)(uintptr_t)der.ptr);
    o.provider = provider();
    o.chain_der = &leaf->der;
    o.chain_der_count = 1;
    o.key = &t->base;
    assert_err(patina_credential_new(&o, &c, NULL), PATINA_OK);
    return c;
}

static void test_key_is_still_proved(void **state)
{
    (void)state;
    struct test_cert device;
    make_device(&device, NULL, NULL);
    for (int keys = 0; keys < 2; keys++) {
        struct fixture f;
        struct pair p;
        fixture_options(&f, provider(), provider(), TEST_P256);
        patina_credential_unref(f.credential);
        patina_verifier_unref(f.verifier);
        f.credential = stolen(&device);
        f.verifier = keys != 0 ? pin_key(&device, 0) : pin_certificate(&device, 0);
        f.client.verifier = f.verifier;
        fixture_configs(&f);
        fixture_pair(&f, &p);
        pair_run(&p);
        assert_err(p.client.err, PATINA_ERR_BAD_SIGNATURE);
        pair_free(&p);
        fixture_free(&f);
    }
    test_cert_free(&device);
}

// RFC 9846 §4.5.1.2: a key that may not sign.
static void test_key_usage_still_holds(void **state)
{
    (void)state;
    struct test_cert device;
    make_device(&device, NULL, "keyUsage=keyAgreement");
    assert_err(meet(pin_key(&device, 0), &device), PATINA_ERR_CERT_LEAF_KEY_USAGE);
    assert_err(meet(pin_certificate(&device, 0), &device), PATINA_ERR_CERT_LEAF_KEY_USAGE);
    test_cert_free(&device);
}

static void test_pins_outside(void **state)
{
    (void)state;
    static const uint8_t garbage[] = {0x30, 0x03, 1, 2, 3};
    struct test_cert device;
    struct patina_report report;
    struct patina_verify_result result;
    struct patina_verify_input in = PATINA_VERIFY_INPUT_INIT;
    make_device(&device, NULL, NULL);
    struct patina_verifier *v = pin_key(&device, 0);
    in.chain = &device.der;
    in.chain_count = 1;
    assert_err(patina_verifier_judge(v, &in, &result, &report), PATINA_OK);
    assert_int_equal(result.signatures, 0);
    const patina_span bad = PTN_SPAN_OF(garbage);
    in.chain = &bad;
    assert_err(patina_verifier_judge(v, &in, &result, &report), PATINA_ERR_CERT_ENCODING);
    assert_int_equal(report.certificate, 0);
    assert_string_equal(report.rule, "4.1");
    patina_verifier_unref(v);
    test_cert_free(&device);
}

static patina_err accept(void *user, struct patina_op *op)
{
    size_t *calls = user;
    ++*calls;
    return patina_verify_op_accept(op);
}

static void test_pins_then_callback(void **state)
{
    (void)state;
    struct test_cert device;
    struct test_cert other;
    struct patina_report report;
    size_t calls = 0;
    make_device(&device, NULL, NULL);
    make_device(&other, NULL, NULL);
    for (int good = 0; good < 2; good++) {
        struct patina_verifier_callback_options o = PATINA_VERIFIER_CALLBACK_OPTIONS_INIT;
        struct patina_verifier *v = NULL;
        o.provider = provider();
        o.verify = accept;
        o.user = &calls;
        o.then = pin_key(good != 0 ? &device : &other, 0);
        assert_err(patina_verifier_callback_new(&o, &v), PATINA_OK);
        patina_verifier_unref(o.then);
        assert_err(connect_by(v, &device, NULL, 0, &report),
                   good != 0 ? PATINA_OK : PATINA_ERR_CERT_NOT_PINNED);
        assert_int_equal(calls, good);
    }
    test_cert_free(&device);
    test_cert_free(&other);
}

static void test_pin_options(void **state)
{
    (void)state;
    static const uint8_t bytes[33];
    patina_span many[33];
    struct test_cert device;
    struct test_cert v1;
    struct patina_verifier *v = NULL;
    struct patina_pin_options o = PATINA_PIN_OPTIONS_INIT;
    make_device(&device, NULL, NULL);
    const struct test_cert_options old = {.subject = "CN=old", .key = TEST_P256, .v1 = true};
    test_issue(&old, NULL, &v1);
    assert_err(patina_verifier_pin_key(&o, &v), PATINA_ERR_MISSING_PROVIDER);
    o.provider = provider();
    assert_err(patina_verifier_pin_key(&o, &v), PATINA_ERR_BAD_OPTION); // nothing pinned
    o.pins = many;
    assert_err(patina_verifier_pin_certificate(&o, &v), PATINA_ERR_BAD_OPTION);
    o.pins_count = 1;
    static const size_t wrong[] = {0, 1, 31, 33};
    for (size_t i = 0; i < PTN_COUNT(wrong); i++) {
        many[0] = ptn_span_first(PTN_SPAN_OF(bytes), wrong[i]);
        assert_err(patina_verifier_pin_key(&o, &v), PATINA_ERR_BAD_OPTION);
    }
    many[0] = (patina_span){NULL, 32};
    assert_err(patina_verifier_pin_key(&o, &v), PATINA_ERR_BAD_OPTION);
    many[0] = PTN_SPAN_OF(bytes);
    assert_err(patina_verifier_pin_certificate(&o, &v), PATINA_ERR_BAD_CERTIFICATE_INPUT);
    many[0] = v1.der; // TLS wants version 3, RFC 9846 §4.5.1.2
    assert_err(patina_verifier_pin_certificate(&o, &v), PATINA_ERR_BAD_CERTIFICATE_INPUT);
    for (size_t i = 0; i < PTN_COUNT(many); i++) {
        many[i] = device.der;
    }
    o.pins_count = 33;
    assert_err(patina_verifier_pin_certificate(&o, &v), PATINA_ERR_TOO_MANY_OPTIONS);
    o.pins_count = 32;
    o.flags = 2;
    assert_err(patina_verifier_pin_certificate(&o, &v), PATINA_ERR_BAD_OPTION);
    o.flags = 0;
    struct patina_provider without = *provider();
    without.hmac_sha256 = NULL;
    o.provider = &without;
    assert_err(patina_verifier_pin_certificate(&o, &v), PATINA_ERR_UNSUPPORTED_BY_PROVIDER);
    assert_null(v);
    assert_err(patina_verifier_pin_certificate(NULL, &v), PATINA_ERR_MISUSE);
    assert_err(patina_verifier_pin_certificate(&o, NULL), PATINA_ERR_MISUSE);
    test_cert_free(&device);
    test_cert_free(&v1);
}

// ---- The application's own

struct shown {
    struct patina_op *kept;
    size_t certificates;
    patina_span leaf, name, staple, scts;
    int64_t time_s;
};

static void look(struct shown *s, const struct patina_op *op)
{
    s->certificates = 0;
    while (patina_verify_op_certificate(op, s->certificates).len != 0) {
        s->certificates++;
    }
    s->leaf = patina_verify_op_certificate(op, 0);
    s->name = patina_verify_op_name(op);
    s->staple = patina_verify_op_staple(op);
    s->scts = patina_verify_op_scts(op);
    s->time_s = patina_verify_op_time_s(op);
}

static patina_err keep(void *user, struct patina_op *op)
{
    struct shown *s = user;
    s->kept = patina_op_keep(op);
    return s->kept == NULL ? PATINA_ERR_NO_MEMORY : PATINA_PENDING;
}

static const uint8_t staple[] = {0x30, 3, 10, 1, 6};
static const uint8_t scts[] = {0, 3, 0, 1, 7};

static void expect_shown(const struct fixture *f, const struct shown *s)
{
    assert_int_equal(s->certificates, 2);
    assert_true(ptn_span_equal(s->leaf, f->leaf.der));
    assert_true(ptn_span_equal(s->name, fixture_text("server.test")));
    assert_true(ptn_span_equal(s->staple, PTN_SPAN_OF(staple)));
    assert_true(ptn_span_equal(s->scts, PTN_SPAN_OF(scts)));
    assert_int_equal(s->time_s, f->now_s);
}

static void begin(struct fixture *f, struct pair *p, struct shown *s, struct patina_verifier **v)
{
    struct patina_verifier_callback_options o = PATINA_VERIFIER_CALLBACK_OPTIONS_INIT;
    *s = (struct shown){0};
    fixture_options(f, provider(), provider(), TEST_P256);
    struct patina_credential *plain = f->credential;
    assert_err(patina_credential_with_status(plain, PTN_SPAN_OF(staple), PTN_SPAN_OF(scts),
                                             &f->credential),
               PATINA_OK);
    patina_credential_unref(plain);
    o.provider = provider();
    o.verify = keep;
    o.user = s;
    assert_err(patina_verifier_callback_new(&o, v), PATINA_OK);
    f->client.verifier = *v;
    f->client.flags = PATINA_CONFIG_WANT_SCTS;
    fixture_configs(f);
    fixture_pair(f, p);
    pair_run(p);
    assert_true(pair_saw(&p->client, PATINA_EVENT_SUSPENDED));
    assert_non_null(s->kept);
}

static void end(struct fixture *f, struct pair *p, struct shown *s, struct patina_verifier *v)
{
    patina_op_release(s->kept);
    pair_free(p);
    fixture_free(f);
    patina_verifier_unref(v);
}

static void test_all_is_shown_later(void **state)
{
    (void)state;
    struct fixture f;
    struct pair p;
    struct shown s;
    struct patina_verifier *v = NULL;
    begin(&f, &p, &s, &v);
    look(&s, s.kept);
    expect_shown(&f, &s);
    assert_err(patina_verify_op_accept(s.kept), PATINA_OK);
    pair_run(&p);
    assert_err(p.client.err, PATINA_OK);
    assert_true(pair_saw(&p.client, PATINA_EVENT_HANDSHAKE_DONE));
    end(&f, &p, &s, v);
}

// The alert is the application's choice, and the raw chain stays.
static void test_refused_later(void **state)
{
    (void)state;
    struct fixture f;
    struct pair p;
    struct shown s;
    struct patina_report r;
    struct patina_verifier *v = NULL;
    begin(&f, &p, &s, &v);
    assert_err(patina_op_refuse(s.kept, PATINA_ALERT_CERTIFICATE_REVOKED), PATINA_OK);
    pair_run(&p);
    assert_err(p.client.err, PATINA_ERR_REFUSED);
    patina_conn_report(p.client.conn, &r);
    assert_int_equal(r.alert, PATINA_ALERT_CERTIFICATE_REVOKED);
    patina_conn_report(p.server.conn, &r);
    assert_int_equal(r.alert, PATINA_ALERT_CERTIFICATE_REVOKED);
    assert_int_equal(r.alert_from_peer, 1);
    struct patina_chain *chain = patina_conn_peer_chain(p.client.conn);
    assert_int_equal(patina_chain_count(chain), 2);
    assert_true(ptn_span_equal(patina_conn_peer_staple(p.client.conn), PTN_SPAN_OF(staple)));
    assert_true(ptn_span_equal(patina_conn_peer_scts(p.client.conn), PTN_SPAN_OF(scts)));
    end(&f, &p, &s, v);
}

static void test_rejected_by_row(void **state)
{
    (void)state;
    struct fixture f;
    struct pair p;
    struct shown s;
    struct patina_verifier *v = NULL;
    begin(&f, &p, &s, &v);
    assert_err(patina_verify_op_reject(s.kept, PATINA_ERR_BAD_FINISHED), PATINA_ERR_MISUSE);
    assert_err(patina_verify_op_reject(s.kept, PATINA_ERR_CERT_NOT_PINNED), PATINA_OK);
    pair_run(&p);
    assert_err(p.client.err, PATINA_ERR_CERT_NOT_PINNED);
    assert_int_equal(patina_chain_count(patina_conn_peer_chain(p.client.conn)), 2);
    end(&f, &p, &s, v);
}

// What is kept shows the same when the connection has gone.
static void test_outlives_connection(void **state)
{
    (void)state;
    struct fixture f;
    struct pair p;
    struct shown s;
    struct patina_verifier *v = NULL;
    begin(&f, &p, &s, &v);
    pair_free(&p);
    memset(&p, 0, sizeof p);
    look(&s, s.kept);
    expect_shown(&f, &s);
    assert_err(patina_verify_op_accept(s.kept), PATINA_ERR_ABANDONED);
    end(&f, &p, &s, v);
}

// ---- Memory

static void test_no_memory(void **state)
{
    (void)state;
    struct counting heap;
    struct test_cert device;
    struct patina_verifier *v = NULL;
    make_device(&device, NULL, NULL);
    counting_init(&heap);
    for (size_t n = 1; v == NULL; n++) {
        struct patina_pin_options o = PATINA_PIN_OPTIONS_INIT;
        heap.fail_at = heap.allocations + n;
        o.provider = provider();
        o.alloc = &heap.alloc;
        o.pins = &device.der;
        o.pins_count = 1;
        patina_err err = patina_verifier_pin_certificate(&o, &v);
        assert_true(err == PATINA_OK || err == PATINA_ERR_NO_MEMORY);
        assert_int_equal(heap.live_blocks != 0, err == PATINA_OK);
        assert_in_range(n, 1, 9);
    }
    patina_verifier_unref(v);
    assert_int_equal(heap.live_blocks, 0);
    assert_int_equal(heap.unwiped, 0);
    test_cert_free(&device);
}

#define ROW(name, test) {name, test, NULL, NULL, NULL}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ROW("pinned: a device with a certificate of its own making", test_pinned_device),
        ROW("pinned: a certificate renewed with its key, and others", test_renewed),
        ROW("pinned: the leaf of a chain, not its issuers", test_pinned_with_chain),
        ROW("pinned: dates by flag", test_pinned_dates),
        ROW("pinned: the report says what to pin", test_pin_report),
        ROW("pinned: CertificateVerify is still checked", test_key_is_still_proved),
        ROW("pinned: keyUsage still holds", test_key_usage_still_holds),
        ROW("pinned: judged outside a connection", test_pins_outside),
        ROW("pinned: and then a callback", test_pins_then_callback),
        ROW("pinned: options", test_pin_options),
        ROW("own: chain, name, staple, timestamps and time, later", test_all_is_shown_later),
        ROW("own: refused later with an alert; the chain stays", test_refused_later),
        ROW("own: rejected with an error of certificates", test_rejected_by_row),
        ROW("own: what is kept outlives the connection", test_outlives_connection),
        ROW("the n-th allocation fails", test_no_memory),
    };
    return cmocka_run_group_tests_name("verifiers", tests, NULL, NULL) != 0;
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Stapled OCSP answers, RFC 6960: taken apart strictly, and judged for a certificate on a path.
#include "x509_judge.h"

#include "support/mkstatus.h"

#include "x509/ocsp.h"

static struct {
    struct test_cert delegate; // of the root
    struct test_cert must_staple;
} more;

static int set_up_all(void **state)
{
    (void)set_up(state);
    issue(&more.delegate, &pki.root, "CN=Responder", "extendedKeyUsage=OCSPSigning",
          "keyUsage=digitalSignature", "1.3.6.1.5.5.7.48.1.5=DER:05:00");
    issue(&more.must_staple, &pki.root, "CN=a.test", "subjectAltName=DNS:a.test",
          "1.3.6.1.5.5.7.1.24=DER:30:03:02:01:05", NULL);
    return 0;
}

static int tear_down_all(void **state)
{
    test_cert_free(&more.delegate);
    test_cert_free(&more.must_staple);
    return tear_down(state);
}

// The usual answer about the leaf, by the root, with what is put in its place.
#define ANSWER(...) {.cert = &pki.leaf, .issuer = &pki.root, __VA_ARGS__}
#define OCSP(...)               \
    &(struct test_ocsp_options) \
    {                           \
        __VA_ARGS__             \
    }

// ---- Taken apart: one part at a time

struct row {
    struct test_ocsp_options parts;
    patina_err want;
};

static void run_row(void **state)
{
    const struct row *row = *state;
    struct test_ocsp_options o = row->parts;
    o.signer = &pki.root;
    if (o.answers[0].issuer == NULL) {
        o.answers[0].cert = &pki.leaf;
        o.answers[0].issuer = &pki.root;
    }
    patina_span der = test_make_ocsp(&o);
    struct ptn_ocsp ocsp;
    memset(&ocsp, 0xaa, sizeof ocsp);
    assert_err(ptn_ocsp_parse(der, &ocsp), row->want);
    assert_true(row->want == PATINA_OK || is_all_zero(&ocsp, sizeof ocsp));
    status_free(der);
}

#define GOOD PATINA_OK
#define BAD PATINA_ERR_OCSP_ENCODING
#define ROW(text, want, ...)                     \
    {                                            \
        text, run_row, NULL, NULL, &(struct row) \
        {                                        \
            {__VA_ARGS__}, want                  \
        }                                        \
    }
// A part of the one answer.
#define ANSWER_ROW(text, want, ...) ROW(text, want, .answers = {{__VA_ARGS__}})
#define EXTENSIONS(list) "a1{ 30{ " list " } }"
#define TIME "18{ '20261120000000Z' }"

static void fields(void **state)
{
    (void)state;
    patina_span der = test_make_ocsp(
        OCSP(.signer = &pki.root, .by_name = true, .with = {&more.delegate, &pki.leaf},
             .answers = {ANSWER(.status = "a1{ " TIME " a0{ 0a0101 } }"),
                         ANSWER(.next_update = "")}));
    struct ptn_ocsp ocsp;
    struct ptn_ocsp_answer answer;
    assert_err(ptn_ocsp_parse(der, &ocsp), PATINA_OK);
    assert_int_equal(ocsp.response_status, PTN_OCSP_SUCCESSFUL);
    assert_int_equal(ptn_span_at(ocsp.tbs, 0), 0x30);
    assert_bytes(ocsp.signature_alg, "06082a8648ce3d040302");
    assert_int_equal(ptn_span_at(ocsp.signature, 0), 0x30);
    assert_bytes(ocsp.responder_name, "30{ 31{ 30{ 060355040a 0c{ 'Patina Test' } } } 31{ 30{ "
                                      "0603550403 0c{ 'Root' } } } }");
    assert_int_equal(ocsp.responder_key.len, 0);
    assert_int_equal(ocsp.produced_s, 1795132800);
    assert_int_equal(ocsp.certs.len, more.delegate.der.len + pki.leaf.der.len);
    struct ptn_reader answers = ptn_reader_of(ocsp.answers);
    assert_err(ptn_ocsp_read_answer(&answers, &answer), PATINA_OK);
    assert_bytes(answer.hash_alg, "06052b0e03021a 0500");
    assert_int_equal(answer.name_hash.len, 20);
    assert_int_equal(answer.key_hash.len, 20);
    assert_bytes(answer.serial, test_serial_hex(&pki.leaf));
    assert_int_equal(answer.status, PTN_STATUS_REVOKED);
    assert_int_equal(answer.revoked_s, 1795132800);
    assert_int_equal(answer.reason, 1);
    assert_int_equal(answer.this_update_s, 1795132800);
    assert_int_equal(answer.next_update_s, 1795737600);
    assert_err(ptn_ocsp_read_answer(&answers, &answer), PATINA_OK);
    assert_int_equal(answer.status, PTN_STATUS_GOOD);
    assert_int_equal(answer.next_update_s, answer.this_update_s + 86400);
    assert_true(ptn_read_end(&answers));
    assert_err(ptn_ocsp_read_answer(&answers, &answer), PATINA_ERR_OCSP_ENCODING);
    status_free(der);
}

static void responder_failures(void **state)
{
    (void)state;
    static const struct {
        const char *der;
        patina_err want;
    } rows[] = {
        {"30{ 0a0101 }", PATINA_OK},
        {"30{ 0a0102 }", PATINA_OK},
        {"30{ 0a0103 }", PATINA_OK},
        {"30{ 0a0104 }", BAD},
        {"30{ 0a0105 }", PATINA_OK},
        {"30{ 0a0106 }", PATINA_OK},
        {"30{ 0a0107 }", BAD},
        {"30{ 0a01ff }", BAD},
        {"30{ 0a020001 }", BAD},
        {"30{ 020103 }", BAD},
        {"30{ }", BAD},
        {"30{ 0a0100 }", BAD},
        {"30{ 0a0103 a0{ } }", BAD},
        {"31{ 0a0103 }", BAD},
        {"30{ 0a0103 } 00", BAD},
    };
    for (size_t i = 0; i < PTN_COUNT(rows); i++) {
        struct ptn_ocsp ocsp;
        patina_span der = der_bytes(rows[i].der);
        assert_err(ptn_ocsp_parse(der, &ocsp), rows[i].want);
        assert_int_equal(ocsp.answers.len, 0);
        if (rows[i].want == PATINA_OK) {
            expect(WITH_ROOT(.chain = {&pki.leaf}, .revocation = {.staple = der}),
                   PATINA_ERR_OCSP_RESPONDER_FAILED, 0, "staples an error of the OCSP responder");
            expect_ok(
                WITH_ROOT(.chain = {&pki.leaf},
                          .revocation = {.staple = der, .flags = PATINA_REVOCATION_ALLOW_UNKNOWN}));
        }
        der_free(der);
    }
}

static void cut_and_changed(void **state)
{
    (void)state;
    patina_span der = test_make_ocsp(
        OCSP(.signer = &pki.root, .with = {&more.delegate},
             .extensions = EXTENSIONS("30{ 062a 0400 }"),
             .answers = {ANSWER(.status = "a1{ " TIME " a0{ 0a0101 } }"), ANSWER(.sha256 = true)}));
    static const uint8_t changes[] = {0x01, 0x02, 0x80, 0xff, 0x7f, 0x10};
    struct ptn_ocsp ocsp;
    for (size_t len = 0; len < der.len; len++) {
        uint8_t *cut = malloc(len == 0 ? 1 : len);
        memcpy(cut, der.ptr, len);
        assert_err(ptn_ocsp_parse((patina_span){cut, len}, &ocsp), PATINA_ERR_OCSP_ENCODING);
        free(cut);
    }
    for (size_t i = 0; i < der.len; i++) {
        for (size_t k = 0; k < PTN_COUNT(changes); k++) {
            uint8_t *changed = malloc(der.len);
            memcpy(changed, der.ptr, der.len);
            changed[i] ^= changes[k];
            patina_err err = ptn_ocsp_parse((patina_span){changed, der.len}, &ocsp);
            assert_true(err == PATINA_OK || patina_err_class(err) == PATINA_CLASS_CERTIFICATE);
            free(changed);
        }
    }
    status_free(der);
}

static void sizes_up_to_the_limit(void **state)
{
    (void)state;
    struct ptn_ocsp ocsp;
    struct test_ocsp_options o = {.signer = &pki.root};
    for (size_t i = 0; i < PTN_MAX_OCSP_ANSWERS; i++) {
        o.answers[i] = (struct test_ocsp_answer)ANSWER();
    }
    patina_span der = test_make_ocsp(&o);
    assert_err(ptn_ocsp_parse(der, &ocsp), PATINA_OK);
    status_free(der);
    o.answers[PTN_MAX_OCSP_ANSWERS] = (struct test_ocsp_answer)ANSWER();
    der = test_make_ocsp(&o);
    assert_err(ptn_ocsp_parse(der, &ocsp), PATINA_ERR_OCSP_TOO_LARGE);
    status_free(der);

    o = (struct test_ocsp_options){.signer = &pki.root, .answers = {ANSWER()}};
    for (size_t i = 0; i < PTN_MAX_OCSP_CERTIFICATES; i++) {
        o.with[i] = &pki.leaf;
    }
    der = test_make_ocsp(&o);
    assert_err(ptn_ocsp_parse(der, &ocsp), PATINA_OK);
    status_free(der);
    o.with[PTN_MAX_OCSP_CERTIFICATES] = &pki.leaf;
    der = test_make_ocsp(&o);
    assert_err(ptn_ocsp_parse(der, &ocsp), PATINA_ERR_OCSP_TOO_LARGE);
    status_free(der);

    // 16 KiB and one byte; the padding stands in an extension.
    for (size_t over = 0; over <= 1; over++) {
        char text[100];
        o = (struct test_ocsp_options){.signer = &pki.root,
                                       .signature = "03{ 00 11 }",
                                       .extensions = EXTENSIONS("30{ 062a 04{ 10000*11 } }"),
                                       .answers = {ANSWER()}};
        der = test_make_ocsp(&o);
        (void)snprintf(text, sizeof text, EXTENSIONS("30{ 06012a 04{ %zu*11 } }"),
                       10000 + PTN_MAX_OCSP_BYTES - der.len - 1 + over);
        status_free(der);
        o.extensions = text;
        der = test_make_ocsp(&o);
        assert_int_equal(der.len, PTN_MAX_OCSP_BYTES + over);
        assert_err(ptn_ocsp_parse(der, &ocsp), over == 0 ? PATINA_OK : PATINA_ERR_OCSP_TOO_LARGE);
        status_free(der);
    }
}

// ---- Judged

static void expect_staple(const struct test_ocsp_options *o, uint32_t flags, patina_err want,
                          const char *words)
{
    patina_span der = test_make_ocsp(o);
    expect(WITH_ROOT(.chain = {&pki.leaf}, .revocation = {.staple = der, .flags = flags}), want,
           want == PATINA_OK ? -1 : 0, words);
    status_free(der);
}

static void good_answers(void **state)
{
    (void)state;
    struct ptn_path_result result;
    expect_staple(OCSP(.signer = &pki.root, .answers = {ANSWER()}), 0, PATINA_OK, "");
    expect_staple(OCSP(.signer = &pki.root, .by_name = true, .answers = {ANSWER()}), 0, PATINA_OK,
                  "");
    expect_staple(OCSP(.signer = &pki.root, .answers = {ANSWER(.sha256 = true)}), 0, PATINA_OK, "");
    // Without parameters, which some write.
    expect_staple(
        OCSP(.signer = &pki.root, .answers = {ANSWER(.hash_alg = "30{ 06052b0e03021a }")}), 0,
        PATINA_OK, "");
    // The issuer's own certificate sent along changes nothing.
    expect_staple(OCSP(.signer = &pki.root, .with = {&pki.root}, .answers = {ANSWER()}), 0,
                  PATINA_OK, "");
    patina_span der = test_make_ocsp(OCSP(.signer = &pki.root, .answers = {ANSWER()}));
    assert_err(judge(WITH_ROOT(.chain = {&pki.leaf}, .revocation = {.staple = der}), &result),
               PATINA_OK);
    assert_int_equal(result.signatures, 2);
    status_free(der);
}

static void statuses(void **state)
{
    (void)state;
    expect_staple(OCSP(.signer = &pki.root, .answers = {ANSWER(.status = "a1{ " TIME " }")}),
                  PATINA_REVOCATION_ALLOW_UNKNOWN, PATINA_ERR_CERT_REVOKED,
                  "was revoked by its issuer on 2026-11-20; get a new one");
    expect_staple(
        OCSP(.signer = &pki.root, .answers = {ANSWER(.status = "a1{ " TIME " a0{ 0a0104 } }")}), 0,
        PATINA_ERR_CERT_REVOKED, "(it was replaced)");
    expect_staple(OCSP(.signer = &pki.root, .answers = {ANSWER(.status = "8200")}), 0,
                  PATINA_ERR_OCSP_UNKNOWN, "does not know it");
    expect_staple(OCSP(.signer = &pki.root, .answers = {ANSWER(.status = "8200")}),
                  PATINA_REVOCATION_ALLOW_UNKNOWN, PATINA_OK, "");
}

static void dates(void **state)
{
    (void)state;
    static const struct {
        const char *this_update, *next_update;
        uint32_t flags;
        patina_err want;
    } rows[] = {
        // 2026-11-21 00:00:00 is now
        {"18{ '20261121000500Z' }", NULL, 0, PATINA_OK},
        {"18{ '20261121000501Z' }", NULL, 0, PATINA_ERR_OCSP_NOT_YET_VALID},
        {"18{ '20261121000501Z' }", NULL, PATINA_REVOCATION_ACCEPT_EXPIRED,
         PATINA_ERR_OCSP_NOT_YET_VALID},
        {"18{ '20261121000501Z' }", NULL, PATINA_REVOCATION_ALLOW_UNKNOWN, PATINA_OK},
        {"18{ '20261101000000Z' }", "a0{ 18{ '20261120235500Z' } }", 0, PATINA_OK},
        {"18{ '20261101000000Z' }", "a0{ 18{ '20261120235459Z' } }", 0, PATINA_ERR_OCSP_EXPIRED},
        {"18{ '20261101000000Z' }", "a0{ 18{ '20261120235459Z' } }",
         PATINA_REVOCATION_ACCEPT_EXPIRED, PATINA_OK},
        {"18{ '20261101000000Z' }", "a0{ 18{ '20261120235459Z' } }",
         PATINA_REVOCATION_ALLOW_UNKNOWN, PATINA_OK},
        {"18{ '20261119235500Z' }", "", 0, PATINA_OK}, // without nextUpdate: a day and the skew
        {"18{ '20261119235459Z' }", "", 0, PATINA_ERR_OCSP_EXPIRED},
    };
    for (size_t i = 0; i < PTN_COUNT(rows); i++) {
        expect_staple(
            OCSP(.signer = &pki.root, .answers = {ANSWER(.this_update = rows[i].this_update,
                                                         .next_update = rows[i].next_update)}),
            rows[i].flags, rows[i].want, "the stapled OCSP answer ");
    }
}

// The right one among several, and no other: GnuTLS once took the first.
static void which_of_several(void **state)
{
    (void)state;
    const char *const revoked = "a1{ " TIME " }";
#define OTHER(...) {.cert = &pki.far_leaf, .issuer = &pki.root, __VA_ARGS__}
    static const char *const words = "is about other certificates";
    expect_staple(OCSP(.signer = &pki.root, .answers = {OTHER(.status = revoked), ANSWER()}), 0,
                  PATINA_OK, "");
    expect_staple(OCSP(.signer = &pki.root, .answers = {OTHER(), ANSWER(.status = revoked)}), 0,
                  PATINA_ERR_CERT_REVOKED, "");
    expect_staple(OCSP(.signer = &pki.root, .answers = {OTHER(), OTHER()}), 0,
                  PATINA_ERR_OCSP_NO_ANSWER, words);
    expect_staple(OCSP(.signer = &pki.root, .answers = {OTHER()}), PATINA_REVOCATION_ALLOW_UNKNOWN,
                  PATINA_OK, "");
    // No answer at all.
    expect_staple(OCSP(.signer = &pki.root), 0, PATINA_ERR_OCSP_NO_ANSWER, words);
    // The same serial number of another issuer: by its name, by its key, by both.
    expect_staple(
        OCSP(.signer = &pki.root, .answers = {{.cert = &pki.leaf, .issuer = &pki.other_root}}), 0,
        PATINA_ERR_OCSP_NO_ANSWER, words);
    expect_staple(OCSP(.signer = &pki.root, .answers = {ANSWER(.name_hash = "04{ 20*11 }")}), 0,
                  PATINA_ERR_OCSP_NO_ANSWER, words);
    expect_staple(OCSP(.signer = &pki.root, .answers = {ANSWER(.key_hash = "04{ 20*11 }")}), 0,
                  PATINA_ERR_OCSP_NO_ANSWER, words);
    expect_staple(OCSP(.signer = &pki.root, .answers = {ANSWER(.name_hash = "04{ }")}), 0,
                  PATINA_ERR_OCSP_NO_ANSWER, words);
    // Another serial number, one octet longer or shorter.
    expect_staple(OCSP(.signer = &pki.root, .answers = {ANSWER(.serial = "020105")}), 0,
                  PATINA_ERR_OCSP_NO_ANSWER, words);
    // Digests by an algorithm that is none of ours, or with other parameters.
    expect_staple(
        OCSP(.signer = &pki.root, .answers = {ANSWER(.hash_alg = "30{ 06052b0e03021b 0500 }")}), 0,
        PATINA_ERR_OCSP_NO_ANSWER, words);
    expect_staple(
        OCSP(.signer = &pki.root, .answers = {ANSWER(.hash_alg = "30{ 06052b0e03021a 0400 }")}), 0,
        PATINA_ERR_OCSP_NO_ANSWER, words);
    expect_staple(OCSP(.signer = &pki.root, .answers = {ANSWER(.hash_alg = "30{ }")}), 0,
                  PATINA_ERR_OCSP_NO_ANSWER, words);
    // Two about the certificate: the worse counts, the one of today before the one of yesterday.
    expect_staple(
        OCSP(.signer = &pki.root, .answers = {ANSWER(), ANSWER(.sha256 = true, .status = revoked)}),
        0, PATINA_ERR_CERT_REVOKED, "");
    expect_staple(
        OCSP(.signer = &pki.root, .answers = {ANSWER(.status = revoked), ANSWER(.sha256 = true)}),
        0, PATINA_ERR_CERT_REVOKED, "");
    expect_staple(
        OCSP(.signer = &pki.root, .answers = {ANSWER(), ANSWER(.sha256 = true, .status = "8200")}),
        0, PATINA_ERR_OCSP_UNKNOWN, "");
    expect_staple(
        OCSP(.signer = &pki.root,
             .answers = {ANSWER(.status = revoked, .next_update = "a0{ 18{ '20261120000001Z' } }"),
                         ANSWER()}),
        0, PATINA_OK, "");
}

// ---- Who signed

static void by_a_delegate(void **state)
{
    (void)state;
    struct ptn_path_result result;
    struct test_ocsp_options o = {
        .signer = &more.delegate, .with = {&more.delegate}, .answers = {ANSWER()}};
    expect_staple(&o, 0, PATINA_OK, "");
    o.by_name = true;
    expect_staple(&o, 0, PATINA_OK, "");
    o.with[0] = &pki.root;
    o.with[1] = &pki.leaf;
    o.with[2] = &more.delegate;
    expect_staple(&o, 0, PATINA_OK, "");
    patina_span der = test_make_ocsp(&o);
    assert_err(judge(WITH_ROOT(.chain = {&pki.leaf}, .revocation = {.staple = der}), &result),
               PATINA_OK);
    assert_int_equal(result.signatures, 3); // link, delegate, answer
    status_free(der);
    o.with[2] = NULL;
    expect_staple(&o, 0, PATINA_ERR_OCSP_RESPONDER, "signed neither by its issuer");
    // A broken certificate beside it does no harm.
    o.certs = "a0{ 30{ 30{ 0500 } } }";
    expect_staple(&o, 0, PATINA_ERR_OCSP_RESPONDER, "signed neither by its issuer");
}

struct delegate_row {
    const char *eku; // value in notation; NULL: no extension
    const char *other;
    bool by_other_root, expired;
};

static void run_delegate_row(void **state)
{
    const struct delegate_row *row = *state;
    char eku[300] = "";
    struct test_cert delegate;
    struct test_cert_options c = {.subject = "CN=Responder"};
    size_t count = 0;
    if (row->eku != NULL) {
        patina_span der = der_bytes(row->eku);
        size_t at = (size_t)snprintf(eku, sizeof eku, "2.5.29.37=DER:");
        for (size_t i = 0; i < der.len; i++) {
            at += (size_t)snprintf(eku + at, sizeof eku - at, "%02x", der.ptr[i]);
        }
        der_free(der);
        c.extensions[count++] = eku;
    }
    c.extensions[count] = row->other;
    c.not_before_s = row->expired ? NOW - 2 * DAY : NOW - DAY;
    c.not_after_s = row->expired ? NOW - DAY : NOW + DAY;
    test_issue(&c, row->by_other_root ? &pki.other_root : &pki.root, &delegate);
    expect_staple(OCSP(.signer = &delegate, .with = {&delegate}, .answers = {ANSWER()}),
                  PATINA_REVOCATION_ALLOW_UNKNOWN, PATINA_ERR_OCSP_RESPONDER,
                  "signed neither by its issuer");
    test_cert_free(&delegate);
}

#define DELEGATE_ROW(text, ...)                                    \
    {                                                              \
        text, run_delegate_row, NULL, NULL, &(struct delegate_row) \
        {                                                          \
            __VA_ARGS__                                            \
        }                                                          \
    }
#define OCSP_SIGNING "06082b06010505070309"

// An issuer of the same name with another key is another issuer.
static void delegate_of_a_namesake(void **state)
{
    (void)state;
    struct test_cert twin;
    struct test_cert delegate;
    test_make_ca("Root", TEST_P256, NULL, &twin);
    issue(&delegate, &twin, "CN=Responder", "extendedKeyUsage=OCSPSigning", NULL, NULL);
    expect_staple(OCSP(.signer = &delegate, .with = {&delegate}, .answers = {ANSWER()}), 0,
                  PATINA_ERR_OCSP_RESPONDER, "");
    // Nor does its own signature count, whatever name it gives.
    expect_staple(OCSP(.signer = &twin, .by_name = true, .answers = {ANSWER()}), 0,
                  PATINA_ERR_OCSP_BAD_SIGNATURE, "is wrong");
    expect_staple(OCSP(.signer = &twin, .with = {&twin}, .answers = {ANSWER()}), 0,
                  PATINA_ERR_OCSP_RESPONDER, "");
    expect_staple(OCSP(.signer = &twin, .responder = &pki.root, .answers = {ANSWER()}), 0,
                  PATINA_ERR_OCSP_BAD_SIGNATURE, "");
    test_cert_free(&delegate);
    test_cert_free(&twin);
}

static void delegate_of_the_root_alone(void **state)
{
    (void)state;
    // A delegate of the root speaks for what the root issued, not for what lies below.
    patina_span der =
        test_make_ocsp(OCSP(.signer = &more.delegate, .with = {&more.delegate},
                            .answers = {{.cert = &pki.far_leaf, .issuer = &pki.intermediate}}));
    expect(WITH_ROOT(.chain = {&pki.far_leaf, &pki.intermediate}, .revocation = {.staple = der}),
           PATINA_ERR_OCSP_RESPONDER, 0, "");
    status_free(der);
    der = test_make_ocsp(OCSP(.signer = &pki.intermediate,
                              .answers = {{.cert = &pki.far_leaf, .issuer = &pki.intermediate}}));
    expect_ok(
        WITH_ROOT(.chain = {&pki.far_leaf, &pki.intermediate}, .revocation = {.staple = der}));
    status_free(der);
}

static void signatures(void **state)
{
    (void)state;
    expect_staple(
        OCSP(.signer = &pki.root, .signature = "03{ 00 3006020101020101 }", .answers = {ANSWER()}),
        PATINA_REVOCATION_ALLOW_UNKNOWN, PATINA_ERR_OCSP_BAD_SIGNATURE, "");
    expect_staple(OCSP(.signer = &pki.root, .alg = "30{ 06072a8648ce3d0401 }", // ecdsa-with-SHA1
                       .answers = {ANSWER()}),
                  0, PATINA_ERR_OCSP_BAD_SIGNATURE, "by an algorithm not accepted here");
    expect_staple(
        OCSP(.signer = &pki.leaf, .responder_id = "a2{ 04{ 20*11 } }", .answers = {ANSWER()}), 0,
        PATINA_ERR_OCSP_RESPONDER, "");
    // What an unsigned answer says about revocation is not believed either.
    expect_staple(OCSP(.signer = &pki.root, .signature = "03{ 00 3006020101020101 }",
                       .answers = {ANSWER(.status = "a1{ " TIME " }")}),
                  0, PATINA_ERR_OCSP_BAD_SIGNATURE, "");
}

static void every_key_type(void **state)
{
    (void)state;
    static const enum test_key kinds[] = {TEST_P256, TEST_ED25519, TEST_RSA2048};
    for (size_t i = 0; i < PTN_COUNT(kinds); i++) {
        struct test_cert root;
        struct test_cert leaf;
        test_make_ca("Root of a kind", kinds[i], NULL, &root);
        test_make_server("a.test", "DNS:a.test", TEST_P256, &root, &leaf);
        patina_span der =
            test_make_ocsp(OCSP(.signer = &root, .answers = {{.cert = &leaf, .issuer = &root}}));
        expect_ok(
            &(struct question){.roots = {&root}, .chain = {&leaf}, .revocation = {.staple = der}});
        status_free(der);
        test_cert_free(&leaf);
        test_cert_free(&root);
    }
}

// ---- With lists beside it, and where an answer is due

static struct patina_crls *lists(const struct test_cert *issuer, const char *entries)
{
    struct patina_crls_options o = PATINA_CRLS_OPTIONS_INIT;
    struct patina_crls *crls = NULL;
    patina_span der =
        test_make_crl(&(struct test_crl_options){.issuer = issuer, .entries = entries});
    o.der = &der;
    o.der_count = 1;
    assert_err(patina_crls_new(&o, &crls, NULL), PATINA_OK);
    status_free(der);
    return crls;
}

static void beside_lists(void **state)
{
    (void)state;
    struct question q = {.roots = {&pki.root}, .chain = {&pki.leaf}};
    patina_span good = test_make_ocsp(OCSP(.signer = &pki.root, .answers = {ANSWER()}));
    patina_span old = test_make_ocsp(
        OCSP(.signer = &pki.root,
             .answers = {ANSWER(.this_update = "18{ '20261101000000Z' }", .next_update = "")}));
    // A good answer is a status, where no list speaks.
    q.revocation = (struct ptn_revocation){.crls = lists(&pki.other_root, NULL), .staple = good};
    expect_ok(&q);
    q.revocation.staple = (patina_span){0};
    expect(&q, PATINA_ERR_CERT_REVOCATION_UNKNOWN, 0, "");
    patina_crls_unref(q.revocation.crls);
    // A list that revokes counts whatever the answer says.
    q.revocation = (struct ptn_revocation){.crls = lists(&pki.root, test_crl_entry(&pki.leaf, "")),
                                           .staple = good};
    expect(&q, PATINA_ERR_CERT_REVOKED, 0, "");
    q.revocation.staple = old;
    q.revocation.flags = PATINA_REVOCATION_ALLOW_UNKNOWN;
    expect(&q, PATINA_ERR_CERT_REVOKED, 0, "");
    patina_crls_unref(q.revocation.crls);
    // RFC 6066 §8: an answer that is given must be good, whatever the list says.
    q.revocation = (struct ptn_revocation){.crls = lists(&pki.root, NULL), .staple = old};
    expect(&q, PATINA_ERR_OCSP_EXPIRED, 0, "");
    q.revocation.flags = PATINA_REVOCATION_ALLOW_UNKNOWN;
    expect_ok(&q);
    patina_crls_unref(q.revocation.crls);
    status_free(good);
    status_free(old);
}

// A delegate that the issuer's list revokes is none; with ocsp-nocheck its list is not asked.
static void revoked_delegates(void **state)
{
    (void)state;
    struct test_cert delegate;
    issue(&delegate, &pki.root, "CN=Responder", "extendedKeyUsage=OCSPSigning", NULL, NULL);
    struct question q = {.roots = {&pki.root}, .chain = {&pki.leaf}};
    patina_span staple =
        test_make_ocsp(OCSP(.signer = &delegate, .with = {&delegate}, .answers = {ANSWER()}));
    q.revocation = (struct ptn_revocation){.crls = lists(&pki.root, test_crl_entry(&delegate, "")),
                                           .staple = staple};
    expect(&q, PATINA_ERR_OCSP_RESPONDER, 0, "");
    patina_crls_unref(q.revocation.crls);
    q.revocation.crls = lists(&pki.root, NULL);
    expect_ok(&q);
    patina_crls_unref(q.revocation.crls);
    q.revocation.crls = lists(&pki.other_root, NULL);
    expect_ok(&q);
    patina_crls_unref(q.revocation.crls);
    status_free(staple);
    staple = test_make_ocsp(
        OCSP(.signer = &more.delegate, .with = {&more.delegate}, .answers = {ANSWER()}));
    q.revocation = (struct ptn_revocation){
        .crls = lists(&pki.root, test_crl_entry(&more.delegate, "")), .staple = staple};
    expect_ok(&q);
    patina_crls_unref(q.revocation.crls);
    status_free(staple);
    test_cert_free(&delegate);
}

static void must_staple(void **state)
{
    (void)state;
    struct question q = {.roots = {&pki.root}, .chain = {&more.must_staple}};
    patina_span good = test_make_ocsp(
        OCSP(.signer = &pki.root, .answers = {{.cert = &more.must_staple, .issuer = &pki.root}}));
    expect(&q, PATINA_ERR_MUST_STAPLE_MISSING, 0, "demands a stapled OCSP answer (must-staple)");
    q.revocation.flags = PATINA_REVOCATION_ALLOW_UNKNOWN;
    expect(&q, PATINA_ERR_MUST_STAPLE_MISSING, 0, "");
    // A list is no answer, RFC 7633 §4.3.3.
    q.revocation.crls = lists(&pki.root, NULL);
    expect(&q, PATINA_ERR_MUST_STAPLE_MISSING, 0, "");
    patina_crls_unref(q.revocation.crls);
    q.revocation = (struct ptn_revocation){.staple = good};
    expect_ok(&q);
    // A client is asked for nothing.
    q.revocation.staple = (patina_span){0};
    q.purpose = PATINA_PURPOSE_CLIENT;
    expect_ok(&q);
    status_free(good);
}

static void staple_required(void **state)
{
    (void)state;
    patina_span good = test_make_ocsp(OCSP(.signer = &pki.root, .answers = {ANSWER()}));
    struct question q = {.roots = {&pki.root},
                         .chain = {&pki.leaf},
                         .revocation = {.flags = PATINA_REVOCATION_REQUIRE_STAPLE}};
    expect(&q, PATINA_ERR_STAPLE_REQUIRED, 0, "without a stapled OCSP answer, which is required");
    q.revocation.staple = good;
    expect_ok(&q);
    status_free(good);
}

// Every signature of the answer is one of the path's.
static void budget(void **state)
{
    (void)state;
    struct ptn_path_result result;
    struct question q = {.chain = {&pki.leaf}};
    patina_span staple = test_make_ocsp(
        OCSP(.signer = &pki.root, .signature = "03{ 00 3006020101020101 }", .answers = {ANSWER()}));
    q.roots[0] = &pki.root;
    q.revocation.staple = staple;
    assert_err(judge(&q, &result), PATINA_ERR_OCSP_BAD_SIGNATURE);
    assert_int_equal(result.signatures, 2);
    status_free(staple);
}

#define T(name) {#name, name, NULL, NULL, NULL}
static const struct CMUnitTest tests[] = {
    ROW("the usual answer", GOOD, .extensions = NULL),
    ROW("another type of response", BAD, .response_type = "06092b0601050507300102"),
    ROW("a longer type of response", BAD, .response_type = "060a2b060105050730010100"),
    ROW("no response", BAD, .response_bytes = ""),
    ROW("an empty response", BAD, .response_bytes = "a0{ }"),
    ROW("a response under another tag", BAD, .response_bytes = "a1{ 30{ } }"),
    ROW("something behind the response, in its type's SEQUENCE", BAD, .after_basic = "0500"),
    ROW("something behind the response, in its box", BAD, .after_bytes = "0500"),
    ROW("something behind the response", BAD, .after = "0500"),
    ROW("version 1 written out", BAD, .version = "a0{ 020100 }"),
    ROW("version 2", BAD, .version = "a0{ 020101 }"),
    ROW("responder by name", GOOD, .by_name = true),
    ROW("responder by neither", BAD, .responder_id = ""),
    ROW("responder by a key of 19 octets", BAD, .responder_id = "a2{ 04{ 19*11 } }"),
    ROW("responder by a key of 32 octets", BAD, .responder_id = "a2{ 04{ 32*11 } }"),
    ROW("responder by a key and more", BAD, .responder_id = "a2{ 04{ 20*11 } 0500 }"),
    ROW("responder by a name and more", BAD, .responder_id = "a1{ 30{ } 0500 }"),
    ROW("responder by a name of another kind", BAD, .responder_id = "a1{ 31{ } }"),
    ROW("producedAt as UTCTime", BAD, .produced_at = "17{ '261120000000Z' }"),
    ROW("no producedAt", BAD, .produced_at = ""),
    ROW("producedAt with fractions", BAD, .produced_at = "18{ '20261120000000.5Z' }"),
    ROW("extension", GOOD, .extensions = EXTENSIONS("30{ 06012a 0400 }")),
    ROW("extensions of none", BAD, .extensions = EXTENSIONS("")),
    ROW("extensions under another tag", BAD, .extensions = "a2{ 30{ 30{ 06012a 0400 } } }"),
    ROW("extension cut", BAD, .extensions = EXTENSIONS("30{ 06012a }")),
    ROW("extensions and more in their box", BAD,
        .extensions = "a1{ 30{ 30{ 06012a 0400 } } 0500 }"),
    ROW("critical extension, RFC 6960 §4.4", PATINA_ERR_OCSP_CRITICAL_EXTENSION,
        .extensions = EXTENSIONS("30{ 06012a 0101ff 0400 }")),
    ROW("something behind the extensions", BAD,
        .extensions = EXTENSIONS("30{ 06012a 0400 }") " 0500"),
    ROW("certificates", GOOD, .certs = "a0{ 30{ 30{ } 30{ } } }"),
    ROW("certificates of another kind", BAD, .certs = "a0{ 30{ 31{ } } }"),
    ROW("certificates in no SEQUENCE", BAD, .certs = "a0{ 31{ } }"),
    ROW("certificates and more in their box", BAD, .certs = "a0{ 30{ } 0500 }"),
    ROW("certificates under another tag", BAD, .certs = "a1{ 30{ } }"),
    ROW("something behind the certificates", BAD, .certs = "a0{ 30{ } } 0500"),
    ROW("signature of odd bits", BAD, .signature = "03{ 04 f0 }"),
    ROW("signature in octets", BAD, .signature = "04{ 00 11 }"),
    ROW("algorithm of another kind", BAD, .alg = "31{ }"),
    ANSWER_ROW("certID by SHA-256", GOOD, .cert = &pki.leaf, .issuer = &pki.root, .sha256 = true),
#define OF_LEAF .cert = &pki.leaf, .issuer = &pki.root
    ANSWER_ROW("name hash in bits", BAD, OF_LEAF, .name_hash = "03{ 00 11 }"),
    ANSWER_ROW("no key hash", BAD, OF_LEAF, .key_hash = ""),
    ANSWER_ROW("no serial number", BAD, OF_LEAF, .serial = ""),
    ANSWER_ROW("padded serial number", BAD, OF_LEAF, .serial = "02020001"),
    ANSWER_ROW("certID with more", BAD, OF_LEAF, .serial = "020101 0500"),
    ANSWER_ROW("hash algorithm of another kind", BAD, OF_LEAF, .hash_alg = "31{ }"),
    ANSWER_ROW("good with contents", BAD, OF_LEAF, .status = "8001 00"),
    ANSWER_ROW("unknown", GOOD, OF_LEAF, .status = "8200"),
    ANSWER_ROW("unknown with contents", BAD, OF_LEAF, .status = "8201 00"),
    ANSWER_ROW("status 3", BAD, OF_LEAF, .status = "8300"),
    ANSWER_ROW("good as a constructed one", BAD, OF_LEAF, .status = "a000"),
    ANSWER_ROW("revoked", GOOD, OF_LEAF, .status = "a1{ " TIME " }"),
    ANSWER_ROW("revoked with a reason", GOOD, OF_LEAF, .status = "a1{ " TIME " a0{ 0a0105 } }"),
    ANSWER_ROW("revoked without a date", BAD, OF_LEAF, .status = "a1{ }"),
    ANSWER_ROW("revoked at a UTCTime", BAD, OF_LEAF, .status = "a1{ 17{ '261120000000Z' } }"),
    ANSWER_ROW("revoked for reason 7", BAD, OF_LEAF, .status = "a1{ " TIME " a0{ 0a0107 } }"),
    ANSWER_ROW("revoked for two reasons", BAD, OF_LEAF,
               .status = "a1{ " TIME " a0{ 0a0105 0a0105 } }"),
    ANSWER_ROW("revoked and more", BAD, OF_LEAF, .status = "a1{ " TIME " a0{ 0a0105 } 0500 }"),
    ANSWER_ROW("no thisUpdate", BAD, OF_LEAF, .this_update = ""),
    ANSWER_ROW("no nextUpdate", GOOD, OF_LEAF, .next_update = ""),
    ANSWER_ROW("nextUpdate without its box", BAD, OF_LEAF, .next_update = TIME),
    ANSWER_ROW("nextUpdate and more", BAD, OF_LEAF, .next_update = "a0{ " TIME " 0500 }"),
    ANSWER_ROW("nextUpdate as UTCTime", BAD, OF_LEAF, .next_update = "a0{ 17{ '261120000000Z' } }"),
    ANSWER_ROW("extension of an answer", GOOD, OF_LEAF,
               .extensions = EXTENSIONS("30{ 06012a 0400 }")),
    ANSWER_ROW("critical extension of an answer", PATINA_ERR_OCSP_CRITICAL_EXTENSION, OF_LEAF,
               .extensions = EXTENSIONS("30{ 06012a 0101ff 0400 }")),
    ANSWER_ROW("something behind an answer's extensions", BAD, OF_LEAF,
               .extensions = EXTENSIONS("30{ 06012a 0400 }") " 0500"),
    T(fields),
    T(responder_failures),
    T(cut_and_changed),
    T(sizes_up_to_the_limit),
    T(good_answers),
    T(statuses),
    T(dates),
    T(which_of_several),
    T(by_a_delegate),
    DELEGATE_ROW("delegate without a purpose, RFC 6960 §4.2.2.2", .eku = NULL),
    DELEGATE_ROW("delegate for servers", .eku = "30{ 06082b06010505070301 }"),
    DELEGATE_ROW("delegate for any purpose", .eku = "30{ 0604551d2500 }"),
    DELEGATE_ROW("purpose that begins as OCSPSigning", .eku = "30{ 06092b0601050507030901 }"),
    DELEGATE_ROW("purpose that OCSPSigning begins with", .eku = "30{ 06072b060105050703 }"),
    DELEGATE_ROW("delegate that may not sign", .eku = "30{ " OCSP_SIGNING " }",
                 .other = "keyUsage=keyAgreement"),
    DELEGATE_ROW("delegate with an unknown critical extension", .eku = "30{ " OCSP_SIGNING " }",
                 .other = "1.2.3.4=critical,DER:05:00"),
    DELEGATE_ROW("delegate of another issuer", .eku = "30{ " OCSP_SIGNING " }",
                 .by_other_root = true),
    DELEGATE_ROW("delegate of yesterday", .eku = "30{ " OCSP_SIGNING " }", .expired = true),
    T(delegate_of_a_namesake),
    T(delegate_of_the_root_alone),
    T(signatures),
    T(every_key_type),
    T(beside_lists),
    T(revoked_delegates),
    T(must_staple),
    T(staple_required),
    T(budget),
};

int main(void)
{
    return cmocka_run_group_tests(tests, set_up_all, tear_down_all) != 0;
}

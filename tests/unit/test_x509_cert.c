// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Certificates taken apart, RFC 5280 §4.1 and §4.2: a good one with one part replaced at a time.
#include "x509_rows.h"

#include "support/mkcert.h"

#include "patina/cert.h"
#include "x509/cert.h"

// ---- A certificate in parts. NULL: the usual one; "": left out.

#define ECDSA_SHA256 "06082a8648ce3d040302"
#define SPKI "30{ 30{ 06072a8648ce3d0201 06082a8648ce3d030107 } 03{ 00 04 64*11 } }"

struct parts {
    const char *version, *serial, *inner_alg, *issuer, *validity, *subject, *spki, *unique_ids;
    const char *extensions; // what stands in the SEQUENCE; "" leaves out the box as well
    const char *box;        // instead of the whole [3]
    const char *outer_alg, *signature;
    const char *after_tbs, *after; // trailing bytes
};

static const char *or_usual(const char *part, const char *usual)
{
    return part == NULL ? usual : part;
}

static patina_span build(const struct parts *p)
{
    size_t size = 1 << 20;
    char *text = malloc(size);
    char *box = malloc(size);
    assert_non_null(text);
    assert_non_null(box);
    if (p->box != NULL || p->extensions == NULL || p->extensions[0] == '\0') {
        (void)snprintf(box, size, "%s", or_usual(p->box, ""));
    } else {
        (void)snprintf(box, size, "a3{ 30{ %s } }", p->extensions);
    }
    int len = snprintf(
        text, size, "30{ 30{ %s %s %s %s %s %s %s %s %s %s } %s %s %s }",
        or_usual(p->version, "a0{ 020102 }"), or_usual(p->serial, "0201 01"),
        or_usual(p->inner_alg, "30{ " ECDSA_SHA256 " }"), or_usual(p->issuer, "30{ }"),
        or_usual(p->validity, "30{ 17{'200101000000Z'} 17{'491231235959Z'} }"),
        or_usual(p->subject, "30{ }"), or_usual(p->spki, SPKI), or_usual(p->unique_ids, ""), box,
        or_usual(p->after_tbs, ""), or_usual(p->outer_alg, "30{ " ECDSA_SHA256 " }"),
        or_usual(p->signature, "03{ 00 3006020101020101 }"), or_usual(p->after, ""));
    assert_in_range(len, 1, size - 1);
    patina_span der = der_bytes(text);
    free(box);
    free(text);
    return der;
}

struct row {
    struct parts parts;
    patina_err want, want_anchor;
};

static void run_row(void **state)
{
    const struct row *row = *state;
    patina_span der = build(&row->parts);
    struct ptn_cert cert;
    memset(&cert, 0xaa, sizeof cert);
    assert_err(ptn_cert_parse(der, &cert), row->want);
    assert_true(row->want == PATINA_OK || is_all_zero(&cert, sizeof cert));
    memset(&cert, 0xaa, sizeof cert);
    assert_err(ptn_cert_parse_anchor(der, &cert), row->want_anchor);
    assert_true(row->want_anchor == PATINA_OK || is_all_zero(&cert, sizeof cert));
    der_free(der);
}

#define GOOD PATINA_OK
#define BAD PATINA_ERR_CERT_ENCODING
#define ROW2(text, want, anchor, ...)            \
    {                                            \
        text, run_row, NULL, NULL, &(struct row) \
        {                                        \
            {__VA_ARGS__}, want, anchor          \
        }                                        \
    }
#define ROW(text, want, ...) ROW2(text, want, want, __VA_ARGS__)
// One extension below id-ce with this arc.
#define EXT(arc, value) "30{ 06{ 551d" arc " } 04{ " value " } }"
#define CRITICAL(arc, value) "30{ 06{ 551d" arc " } 0101ff 04{ " value " } }"
// TLSFeature of these numbers, RFC 7633.
#define TLS_FEATURE(numbers) "30{ 0608 2b06010505070118 04{ 30{ " numbers " } } }"
// One with any OID, and one below id-pe.
#define ANY(oid, value) "30{ 06{ " oid " } 04{ " value " } }"
#define PE(arc, value) ANY("2b060105050701" arc, value)
#define CN "30{ 0603 550403 0c{ 'x' } }"
#define NAME_ROW(text, want, parts)               \
    ROW(text, want, .issuer = "30{ " parts " }"), \
        ROW(text " (subject)", want, .subject = "30{ " parts " }")
#define EXT_ROW(text, want, arc, value) ROW(text, want, .extensions = EXT(arc, value))

// ---- What comes out

static struct ptn_cert parsed(const struct parts *parts, patina_span *out_der)
{
    struct ptn_cert cert;
    *out_der = build(parts);
    assert_err(ptn_cert_parse(*out_der, &cert), PATINA_OK);
    return cert;
}

static void fields(void **state)
{
    (void)state;
    patina_span der;
    struct parts parts = {.serial = "0203 010203",
                          .issuer = "30{ 31{ 30{ 0603 550403 0c{ 'I' } } } }",
                          .subject = "30{ 31{ 30{ 0603 550403 0c{ 'S' } } } }",
                          .unique_ids = "81{ 00 aa } 82{ 00 bb }"};
    struct ptn_cert cert = parsed(&parts, &der);
    assert_int_equal(cert.version, 3);
    assert_true(ptn_span_equal(cert.der, der));
    assert_bytes(cert.serial, "010203");
    assert_bytes(cert.signature_alg, ECDSA_SHA256);
    assert_bytes(cert.signature, "3006020101020101");
    assert_bytes(cert.issuer, "30{ 31{ 30{ 0603 550403 0c{ 'I' } } } }");
    assert_bytes(cert.subject, "30{ 31{ 30{ 0603 550403 0c{ 'S' } } } }");
    assert_int_equal(cert.not_before_s, 1577836800);
    assert_int_equal(cert.not_after_s, 2524607999);
    assert_bytes(cert.spki.whole, SPKI);
    assert_bytes(cert.spki.algorithm, "06072a8648ce3d0201 06082a8648ce3d030107");
    assert_bytes(cert.spki.public_key, "04 64*11");
    assert_int_equal(ptn_span_at(cert.tbs, 0), 0x30);
    assert_true(cert.tbs.ptr == der.ptr + 3 || cert.tbs.ptr == der.ptr + 4);
    struct ptn_cert_extensions none = {0};
    assert_memory_equal(&cert.ext, &none, sizeof none);
    der_free(der);
}

static void extension_values(void **state)
{
    (void)state;
    patina_span der;
    struct parts parts = {
        .extensions = CRITICAL("13", "30{ 0101ff 020103 }") EXT("0f", "0303 07 8680")
            EXT("25", "30{ 0603 2a0304 }") CRITICAL("11", "30{ 82{ 'a.test' } }")
                EXT("1e", "30{ a0{ 30{ 82{ } } } }") EXT("23", "30{ 80{ 0102 } }")
                    EXT("0e", "04{ 0304 }") EXT("10", "0500")};
    struct ptn_cert cert = parsed(&parts, &der);
    assert_int_equal(cert.ext.present,
                     PTN_CERT_EXT_BASIC_CONSTRAINTS | PTN_CERT_EXT_KEY_USAGE |
                         PTN_CERT_EXT_EXTENDED_KEY_USAGE | PTN_CERT_EXT_SUBJECT_ALT_NAME |
                         PTN_CERT_EXT_NAME_CONSTRAINTS | PTN_CERT_EXT_AUTHORITY_KEY_ID |
                         PTN_CERT_EXT_SUBJECT_KEY_ID);
    assert_int_equal(cert.ext.critical,
                     PTN_CERT_EXT_BASIC_CONSTRAINTS | PTN_CERT_EXT_SUBJECT_ALT_NAME);
    assert_true(cert.ext.is_ca && cert.ext.has_path_len);
    assert_int_equal(cert.ext.path_len, 3);
    assert_int_equal(cert.ext.key_usage, PTN_KEY_USAGE_DIGITAL_SIGNATURE |
                                             PTN_KEY_USAGE_KEY_CERT_SIGN | PTN_KEY_USAGE_CRL_SIGN |
                                             1 << 8);
    assert_bytes(cert.ext.eku, "0603 2a0304");
    assert_bytes(cert.ext.san, "82{ 'a.test' }");
    assert_bytes(cert.ext.name_constraints, "a0{ 30{ 82{ } } }");
    assert_bytes(cert.ext.authority_key_id, "0102");
    assert_bytes(cert.ext.subject_key_id, "0304");
    assert_false(cert.ext.has_authority_issuer || cert.ext.has_authority_serial);
    assert_int_equal(cert.ext.unknown_critical.len, 0);
    der_free(der);
}

static void more_extension_values(void **state)
{
    (void)state;
    patina_span der;
    struct parts parts = {
        .extensions = EXT("12", "30{ 86{ 'http://ca.test/' } }")
            EXT("1f", "30{ 30{ a0{ a0{ 86{ 'http://ca.test/a.crl' } } } } 30{ } }")
                EXT("2e", "30{ 30{ 82{ 01 } } }") CRITICAL("20", "30{ 30{ 06{ 2a03 } } }")
                    CRITICAL("21", "30{ 30{ 06{ 2a03 } 06{ 2a04 } } }")
                        CRITICAL("24", "30{ 80{ 02 } 81{ 00 } }") CRITICAL("36", "020105")
                            PE("01", "30{ 30{ 06{ 2b06010505073002 } 86{ 'http://ca.test/a' } } "
                                     "30{ 06{ 2b06010505073001 } 86{ 'http://ca.test/' } } }")
                                PE("18", "30{ 020111 020105 }")
                                    ANY("2b06010401d679020402", "04{ 0003 000101 }")
                                        ANY("2b0601050507300105", "0500")
                                            EXT("23", "30{ a1{ a4{ 30{ } } } 82{ 01 } }")};
    struct ptn_cert cert = parsed(&parts, &der);
    assert_int_equal(cert.ext.present,
                     PTN_CERT_EXT_ISSUER_ALT_NAME | PTN_CERT_EXT_CRL_POINTS |
                         PTN_CERT_EXT_FRESHEST_CRL | PTN_CERT_EXT_POLICIES |
                         PTN_CERT_EXT_POLICY_MAPPINGS | PTN_CERT_EXT_POLICY_CONSTRAINTS |
                         PTN_CERT_EXT_INHIBIT_ANY_POLICY | PTN_CERT_EXT_AUTHORITY_INFO |
                         PTN_CERT_EXT_TLS_FEATURE | PTN_CERT_EXT_SCTS | PTN_CERT_EXT_OCSP_NO_CHECK |
                         PTN_CERT_EXT_AUTHORITY_KEY_ID);
    assert_int_equal(cert.ext.critical, PTN_CERT_EXT_POLICIES | PTN_CERT_EXT_POLICY_MAPPINGS |
                                            PTN_CERT_EXT_POLICY_CONSTRAINTS |
                                            PTN_CERT_EXT_INHIBIT_ANY_POLICY);
    assert_bytes(cert.ext.issuer_alt_name, "86{ 'http://ca.test/' }");
    assert_bytes(cert.ext.crl_points, "30{ a0{ a0{ 86{ 'http://ca.test/a.crl' } } } } 30{ }");
    assert_bytes(cert.ext.freshest_crl, "30{ 82{ 01 } }");
    assert_bytes(cert.ext.policies, "30{ 06{ 2a03 } }");
    assert_bytes(cert.ext.policy_mappings, "30{ 06{ 2a03 } 06{ 2a04 } }");
    assert_true(cert.ext.has_require_explicit_policy && cert.ext.has_inhibit_policy_mapping);
    assert_int_equal(cert.ext.require_explicit_policy, 2);
    assert_int_equal(cert.ext.inhibit_policy_mapping, 0);
    assert_int_equal(cert.ext.inhibit_any_policy, 5);
    assert_int_equal(cert.ext.authority_info.len, 30 + 29);
    assert_true(cert.ext.has_ocsp_responder);
    assert_bytes(cert.ext.tls_feature, "020111 020105");
    assert_true(cert.ext.must_staple);
    assert_bytes(cert.ext.scts, "0003 000101");
    assert_int_equal(cert.ext.authority_key_id.len, 0);
    assert_true(cert.ext.has_authority_issuer && cert.ext.has_authority_serial);
    assert_int_equal(cert.ext.unknown_critical.len, 0);
    der_free(der);

    parts.extensions = PE("01", "30{ 30{ 06{ 2b06010505073002 } 86{ 'http://ca.test/a' } } }")
        PE("18", "30{ 020111 }") EXT("24", "30{ 81{ 03 } }");
    cert = parsed(&parts, &der);
    assert_false(cert.ext.has_ocsp_responder || cert.ext.must_staple);
    assert_false(cert.ext.has_require_explicit_policy);
    assert_int_equal(cert.ext.inhibit_policy_mapping, 3);
    der_free(der);
}

static void bytes_behind_the_whole(void **state)
{
    (void)state;
    patina_span der = build(&(struct parts){.after = ""});
    uint8_t *longer = calloc(1, der.len + 1);
    struct ptn_cert cert;
    memcpy(longer, der.ptr, der.len);
    assert_err(ptn_cert_parse((patina_span){longer, der.len + 1}, &cert), PATINA_ERR_CERT_ENCODING);
    longer[0] = 0x31; // no SEQUENCE
    assert_err(ptn_cert_parse((patina_span){longer, der.len}, &cert), PATINA_ERR_CERT_ENCODING);
    free(longer);
    der_free(der);
}

static void must_staple(void **state)
{
    (void)state;
    static const struct {
        const char *extension;
        bool want;
    } rows[] = {
        {"", false},
        {TLS_FEATURE(""), false},
        {TLS_FEATURE("020105"), true},
        {TLS_FEATURE("020111"), false}, // status_request_v2 is not ours
        {TLS_FEATURE("020105 020111"), true},
        {TLS_FEATURE("020111 020105"), true},
    };
    for (size_t i = 0; i < PTN_COUNT(rows); i++) {
        patina_span der;
        struct parts parts = {.extensions = rows[i].extension};
        struct ptn_cert cert = parsed(&parts, &der);
        assert_true(cert.ext.must_staple == rows[i].want);
        assert_false(cert.ext.unknown_critical.len != 0);
        der_free(der);
    }
}

static void unknown_critical_is_remembered(void **state)
{
    (void)state;
    // A private one, and neighbours of those that are read: privateKeyUsagePeriod, 2.5.29.78,
    // 1.3.6.1.5.5.7.1.11 (subjectInfoAccess), id-ce itself.
    static const char *const oids[] = {"2a0304", "551d10", "551d4e", "2b0601050507010b", "551d"};
    for (size_t i = 0; i < PTN_COUNT(oids); i++) {
        char text[200];
        patina_span der;
        (void)snprintf(text, sizeof text,
                       "30{ 06{ %s } 0101ff 04{ 3000 } } 30{ 06{ 2a0307 } 0101ff 04{ } }", oids[i]);
        struct ptn_cert cert = parsed(&(struct parts){.extensions = text}, &der);
        assert_bytes(cert.ext.unknown_critical, oids[i]);
        assert_int_equal(cert.ext.present | cert.ext.critical, 0);
        der_free(der);
        (void)snprintf(text, sizeof text, "30{ 06{ %s } 010100 04{ 3000 } }", oids[i]);
        cert = parsed(&(struct parts){.extensions = text}, &der);
        assert_int_equal(cert.ext.unknown_critical.len, 0);
        der_free(der);
    }
}

// ---- Limits

static void extensions_up_to_the_limit(void **state)
{
    (void)state;
    for (size_t count = PTN_MAX_CERT_EXTENSIONS; count <= PTN_MAX_CERT_EXTENSIONS + 1; count++) {
        char text[8192] = "";
        struct ptn_cert cert;
        for (size_t i = 0; i < count; i++) {
            size_t at = strlen(text);
            (void)snprintf(text + at, sizeof text - at, "30{ 06{ 2a03%02zx } 04{ } } ", i);
        }
        patina_span der = build(&(struct parts){.extensions = text});
        assert_err(ptn_cert_parse(der, &cert),
                   count <= PTN_MAX_CERT_EXTENSIONS ? PATINA_OK : PATINA_ERR_CERT_BUDGET);
        der_free(der);
    }
}

static void names_up_to_the_limit(void **state)
{
    (void)state;
    for (size_t count = PTN_MAX_SAN_ENTRIES; count <= PTN_MAX_SAN_ENTRIES + 1; count++) {
        size_t size = count * 16 + 100;
        char *text = malloc(size);
        struct ptn_cert cert;
        size_t at = (size_t)snprintf(text, size, "30{ 0603 551d11 04{ 30{ ");
        for (size_t i = 0; i < count; i++) {
            at += (size_t)snprintf(text + at, size - at, "8201 61 ");
        }
        (void)snprintf(text + at, size - at, "} } }");
        patina_span der = build(&(struct parts){.extensions = text});
        assert_err(ptn_cert_parse(der, &cert),
                   count <= PTN_MAX_SAN_ENTRIES ? PATINA_OK : PATINA_ERR_CERT_BUDGET);
        der_free(der);
        free(text);
    }
}

static void sizes_up_to_the_limit(void **state)
{
    (void)state;
    struct ptn_cert cert;
    char text[100];
    // A distinguished name.
    for (size_t extra = 0; extra <= 1; extra++) {
        // An attribute's headers and type take 17 bytes.
        (void)snprintf(text, sizeof text, "30{ 31{ 30{ 0603 550403 0c{ %zu*78 } } } }",
                       PTN_MAX_NAME_BYTES - 17 + extra);
        patina_span der = build(&(struct parts){.subject = text});
        assert_err(ptn_cert_parse(der, &cert), extra == 0 ? PATINA_OK : PATINA_ERR_CERT_BUDGET);
        der_free(der);
    }
    // The whole.
    patina_span der = build(&(struct parts){.signature = "03{ 00 65000*00 }"});
    assert_in_range(der.len, 65000, PTN_MAX_CERT_BYTES);
    assert_err(ptn_cert_parse(der, &cert), PATINA_OK);
    der_free(der);
    der = build(&(struct parts){.signature = "03{ 00 65500*00 }"});
    assert_err(ptn_cert_parse(der, &cert), PATINA_ERR_CERT_BUDGET);
    der_free(der);
}

// ---- A real certificate, cut and changed at every byte: an error of class 7 or success, and no
// byte outside is read (the sanitizers watch).

static void cut_and_changed(void **state)
{
    (void)state;
    struct test_cert root;
    struct test_cert leaf;
    struct ptn_cert cert;
    test_make_ca("Root", TEST_P256, NULL, &root);
    test_issue(
        &(struct test_cert_options){
            .subject = "C=DE/O=Example/CN=a.test",
            .extensions = {"basicConstraints=CA:TRUE,pathlen:1", "keyUsage=digitalSignature",
                           "extendedKeyUsage=serverAuth", "subjectAltName=DNS:a.test",
                           "nameConstraints=permitted;DNS:a.test", "subjectKeyIdentifier=hash",
                           "authorityKeyIdentifier=keyid"}},
        &root, &leaf);
    assert_err(ptn_cert_parse(leaf.der, &cert), PATINA_OK);
    for (size_t i = 0; i < leaf.der.len; i++) {
        uint8_t *exact = malloc(leaf.der.len);
        memcpy(exact, leaf.der.ptr, leaf.der.len);
        uint8_t *cut = malloc(i + 1);
        memcpy(cut, leaf.der.ptr, i);
        assert_int_equal(patina_err_class(ptn_cert_parse((patina_span){cut, i}, &cert)),
                         PATINA_CLASS_CERTIFICATE);
        free(cut);
        static const uint8_t changes[] = {0x01, 0x02, 0x80, 0xff, 0x7f, 0x10, 0x20};
        for (size_t k = 0; k < PTN_COUNT(changes); k++) {
            exact[i] ^= changes[k];
            patina_err err = ptn_cert_parse((patina_span){exact, leaf.der.len}, &cert);
            assert_true(err == PATINA_OK || patina_err_class(err) == PATINA_CLASS_CERTIFICATE);
            struct patina_cert_info info;
            err = patina_cert_describe((patina_span){exact, leaf.der.len}, &info);
            assert_true(err == PATINA_OK || err == PATINA_ERR_CERT_ENCODING);
            exact[i] ^= changes[k];
        }
        free(exact);
    }
    test_cert_free(&leaf);
    test_cert_free(&root);
}

#define T(f) cmocka_unit_test(f)

static const struct CMUnitTest tests[] = {
    ROW("the usual one", GOOD, .after = ""),
    ROW2("version 1", BAD, GOOD, .version = ""),
    ROW("version 1 written out", BAD, .version = "a0{ 020100 }"),
    ROW("version 2", BAD, .version = "a0{ 020101 }"),
    ROW("version 4", BAD, .version = "a0{ 020103 }"),
    ROW("version with more in its box", BAD, .version = "a0{ 020102 00 }"),
    ROW("version over one octet", BAD, .version = "a0{ 02020102 }"),
    ROW("version empty", BAD, .version = "a0{ }"),
    ROW("version of no number", BAD, .version = "a0{ 040102 }"),
    ROW("version 1 with extensions", BAD, .version = "", .extensions = EXT("0e", "04{ 01 }")),
    ROW("serial of 20 octets, RFC 5280 §4.1.2.2", GOOD, .serial = "02{ 20*7f }"),
    ROW("serial of 20 octets and a zero", GOOD, .serial = "02{ 00 20*ff }"),
    ROW("serial of 21 octets", BAD, .serial = "02{ 21*7f }"),
    ROW("serial of 21 octets and a zero", BAD, .serial = "02{ 00 21*ff }"),
    ROW("serial padded", BAD, .serial = "0202 0001"),
    ROW("serial empty", BAD, .serial = "0200"),
    ROW("inner algorithm another, RFC 5280 §4.1.1.2", BAD,
        .inner_alg = "30{ 06082a8648ce3d040303 }"),
    ROW("outer algorithm with parameters", BAD, .outer_alg = "30{ " ECDSA_SHA256 " 0500 }"),
    ROW("inner algorithm no sequence", BAD, .inner_alg = "31{ " ECDSA_SHA256 " }"),
    ROW("issuer no sequence", BAD, .issuer = "31{ }"),
    ROW("subject missing", BAD, .subject = ""),
    NAME_ROW("name of two parts, RFC 5280 §4.1.2.4", GOOD, "31{ " CN " } 31{ " CN " }"),
    NAME_ROW("name with two attributes in a part", GOOD, "31{ " CN " " CN " }"),
    NAME_ROW("name with a value of any kind", GOOD, "31{ 30{ 0603 550403 30{ 0500 } } }"),
    NAME_ROW("name with an empty part", BAD, "31{ }"),
    NAME_ROW("name with an empty part behind", BAD, "31{ " CN " } 31{ }"),
    NAME_ROW("name whose part is no set", BAD, "30{ " CN " }"),
    NAME_ROW("name with something behind a part", BAD, "31{ " CN " } 00"),
    NAME_ROW("name whose attribute is no sequence", BAD, "31{ 31{ 0603 550403 0c{ 'x' } } }"),
    NAME_ROW("name whose attribute has no type", BAD, "31{ 30{ 0c{ 'x' } } }"),
    NAME_ROW("name whose attribute's type is empty", BAD, "31{ 30{ 0600 0c{ 'x' } } }"),
    NAME_ROW("name whose attribute has no value", BAD, "31{ 30{ 0603 550403 } }"),
    NAME_ROW("name whose attribute has two values", BAD,
             "31{ 30{ 0603 550403 0c{ 'x' } 0c{ 'y' } } }"),
    NAME_ROW("name whose attribute is cut", BAD, "31{ 30{ 0603 550403 0c05 78 } }"),
    NAME_ROW("name with a part of 200 bytes", GOOD, "31{ 30{ 0603 550403 0c{ 200*78 } } }"),
    NAME_ROW("name whose part is longer than its attribute", BAD, "31{ " CN " 0500 }"),
    NAME_ROW("name whose attribute is longer than its part", BAD, "3109 " CN),
    NAME_ROW("name with a value tag of two bytes", BAD, "31{ 30{ 0603 550403 1f02 7878 } }"),
    NAME_ROW("name with something behind an attribute", BAD, "31{ " CN " 00 }"),
    ROW("validity with one time", BAD, .validity = "30{ 17{'200101000000Z'} }"),
    ROW("validity with three times", BAD,
        .validity = "30{ 17{'200101000000Z'} 17{'491231235959Z'} 17{'491231235959Z'} }"),
    ROW("validity malformed", BAD, .validity = "30{ 17{'200101000000'} 17{'491231235959Z'} }"),
    ROW("validity with a malformed end", BAD,
        .validity = "30{ 17{'200101000000Z'} 17{'491231235960Z'} }"),
    ROW("validity missing", BAD, .validity = ""),
    ROW("key missing", BAD, .spki = ""),
    ROW("key with unused bits", BAD, .spki = "30{ 30{ 06032b6570 } 03{ 01 32*10 } }"),
    ROW("key followed by more", BAD, .spki = "30{ 30{ 06032b6570 } 03{ 00 32*10 } 00 }"),
    ROW("key without algorithm", BAD, .spki = "30{ 03{ 00 32*10 } }"),
    ROW("key as octets", BAD, .spki = "30{ 30{ 06032b6570 } 04{ 00 32*10 } }"),
    ROW("unique identifiers", GOOD, .unique_ids = "8102 00aa 8202 00bb"),
    ROW("unique identifiers the wrong way round", BAD, .unique_ids = "8202 00aa 8102 00bb"),
    ROW("unique identifier alone", GOOD, .unique_ids = "8102 00aa"),
    ROW("unique identifier cut", BAD, .unique_ids = "8109 00aa"),
    ROW("unique identifier of no bits", GOOD, .unique_ids = "8201 00"),
    ROW("unique identifier of no octet", BAD, .unique_ids = "8200"),
    ROW("unique identifier of no bits, one unused", BAD, .unique_ids = "8101 01"),
    ROW("unique identifier with eight unused bits", BAD, .unique_ids = "8203 08aa00"),
    ROW("unique identifier with an unused bit set", BAD, .unique_ids = "8102 01ab"),
    ROW("unique identifier with an unused bit", GOOD, .unique_ids = "8102 01aa"),
    ROW2("version 1 with a unique identifier", BAD, BAD, .version = "", .unique_ids = "8102 00aa"),
    ROW("unknown field", BAD, .unique_ids = "8402 00aa"),
    ROW("signature with unused bits", BAD, .signature = "03{ 01 3000 }"),
    ROW("signature missing", BAD, .signature = ""),
    ROW("signature followed by more", BAD, .after = "0500"),
    ROW("more between body and algorithm", BAD, .after_tbs = "0500"),
    ROW("box without extensions, RFC 5280 §4.1", BAD, .box = "a3{ 30{ } }"),
    ROW("box without list", BAD, .box = "a3{ }"),
    ROW("box with more behind the list", BAD, .box = "a3{ 30{ 30{ 06{ 2a03 } 04{ } } } 00 }"),
    ROW("more behind the box", BAD, .box = "a3{ 30{ 30{ 06{ 2a03 } 04{ } } } } 0500"),
    ROW("extension without value", BAD, .extensions = "30{ 06{ 2a03 } }"),
    ROW("extension without OID", BAD, .extensions = "30{ 04{ 00 } }"),
    ROW("extension with an empty OID", BAD, .extensions = "30{ 06{ } 04{ 00 } }"),
    ROW("extension with more", BAD, .extensions = "30{ 06{ 2a03 } 04{ } 00 }"),
    ROW("extension with a bad boolean", BAD, .extensions = "30{ 06{ 2a03 } 010101 04{ } }"),
    ROW("extension no sequence", BAD, .extensions = "31{ 06{ 2a03 } 04{ } }"),
    ROW("known extension twice, RFC 5280 §4.2", PATINA_ERR_CERT_DUPLICATE_EXTENSION,
        .extensions = EXT("0e", "04{ 01 }") EXT("0e", "04{ 01 }")),
    ROW("unknown extension twice", PATINA_ERR_CERT_DUPLICATE_EXTENSION,
        .extensions = "30{ 06{ 2a0305 } 04{ } } 30{ 06{ 2a0304 } 04{ } } "
                      "30{ 06{ 2a0305 } 04{ } }"),
    ROW("arc over 63 twice", PATINA_ERR_CERT_DUPLICATE_EXTENSION,
        .extensions = EXT("50", "00") EXT("50", "00")),
    EXT_ROW("basicConstraints empty", GOOD, "13", "30{ }"),
    EXT_ROW("basicConstraints FALSE written out", GOOD, "13", "30{ 010100 }"),
    EXT_ROW("basicConstraints path length alone", GOOD, "13", "30{ 020100 }"),
    EXT_ROW("basicConstraints bad boolean", BAD, "13", "30{ 010101 }"),
    EXT_ROW("basicConstraints negative length", BAD, "13", "30{ 0101ff 0201ff }"),
    EXT_ROW("basicConstraints length over 2^32", BAD, "13", "30{ 0101ff 02050100000000 }"),
    EXT_ROW("basicConstraints with more", BAD, "13", "30{ 0101ff 020100 0500 }"),
    EXT_ROW("basicConstraints followed by more", BAD, "13", "30{ 0101ff } 00"),
    EXT_ROW("basicConstraints no sequence", BAD, "13", "0101ff"),
    EXT_ROW("keyUsage of no bit", GOOD, "0f", "0301 00"),
    EXT_ROW("keyUsage of 24 bits", BAD, "0f", "0304 00 010101"),
    EXT_ROW("keyUsage as octets", BAD, "0f", "0402 00 80"),
    EXT_ROW("keyUsage followed by more", BAD, "0f", "0302 07 80 00"),
    EXT_ROW("extendedKeyUsage empty, RFC 5280 §4.2.1.12", BAD, "25", "30{ }"),
    EXT_ROW("extendedKeyUsage with an empty OID", BAD, "25", "30{ 0600 }"),
    EXT_ROW("extendedKeyUsage of a number", BAD, "25", "30{ 020101 }"),
    EXT_ROW("extendedKeyUsage followed by more", BAD, "25", "30{ 06{ 2a03 } } 00"),
    EXT_ROW("subjectAltName of every kind", GOOD, "11",
            "30{ a0{ } 81{ } 82{ } a3{ } a4{ } a5{ } 86{ } 87{ } 88{ } }"),
    EXT_ROW("subjectAltName empty, RFC 5280 §4.2.1.6", BAD, "11", "30{ }"),
    EXT_ROW("subjectAltName of kind 9", BAD, "11", "30{ 89{ } }"),
    EXT_ROW("subjectAltName with a dNSName of parts", BAD, "11", "30{ a2{ 16{ 'a.test' } } }"),
    EXT_ROW("subjectAltName with an iPAddress of parts", BAD, "11", "30{ a7{ 04{ 7f000001 } } }"),
    EXT_ROW("subjectAltName with a directoryName without parts", BAD, "11", "30{ 84{ } }"),
    EXT_ROW("subjectAltName with an otherName without parts", BAD, "11", "30{ 80{ } }"),
    EXT_ROW("subjectAltName of a string", BAD, "11", "30{ 16{ 'a.test' } }"),
    EXT_ROW("subjectAltName cut", BAD, "11", "30{ 8205 61 }"),
    EXT_ROW("subjectAltName followed by more", BAD, "11", "30{ 82{ } } 00"),
    EXT_ROW("nameConstraints empty, RFC 5280 §4.2.1.10", BAD, "1e", "30{ }"),
    EXT_ROW("nameConstraints followed by more", BAD, "1e", "30{ a0{ } } 00"),
    EXT_ROW("nameConstraints no sequence", BAD, "1e", "31{ a0{ } }"),
    EXT_ROW("authorityKeyIdentifier without key", GOOD, "23", "30{ }"),
    EXT_ROW("authorityKeyIdentifier no sequence", BAD, "23", "80{ 01 }"),
    EXT_ROW("authorityKeyIdentifier cut", BAD, "23", "30{ 8005 01 }"),
    EXT_ROW("authorityKeyIdentifier followed by more", BAD, "23", "30{ } 00"),
    EXT_ROW("cRLDistributionPoints empty, RFC 5280 §4.2.1.13", BAD, "1f", "30{ }"),
    EXT_ROW("cRLDistributionPoints followed by more", BAD, "1f", "30{ 30{ } } 00"),
    EXT_ROW("cRLDistributionPoints no sequence", BAD, "1f", "31{ 30{ } }"),
    ROW("TLSFeature empty, RFC 7633 §4.1", GOOD, .extensions = TLS_FEATURE("")),
    ROW("TLSFeature over 65535", BAD, .extensions = TLS_FEATURE("0203010000")),
    ROW("TLSFeature of a string", BAD, .extensions = TLS_FEATURE("0c0105")),
    ROW("TLSFeature twice", PATINA_ERR_CERT_DUPLICATE_EXTENSION,
        .extensions = TLS_FEATURE("020105") TLS_FEATURE("020105")),
    EXT_ROW("subjectKeyIdentifier as bits", BAD, "0e", "03{ 00 }"),
    EXT_ROW("subjectKeyIdentifier followed by more", BAD, "0e", "04{ 01 } 00"),
    EXT_ROW("authorityKeyIdentifier with unknown field", BAD, "23", "30{ 80{ 01 } 83{ 01 } }"),
    EXT_ROW("authorityKeyIdentifier out of order", BAD, "23", "30{ 82{ 01 } 80{ 01 } }"),
    EXT_ROW("issuerAltName empty, RFC 5280 §4.2.1.7", BAD, "12", "30{ }"),
    EXT_ROW("issuerAltName of a string", BAD, "12", "30{ 16{ 'a.test' } }"),
    EXT_ROW("CRL distribution point no sequence", BAD, "1f", "30{ a0{ } }"),
    EXT_ROW("freshest CRL empty, RFC 5280 §4.2.1.15", BAD, "2e", "30{ }"),
    EXT_ROW("policies empty, RFC 5280 §4.2.1.4", BAD, "20", "30{ }"),
    EXT_ROW("policy with qualifiers", GOOD, "20", "30{ 30{ 06{ 2a03 } 30{ 30{ } } } }"),
    EXT_ROW("policy with more", BAD, "20", "30{ 30{ 06{ 2a03 } 30{ 30{ } } 00 } }"),
    EXT_ROW("policy no sequence", BAD, "20", "30{ 06{ 2a03 } }"),
    EXT_ROW("policy without OID", BAD, "20", "30{ 30{ 30{ } } }"),
    EXT_ROW("policy mappings empty, RFC 5280 §4.2.1.5", BAD, "21", "30{ }"),
    EXT_ROW("policy mapping of one", BAD, "21", "30{ 30{ 06{ 2a03 } } }"),
    EXT_ROW("policy mapping of three", BAD, "21", "30{ 30{ 06{ 2a03 } 06{ 2a03 } 06{ 2a03 } } }"),
    EXT_ROW("policy mapping no sequence", BAD, "21", "30{ 31{ 06{ 2a03 } 06{ 2a03 } } }"),
    EXT_ROW("policy constraints empty, RFC 5280 §4.2.1.11", BAD, "24", "30{ }"),
    EXT_ROW("policy constraints out of order", BAD, "24", "30{ 81{ 00 } 80{ 00 } }"),
    EXT_ROW("policy constraints negative", BAD, "24", "30{ 80{ ff } }"),
    EXT_ROW("policy constraints not minimal", BAD, "24", "30{ 81{ 0001 } }"),
    EXT_ROW("policy constraints with more", BAD, "24", "30{ 80{ 00 } 82{ 00 } }"),
    EXT_ROW("policy constraints followed by more", BAD, "24", "30{ 80{ 00 } } 00"),
    EXT_ROW("inhibitAnyPolicy negative, RFC 5280 §4.2.1.14", BAD, "36", "0201ff"),
    EXT_ROW("inhibitAnyPolicy followed by more", BAD, "36", "020100 00"),
    ROW("authority information access empty, RFC 5280 §4.2.2.1", BAD,
        .extensions = PE("01", "30{ }")),
    ROW("access description without location", BAD,
        .extensions = PE("01", "30{ 30{ 06{ 2a03 } } }")),
    ROW("access description with more", BAD,
        .extensions = PE("01", "30{ 30{ 06{ 2a03 } 86{ } 86{ } } }")),
    ROW("access location of kind 9", BAD, .extensions = PE("01", "30{ 30{ 06{ 2a03 } 89{ } } }")),
    ROW("access location of a string", BAD, .extensions = PE("01", "30{ 30{ 06{ 2a03 } 16{ } } }")),
    ROW("access description no sequence", BAD,
        .extensions = PE("01", "30{ 31{ 06{ 2a03 } 86{ } } }")),
    ROW("TLS feature not minimal", BAD, .extensions = PE("18", "30{ 02020005 }")),
    ROW("TLS features followed by more", BAD, .extensions = PE("18", "30{ 020105 } 00")),
    ROW("SCTs empty, RFC 6962 §3.3", BAD, .extensions = ANY("2b06010401d679020402", "04{ 0000 }")),
    ROW("SCTs cut", BAD, .extensions = ANY("2b06010401d679020402", "04{ 0002 00 }")),
    ROW("SCTs with more", BAD, .extensions = ANY("2b06010401d679020402", "04{ 0001 00 00 }")),
    ROW("SCTs followed by more", BAD,
        .extensions = ANY("2b06010401d679020402", "04{ 0001 00 } 00")),
    ROW("SCTs as bits", BAD, .extensions = ANY("2b06010401d679020402", "03{ 0001 00 }")),
    T(fields),
    T(extension_values),
    T(more_extension_values),
    T(bytes_behind_the_whole),
    T(unknown_critical_is_remembered),
    T(must_staple),
    T(extensions_up_to_the_limit),
    T(names_up_to_the_limit),
    T(sizes_up_to_the_limit),
    T(cut_and_changed),
};

int main(void)
{
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}

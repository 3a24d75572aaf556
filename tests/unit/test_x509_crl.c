// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Revocation lists taken apart, RFC 5280 §5: a good one with one part replaced at a time, whole and
// in pieces; the set, its index and its limits.
#include "x509_rows.h"

#include "counting.h"
#include "support/mkstatus.h"

#include "patina/revocation.h"
#include "x509/cert.h"
#include "x509/crls.h"

static struct test_cert ca;

static int set_up(void **state)
{
    (void)state;
    test_make_ca("CA", TEST_P256, NULL, &ca);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    test_cert_free(&ca);
    return 0;
}

static patina_err load(patina_span der, struct patina_crls **out, struct patina_report *report)
{
    struct patina_crls_options o = PATINA_CRLS_OPTIONS_INIT;
    o.der = &der;
    o.der_count = 1;
    return patina_crls_new(&o, out, report);
}

// In pieces of this size; *out_used says how many bytes had come when the error was found.
static patina_err load_pieces(patina_span der, size_t piece, struct patina_crls **out,
                              size_t *out_used)
{
    struct patina_crls_options o = PATINA_CRLS_OPTIONS_INIT;
    struct patina_crl_loader *loader = NULL;
    patina_err err = PATINA_OK;
    *out_used = 0;
    assert_err(patina_crl_loader_new(&o, &loader, NULL), PATINA_OK);
    while (err == PATINA_OK && *out_used < der.len) {
        patina_span next = ptn_span_part(der, *out_used, piece);
        err = patina_crl_loader_feed(loader, next, NULL);
        *out_used += next.len;
        assert_true(err == PATINA_OK ||
                    patina_crl_loader_feed(loader, (patina_span){0}, NULL) == err);
    }
    patina_err last = patina_crl_loader_finish(loader, out, NULL);
    patina_crl_loader_free(loader);
    return err != PATINA_OK ? err : last;
}

// ---- One part at a time

struct row {
    struct test_crl_options parts;
    patina_err want;
};

static void run_row(void **state)
{
    const struct row *row = *state;
    struct test_crl_options parts = row->parts;
    parts.issuer = &ca;
    patina_span der = test_make_crl(&parts);
    struct patina_crls *crls = NULL;
    struct patina_report report = {0};
    size_t used = 0;
    patina_err err = load(der, &crls, &report);
    assert_err(err, row->want);
    assert_true((crls == NULL) == (err != PATINA_OK));
    if (err != PATINA_OK) {
        assert_err(report.err, err);
        assert_int_equal(report.rfc, err == PATINA_ERR_CRL_TOO_LARGE ? 0 : 5280);
        assert_int_equal(report.certificate, 0);
        assert_non_null(strstr(report.text, "list 1, at byte "));
    }
    patina_crls_unref(crls);
    static const size_t pieces[] = {1, 7, 64, 1000};
    for (size_t i = 0; i < PTN_COUNT(pieces); i++) {
        assert_err(load_pieces(der, pieces[i], &crls, &used), row->want);
        patina_crls_unref(crls);
    }
    status_free(der);
}

#define GOOD PATINA_OK
#define BAD PATINA_ERR_CRL_ENCODING
#define ROW(text, want, ...)                     \
    {                                            \
        text, run_row, NULL, NULL, &(struct row) \
        {                                        \
            {__VA_ARGS__}, want                  \
        }                                        \
    }
#define EXT(arc, value) "30{ 06{ 551d" arc " } 04{ " value " } }"
#define CRITICAL(arc, value) "30{ 06{ 551d" arc " } 0101ff 04{ " value " } }"
#define EXT_ROW(text, want, arc, value) ROW(text, want, .extensions = EXT(arc, value))
#define SCOPE_ROW(text, want, fields) ROW(text, want, .extensions = TEST_CRL_SCOPE(fields))
#define DATE "17{ '261101000000Z' }"
#define ENTRY(serial, more) "30{ 02{ " serial " } " DATE " " more " }"
#define ENTRY_EXT_ROW(text, want, arc, value) \
    ROW(text, want, .entries = ENTRY("05", "30{ " EXT(arc, value) " }"))

// ---- What comes out

static void fields(void **state)
{
    (void)state;
    patina_span der = test_make_crl(&(struct test_crl_options){
        .issuer = &ca,
        .entries = ENTRY("05", "") ENTRY("00ff", "30{ " TEST_REASON("01") " }"),
        .extensions = TEST_CRL_NUMBER("0102")
            TEST_CRL_SCOPE("a0{ a0{ 86{ 'http://a.test/1' } } } 8101ff 8302 0640")});
    struct patina_crls *crls = NULL;
    assert_err(load(der, &crls, NULL), PATINA_OK);
    assert_int_equal(patina_crls_count(crls), 1);
    const struct ptn_crl *crl = &crls->lists[0]->crl;
    assert_int_equal(crl->version, 2);
    assert_int_equal(crl->this_update_s, 1793491200);
    assert_int_equal(crl->next_update_s, 1796083200);
    assert_bytes(crl->signature_alg, "06082a8648ce3d040302");
    assert_int_equal(ptn_span_at(crl->tbs, 0), 0x30);
    assert_int_equal(ptn_span_at(crl->signature, 0), 0x30);
    assert_int_equal(ptn_span_at(crl->issuer, 0), 0x30);
    assert_bytes(crl->number, "0102");
    assert_bytes(crl->scope.point, "a0{ 86{ 'http://a.test/1' } }");
    assert_true(crl->scope.only_user && !crl->scope.only_ca && !crl->scope.only_attribute);
    assert_int_equal(crl->scope.reasons, 1 << 1);
    assert_int_equal(crl->entries_count, 2);
    struct ptn_crl_entry entry;
    patina_span five = PTN_SPAN_LITERAL("\x05");
    patina_span ff = PTN_SPAN_LITERAL("\x00\xff");
    assert_true(ptn_crl_index_find(&crls->lists[0]->index, crl->entries, ff, &entry));
    assert_int_equal(entry.reason, 1);
    assert_int_equal(entry.revoked_s, 1793491200);
    assert_true(ptn_crl_index_find(&crls->lists[0]->index, crl->entries, five, &entry));
    assert_int_equal(entry.reason, 0);
    assert_false(
        ptn_crl_index_find(&crls->lists[0]->index, crl->entries, PTN_SPAN_LITERAL("\xff"), &entry));
    struct patina_crl_info info;
    assert_err(patina_crls_describe(crls, 0, &info), PATINA_OK);
    assert_string_equal(info.issuer, "CN=CA, O=Patina Test");
    assert_string_equal(info.number, "0102");
    assert_true(info.entries == 2 && info.bytes == der.len);
    assert_err(patina_crls_describe(crls, 1, &info), PATINA_ERR_MISUSE);
    patina_crls_unref(patina_crls_ref(crls));
    patina_crls_unref(crls);
    status_free(der);
}

// ---- The loader

// Every prefix is refused as not whole, none as malformed before its end.
static void cut_anywhere(void **state)
{
    (void)state;
    patina_span der = test_make_crl(
        &(struct test_crl_options){.issuer = &ca, .entries = ENTRY("05", "") ENTRY("06", "")});
    for (size_t len = 0; len < der.len; len++) {
        struct patina_crls *crls = NULL;
        struct patina_crls_options o = PATINA_CRLS_OPTIONS_INIT;
        struct patina_crl_loader *loader = NULL;
        assert_err(patina_crl_loader_new(&o, &loader, NULL), PATINA_OK);
        assert_err(patina_crl_loader_feed(loader, ptn_span_first(der, len), NULL), PATINA_OK);
        assert_err(patina_crl_loader_finish(loader, &crls, NULL),
                   len == 0 ? PATINA_ERR_NO_CRLS : PATINA_ERR_CRL_ENCODING);
        assert_null(crls);
        assert_err(patina_crl_loader_finish(loader, &crls, NULL),
                   len == 0 ? PATINA_ERR_NO_CRLS : PATINA_ERR_CRL_ENCODING);
        patina_crl_loader_free(loader);
        assert_err(load(ptn_span_first(der, len), &crls, NULL), PATINA_ERR_CRL_ENCODING);
    }
    status_free(der);
}

// An error is found with the byte that shows it, whatever has been announced.
static void errors_as_bytes_come(void **state)
{
    (void)state;
    static const struct {
        const char *start;
        patina_err want;
    } rows[] = {
        {"31", PATINA_OK},   // a tag alone is no header yet
        {"3184", PATINA_OK}, //
        {"318407000000", PATINA_ERR_CRL_ENCODING},
        {"308408000001", PATINA_ERR_CRL_TOO_LARGE}, // 128 MiB and seven bytes
        {"308407fffffb", PATINA_ERR_CRL_TOO_LARGE},
        {"308407fffffa", PATINA_OK}, // with its header, just the limit
        {"3085", PATINA_ERR_CRL_ENCODING},
        {"3080", PATINA_ERR_CRL_ENCODING},
        {"308100", PATINA_ERR_CRL_ENCODING},
        {"308407000000 0201", PATINA_ERR_CRL_ENCODING},
        {"308407000000 308406ffff00 040100", PATINA_ERR_CRL_ENCODING},
        {"308407000000 308407000000", PATINA_ERR_CRL_ENCODING}, // longer than its box
        {"308407000000 308406ffff00 020100", PATINA_ERR_CRL_ENCODING},
        {"308407000000 308406ffff00 0201", PATINA_OK},
        {"308407000000 308406ffff00 020101 3083010000", PATINA_ERR_CRL_TOO_LARGE},
    };
    for (size_t i = 0; i < PTN_COUNT(rows); i++) {
        patina_span der = der_bytes(rows[i].start);
        struct patina_crls *crls = NULL;
        size_t used = 0;
        patina_err err = load_pieces(der, 1, &crls, &used);
        assert_err(err, rows[i].want == PATINA_OK ? PATINA_ERR_CRL_ENCODING : rows[i].want);
        assert_int_equal(used, der.len);
        if (rows[i].want != PATINA_OK) { // and not a byte before
            struct patina_crls_options o = PATINA_CRLS_OPTIONS_INIT;
            struct patina_crl_loader *loader = NULL;
            assert_err(patina_crl_loader_new(&o, &loader, NULL), PATINA_OK);
            assert_err(patina_crl_loader_feed(loader, ptn_span_first(der, der.len - 1), NULL),
                       PATINA_OK);
            assert_err(patina_crl_loader_feed(loader, ptn_span_skip(der, der.len - 1), NULL),
                       rows[i].want);
            patina_crl_loader_free(loader);
        }
        der_free(der);
    }
}

static void several_in_a_row(void **state)
{
    (void)state;
    patina_span a = test_make_crl(&(struct test_crl_options){.issuer = &ca});
    patina_span b = test_make_crl(&(struct test_crl_options){
        .issuer = &ca, .entries = ENTRY("05", ""), .extensions = TEST_CRL_NUMBER("02")});
    uint8_t *both = malloc(a.len + b.len);
    memcpy(both, a.ptr, a.len);
    memcpy(both + a.len, b.ptr, b.len);
    for (size_t piece = 1; piece < a.len + b.len + 2; piece++) {
        struct patina_crls *crls = NULL;
        size_t used = 0;
        assert_err(load_pieces((patina_span){both, a.len + b.len}, piece, &crls, &used), PATINA_OK);
        assert_int_equal(patina_crls_count(crls), 2);
        assert_bytes(crls->lists[0]->crl.number, "02"); // the newest first
        assert_bytes(crls->lists[1]->crl.number, "01");
        patina_crls_unref(crls);
    }
    free(both);
    status_free(a);
    status_free(b);
}

// Memory stays within twice the bytes that came, however many are announced.
static void memory_grows_with_bytes(void **state)
{
    (void)state;
    struct counting c;
    struct patina_crls_options o = PATINA_CRLS_OPTIONS_INIT;
    struct patina_crl_loader *loader = NULL;
    patina_span start = der_bytes("308407000000 308406ffff00 020101 30{ 06082a8648ce3d040302 } "
                                  "30{ } " DATE " " DATE " 308406fff000");
    patina_span entry = der_bytes(ENTRY("0102030405", ""));
    size_t fed = start.len;
    counting_init(&c);
    o.alloc = &c.alloc;
    assert_err(patina_crl_loader_new(&o, &loader, NULL), PATINA_OK);
    size_t own = c.live_bytes;
    assert_err(patina_crl_loader_feed(loader, start, NULL), PATINA_OK);
    for (size_t i = 0; i < 10000; i++) {
        assert_err(patina_crl_loader_feed(loader, entry, NULL), PATINA_OK);
        fed += entry.len;
        assert_true(c.live_bytes <= own + 2 * fed + 256);
    }
    assert_true(c.peak_bytes <= own + 3 * fed); // old and new block while it grows
    patina_crl_loader_free(loader);
    assert_int_equal(c.live_bytes, 0);
    der_free(start);
    der_free(entry);
}

static void pem_blocks(void **state)
{
    (void)state;
    patina_span der = test_make_crl(&(struct test_crl_options){.issuer = &ca});
    char base64[4096];
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    size_t at = 0;
    for (size_t i = 0; i < der.len; i += 3) {
        uint32_t v = (uint32_t)der.ptr[i] << 16;
        v |= i + 1 < der.len ? (uint32_t)der.ptr[i + 1] << 8 : 0;
        v |= i + 2 < der.len ? (uint32_t)der.ptr[i + 2] : 0;
        base64[at++] = digits[v >> 18];
        base64[at++] = digits[(v >> 12) & 63];
        base64[at++] = i + 1 < der.len ? digits[(v >> 6) & 63] : '=';
        base64[at++] = i + 2 < der.len ? digits[v & 63] : '=';
    }
    base64[at] = '\0';
    char text[16384];
    (void)snprintf(text, sizeof text,
                   "a list\n-----BEGIN X509 CRL-----\n%s\n-----END X509 CRL-----\n%s"
                   "-----BEGIN X509 CRL-----\n%s\n-----END X509 CRL-----\n",
                   base64, ca.pem, base64);
    struct patina_crls_options o = PATINA_CRLS_OPTIONS_INIT;
    struct patina_crls *crls = NULL;
    o.pem = ptn_span_of_string(text);
    assert_err(patina_crls_new(&o, &crls, NULL), PATINA_OK);
    assert_int_equal(patina_crls_count(crls), 2);
    patina_crls_unref(crls);
    o.pem = ptn_span_of_string(ca.pem);
    assert_err(patina_crls_new(&o, &crls, NULL), PATINA_ERR_NO_CRLS);
    o.pem = PTN_SPAN_LITERAL("-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n");
    assert_err(patina_crls_new(&o, &crls, NULL), PATINA_ERR_CRL_ENCODING);
    o.pem = PTN_SPAN_LITERAL("-----BEGIN X509 CRL-----\nA!\n-----END X509 CRL-----\n");
    assert_err(patina_crls_new(&o, &crls, NULL), PATINA_ERR_BAD_PEM);
    struct patina_report report = {0};
    o.pem = PTN_SPAN_LITERAL("# two\n-----BEGIN X509 CRL-----\nA!\n-----END X509 CRL-----\n");
    assert_err(patina_crls_new(&o, &crls, &report), PATINA_ERR_BAD_PEM);
    assert_string_equal(report.text, "revocation lists, line 2: malformed PEM text");
    status_free(der);
}

// ---- Limits

static void options(void **state)
{
    (void)state;
    struct patina_crls_options o = PATINA_CRLS_OPTIONS_INIT;
    struct patina_crls *crls = NULL;
    struct patina_crl_loader *loader = NULL;
    assert_err(patina_crls_new(&o, &crls, NULL), PATINA_ERR_NO_CRLS);
    assert_err(patina_crls_new(&o, NULL, NULL), PATINA_ERR_MISUSE);
    assert_err(patina_crls_new(NULL, &crls, NULL), PATINA_ERR_MISUSE);
    assert_err(patina_crl_loader_new(&o, NULL, NULL), PATINA_ERR_MISUSE);
    assert_err(patina_crl_loader_feed(NULL, (patina_span){0}, NULL), PATINA_ERR_MISUSE);
    assert_err(patina_crl_loader_finish(NULL, &crls, NULL), PATINA_ERR_MISUSE);
    patina_crl_loader_free(NULL);
    patina_crls_unref(NULL);
    assert_null(patina_crls_ref(NULL));
    assert_int_equal(patina_crls_count(NULL), 0);
    struct patina_crl_info info;
    assert_err(patina_crls_describe(NULL, 0, &info), PATINA_ERR_MISUSE);
    assert_err(patina_crls_describe(NULL, 0, NULL), PATINA_ERR_MISUSE);
    o.max_bytes = 128u * 1024 * 1024 + 1;
    assert_err(patina_crls_new(&o, &crls, NULL), PATINA_ERR_BAD_OPTION);
    o.max_bytes = 0;
    o.max_entries = 4u * 1024 * 1024 + 1;
    assert_err(patina_crls_new(&o, &crls, NULL), PATINA_ERR_BAD_OPTION);
    o.max_entries = 0;
    o.der_count = 1;
    assert_err(patina_crls_new(&o, &crls, NULL), PATINA_ERR_BAD_OPTION);
    o.der_count = 0;
    o.reserved = 1;
    assert_err(patina_crls_new(&o, &crls, NULL), PATINA_ERR_BAD_OPTION);
    o.reserved = 0;
    o.struct_size--;
    assert_err(patina_crls_new(&o, &crls, NULL), PATINA_ERR_NEWER_OPTIONS);
    o.struct_size++;
    assert_err(patina_crl_loader_new(&o, &loader, NULL), PATINA_OK);
    assert_err(patina_crl_loader_finish(loader, NULL, NULL), PATINA_ERR_MISUSE);
    patina_crl_loader_free(loader);
}

// What a set may have counts over all of its lists.
static void limits_of_a_set(void **state)
{
    (void)state;
    patina_span der = test_make_crl(
        &(struct test_crl_options){.issuer = &ca, .entries = ENTRY("05", "") ENTRY("06", "")});
    patina_span three[3] = {der, der, der};
    struct patina_crls_options o = PATINA_CRLS_OPTIONS_INIT;
    struct patina_crls *crls = NULL;
    o.der = three;
    o.der_count = 3;
    o.max_entries = 6;
    o.max_bytes = 3 * der.len;
    assert_err(patina_crls_new(&o, &crls, NULL), PATINA_OK);
    patina_crls_unref(crls);
    o.max_entries = 5;
    assert_err(patina_crls_new(&o, &crls, NULL), PATINA_ERR_CRL_TOO_LARGE);
    o.max_entries = 6;
    o.max_bytes = 3 * der.len - 1;
    assert_err(patina_crls_new(&o, &crls, NULL), PATINA_ERR_CRL_TOO_LARGE);
    status_free(der);
}

static void lists_up_to_the_limit(void **state)
{
    (void)state;
    patina_span der = test_make_crl(&(struct test_crl_options){.issuer = &ca});
    struct patina_crls_options o = PATINA_CRLS_OPTIONS_INIT;
    struct patina_crl_loader *loader = NULL;
    struct patina_crls *crls = NULL;
    assert_err(patina_crl_loader_new(&o, &loader, NULL), PATINA_OK);
    for (size_t i = 0; i < PTN_MAX_CRLS; i++) {
        assert_err(patina_crl_loader_feed(loader, der, NULL), PATINA_OK);
    }
    assert_err(patina_crl_loader_feed(loader, ptn_span_first(der, der.len - 1), NULL), PATINA_OK);
    assert_err(patina_crl_loader_feed(loader, ptn_span_skip(der, der.len - 1), NULL),
               PATINA_ERR_CRL_TOO_LARGE);
    assert_err(patina_crl_loader_finish(loader, &crls, NULL), PATINA_ERR_CRL_TOO_LARGE);
    patina_crl_loader_free(loader);
    status_free(der);
}

static size_t header_len(size_t len)
{
    return len < 0x10000 ? 4 : len < 0x1000000 ? 5 : 6;
}

static void write_header(struct ptn_writer *w, size_t len)
{
    assert_true(len >= 0x100);
    ptn_write_u16(w, (uint16_t)(0x3080 + header_len(len) - 2));
    if (len < 0x10000) {
        ptn_write_u16(w, (uint16_t)len);
    } else if (len < 0x1000000) {
        ptn_write_u24(w, (uint32_t)len);
    } else {
        ptn_write_u32(w, (uint32_t)len);
    }
}

// Writes a list of `count` entries, serial numbers `first`, `first` + `step`, ...; three octets
// each and so 22 bytes an entry.
static patina_span many_entries(uint32_t count, uint32_t first, uint32_t step)
{
    patina_span head = der_bytes("020101 30{ 06082a8648ce3d040302 } 30{ 31{ 30{ 0603550403 "
                                 "0c{ 'many' } } } } " DATE " " DATE);
    patina_span tail = der_bytes("30{ 06082a8648ce3d040302 } 03{ 00 11 }");
    patina_span entry = der_bytes(ENTRY("010000", ""));
    size_t entries_len = count * entry.len;
    size_t tbs_len = head.len + header_len(entries_len) + entries_len;
    size_t list_len = header_len(tbs_len) + tbs_len + tail.len;
    size_t len = header_len(list_len) + list_len;
    uint8_t *der = malloc(len);
    assert_non_null(der);
    struct ptn_writer w = ptn_writer_of((patina_mspan){der, len});
    write_header(&w, list_len);
    write_header(&w, tbs_len);
    ptn_write_span(&w, head);
    write_header(&w, entries_len);
    for (uint32_t i = 0; i < count; i++) {
        uint8_t one[32];
        memcpy(one, entry.ptr, entry.len);
        uint32_t serial = first + i * step;
        one[4] = (uint8_t)(serial >> 16);
        one[5] = (uint8_t)((serial >> 8) & 0xff);
        one[6] = (uint8_t)(serial & 0xff);
        ptn_write_span(&w, (patina_span){one, entry.len});
    }
    ptn_write_span(&w, tail);
    patina_span whole;
    assert_true(ptn_writer_finish(&w, &whole) && whole.len == len);
    der_free(head);
    der_free(tail);
    der_free(entry);
    return (patina_span){der, len};
}

// 4,194,304 entries pass, and each is found in a bounded number of looks; one more does not.
static void entries_up_to_the_limit(void **state)
{
    (void)state;
    struct counting c;
    counting_init(&c);
    struct patina_crls_options o = PATINA_CRLS_OPTIONS_INIT;
    struct patina_crls *crls = NULL;
    patina_span der = many_entries(PTN_MAX_CRL_ENTRIES, 0x010000, 1);
    o.der = &der;
    o.der_count = 1;
    o.alloc = &c.alloc;
    assert_err(patina_crls_new(&o, &crls, NULL), PATINA_OK);
    assert_true(c.live_bytes <= der.len + 12 * (size_t)PTN_MAX_CRL_ENTRIES + 4096);
    const struct ptn_listed_crl *list = crls->lists[0];
    for (uint32_t serial = 0x010000; serial < 0x410000; serial += 4099) {
        uint8_t octets[3] = {(uint8_t)(serial >> 16), (uint8_t)((serial >> 8) & 0xff),
                             (uint8_t)(serial & 0xff)};
        struct ptn_crl_entry entry;
        assert_true(
            ptn_crl_index_find(&list->index, list->crl.entries, PTN_SPAN_OF(octets), &entry));
        octets[0] |= 0x80;
        assert_false(
            ptn_crl_index_find(&list->index, list->crl.entries, PTN_SPAN_OF(octets), &entry));
    }
    patina_crls_unref(crls);
    assert_int_equal(c.live_bytes, 0);
    free((void *)(uintptr_t)der.ptr);
    der = many_entries(PTN_MAX_CRL_ENTRIES + 1, 0x010000, 1);
    assert_err(patina_crls_new(&o, &crls, NULL), PATINA_ERR_CRL_TOO_LARGE);
    free((void *)(uintptr_t)der.ptr);
}

// The same number again and again: as many as a bucket holds, then no more.
static void numbers_of_one_bucket(void **state)
{
    (void)state;
    patina_span der = many_entries(PTN_MAX_CRL_BUCKET, 0x123456, 0);
    struct patina_crls *crls = NULL;
    struct ptn_crl_entry entry;
    assert_err(load(der, &crls, NULL), PATINA_OK);
    assert_true(ptn_crl_index_find(&crls->lists[0]->index, crls->lists[0]->crl.entries,
                                   PTN_SPAN_LITERAL("\x12\x34\x56"), &entry));
    patina_crls_unref(crls);
    free((void *)(uintptr_t)der.ptr);
    der = many_entries(PTN_MAX_CRL_BUCKET + 1, 0x123456, 0);
    assert_err(load(der, &crls, NULL), PATINA_ERR_CRL_TOO_LARGE);
    free((void *)(uintptr_t)der.ptr);
}

static void no_memory(void **state)
{
    (void)state;
    patina_span one[9];
    struct patina_crls_options o = PATINA_CRLS_OPTIONS_INIT;
    struct counting c;
    for (size_t i = 0; i < 9; i++) {
        one[i] =
            test_make_crl(&(struct test_crl_options){.issuer = &ca, .entries = ENTRY("05", "")});
    }
    counting_init(&c);
    o.alloc = &c.alloc;
    o.der = one;
    o.der_count = 9;
    for (size_t n = 1;; n++) {
        struct patina_crls *crls = NULL;
        counting_init(&c);
        c.fail_at = n;
        patina_err err = patina_crls_new(&o, &crls, NULL);
        patina_crls_unref(crls);
        assert_int_equal(c.live_bytes, 0);
        assert_int_equal(c.unwiped, 0);
        if (err == PATINA_OK) {
            assert_true(n > 20);
            break;
        }
        assert_err(err, PATINA_ERR_NO_MEMORY);
    }
    for (size_t i = 0; i < 9; i++) {
        status_free(one[i]);
    }
}

// ---- The order of a set

static void newest_number_first(void **state)
{
    (void)state;
    static const char *const numbers[] = {"01", "7f", "0080", "00ff", "0100", "7fff", "008000"};
    patina_span der[PTN_COUNT(numbers) + 2];
    struct patina_crls_options o = PATINA_CRLS_OPTIONS_INIT;
    struct patina_crls *crls = NULL;
    for (size_t i = 0; i < PTN_COUNT(numbers); i++) {
        char text[100];
        (void)snprintf(text, sizeof text, TEST_CRL_NUMBER("%s"), numbers[i]);
        der[i] = test_make_crl(&(struct test_crl_options){.issuer = &ca, .extensions = text});
    }
    // Without a number: the later one first, both behind all others.
    der[7] = test_make_crl(&(struct test_crl_options){.issuer = &ca, .extensions = ""});
    der[8] = test_make_crl(&(struct test_crl_options){
        .issuer = &ca, .extensions = "", .this_update = "17{ '261102000000Z' }"});
    o.der = der;
    o.der_count = PTN_COUNT(der);
    assert_err(patina_crls_new(&o, &crls, NULL), PATINA_OK);
    for (size_t i = 0; i < PTN_COUNT(numbers); i++) {
        assert_bytes(crls->lists[PTN_COUNT(numbers) - 1 - i]->crl.number, numbers[i]);
    }
    assert_int_equal(crls->lists[7]->crl.this_update_s, 1793577600);
    assert_int_equal(crls->lists[8]->crl.this_update_s, 1793491200);
    patina_crls_unref(crls);
    for (size_t i = 0; i < PTN_COUNT(der); i++) {
        status_free(der[i]);
    }
}

static void changed_bytes(void **state)
{
    (void)state;
    patina_span der = test_make_crl(&(struct test_crl_options){
        .issuer = &ca,
        .entries = ENTRY("05", "30{ " TEST_REASON("01") " }") ENTRY("06", ""),
        .extensions = TEST_CRL_NUMBER("01") TEST_CRL_SCOPE("a0{ a0{ 86{ 'u' } } } 8302 0640")});
    static const uint8_t changes[] = {0x01, 0x02, 0x80, 0xff, 0x7f, 0x10};
    for (size_t i = 0; i < der.len; i++) {
        for (size_t k = 0; k < PTN_COUNT(changes); k++) {
            uint8_t *changed = malloc(der.len);
            struct patina_crls *crls = NULL;
            memcpy(changed, der.ptr, der.len);
            changed[i] ^= changes[k];
            patina_err err = load((patina_span){changed, der.len}, &crls, NULL);
            assert_true(err == PATINA_OK ||
                        (err >= PATINA_ERR_CRL_ENCODING && err <= PATINA_ERR_CRL_TOO_LARGE));
            patina_crls_unref(crls);
            free(changed);
        }
    }
    status_free(der);
}

// SET where SEQUENCE is due: the list, what is signed of it, its issuer's name.
static void boxes_of_another_kind(void **state)
{
    (void)state;
    struct ptn_cert issuer;
    patina_span der = test_make_crl(&(struct test_crl_options){
        .issuer = &ca, .entries = ENTRY("100*11", "") ENTRY("101*11", "")});
    assert_err(ptn_cert_parse_anchor(ca.der, &issuer), PATINA_OK);
    assert_true(der.len > 0x100 && ptn_span_at(der, 1) == 0x82);
    size_t name = 8;
    while (!ptn_span_equal(ptn_span_part(der, name, issuer.subject.len), issuer.subject)) {
        name++;
    }
    const size_t places[] = {0, 4, name};
    for (size_t i = 0; i < PTN_COUNT(places); i++) {
        struct patina_crls *crls = NULL;
        uint8_t *changed = malloc(der.len);
        memcpy(changed, der.ptr, der.len);
        assert_int_equal(changed[places[i]], 0x30);
        changed[places[i]] = 0x31;
        assert_err(load((patina_span){changed, der.len}, &crls, NULL), PATINA_ERR_CRL_ENCODING);
        assert_null(crls);
        free(changed);
    }
    status_free(der);
}

#define T(name) {#name, name, NULL, NULL, NULL}
static const struct CMUnitTest tests[] = {
    ROW("the usual list", GOOD, .entries = NULL),
    ROW("version 1 without extensions", GOOD, .version = "", .extensions = ""),
    ROW("version 1 with extensions, RFC 5280 §5.1.2.1", BAD, .version = ""),
    ROW("version 1 with extensions of an entry", BAD, .version = "", .extensions = "",
        .entries = ENTRY("05", "30{ " TEST_REASON("01") " }")),
    ROW("version 1 written out", BAD, .version = "020100"),
    ROW("version 3", BAD, .version = "020102"),
    ROW("version of two octets", BAD, .version = "02020001"),
    ROW("two algorithms, RFC 5280 §5.1.1.2", BAD, .outer_alg = "30{ 06082a8648ce3d040303 }"),
    ROW("no algorithm", BAD, .inner_alg = ""),
    ROW("algorithm of another kind", BAD, .inner_alg = "04{ 01 }", .outer_alg = "04{ 01 }"),
    ROW("no thisUpdate", BAD, .this_update = "", .next_update = ""),
    ROW("thisUpdate no time", BAD, .this_update = "17{ '261301000000Z' }"),
    ROW("thisUpdate as GeneralizedTime", GOOD, .this_update = "18{ '20261101000000Z' }"),
    ROW("no nextUpdate", GOOD, .next_update = ""),
    ROW("no nextUpdate and nothing behind", GOOD, .next_update = "", .extensions = ""),
    ROW("nextUpdate no time", BAD, .next_update = "17{ '26' }"),
    ROW("three times", BAD, .next_update = DATE " " DATE),
    ROW("revokedCertificates of none", GOOD, .entries = ""),
    ROW("revokedCertificates of another kind", BAD, .revoked = "31{ }"),
    ROW("entries", GOOD, .entries = ENTRY("05", "") ENTRY("06", "")),
    ROW("entry of another kind", BAD, .entries = "31{ 020105 " DATE " }"),
    ROW("entry without serial number", BAD, .entries = "30{ " DATE " }"),
    ROW("entry without date", BAD, .entries = "30{ 020105 }"),
    ROW("entry with a long serial number", GOOD, .entries = ENTRY("40*11", "")),
    ROW("entry with a padded serial number", BAD, .entries = ENTRY("0005", "")),
    ROW("entry with a negative serial number", GOOD, .entries = ENTRY("ff", "")),
    ROW("entry with more", BAD, .entries = ENTRY("05", "0500")),
    ROW("entry with empty extensions", BAD, .entries = ENTRY("05", "30{ }")),
    ROW("entry behind the box of entries", BAD, .revoked = "30{ " ENTRY("05", "") " } " DATE),
    ROW("entry that leaves its box", BAD, .revoked = "3005 " ENTRY("05", "")),
    ROW("entry as large as may be", GOOD, .entries = ENTRY("4073*11", "")),
    ROW("entry too large", PATINA_ERR_CRL_TOO_LARGE, .entries = ENTRY("4074*11", "")),
    ENTRY_EXT_ROW("reason", GOOD, "15", "0a0101"),
    ENTRY_EXT_ROW("reason 10", GOOD, "15", "0a010a"),
    ENTRY_EXT_ROW("reason 11", BAD, "15", "0a010b"),
    ENTRY_EXT_ROW("reason 7, which is none", BAD, "15", "0a0107"),
    ENTRY_EXT_ROW("removeFromCRL, as in delta lists alone, RFC 5280 §5.3.1", PATINA_ERR_CRL_DELTA,
                  "15", "0a0108"),
    ENTRY_EXT_ROW("reason as INTEGER", BAD, "15", "020101"),
    ENTRY_EXT_ROW("reason of two octets", BAD, "15", "0a020001"),
    ENTRY_EXT_ROW("reason followed by more", BAD, "15", "0a010100"),
    ENTRY_EXT_ROW("invalidityDate", GOOD, "18", "18{ '20261101000000Z' }"),
    ENTRY_EXT_ROW("invalidityDate as UTCTime, RFC 5280 §5.3.2", BAD, "18", DATE),
    ENTRY_EXT_ROW("invalidityDate no time", BAD, "18", "18{ '2026' }"),
    ENTRY_EXT_ROW("invalidityDate followed by more", BAD, "18", "18{ '20261101000000Z' } 00"),
    ENTRY_EXT_ROW("certificateIssuer, RFC 5280 §5.3.3", PATINA_ERR_CRL_INDIRECT, "1d",
                  "30{ a4{ 30{ } } }"),
    ENTRY_EXT_ROW("unknown extension of an entry", GOOD, "17", "0500"),
    ROW("unknown critical extension of an entry, RFC 5280 §5.3", PATINA_ERR_CRL_CRITICAL_EXTENSION,
        .entries = ENTRY("05", "30{ " CRITICAL("17", "0500") " }")),
    ROW("extension of an entry twice", BAD,
        .entries = ENTRY("05", "30{ " TEST_REASON("01") TEST_REASON("01") " }")),
    ROW("extension of an entry cut", BAD, .entries = ENTRY("05", "30{ 30{ 0603551d15 } }")),
    ROW("unknown extension of an entry cut", BAD, .entries = ENTRY("05", "30{ 30{ 06032a0304 } }")),
    ROW("unknown extension of an entry in no SEQUENCE", BAD,
        .entries = ENTRY("05", "30{ 31{ 06032a0304 0400 } }")),
    ROW("extensions of an entry followed by more", BAD,
        .entries = ENTRY("05", "30{ " TEST_REASON("01") " } 0500")),
    ROW("no extensions", GOOD, .extensions = ""),
    ROW("extensions of none", BAD, .box = "a0{ 30{ } }"),
    ROW("extensions in no SEQUENCE", BAD, .box = "a0{ 31{ " TEST_CRL_NUMBER("01") " } }"),
    ROW("extensions followed by more in their box", BAD,
        .box = "a0{ 30{ " TEST_CRL_NUMBER("01") " } 0500 }"),
    ROW("extensions under another tag", BAD, .box = "a1{ 30{ " TEST_CRL_NUMBER("01") " } }"),
    ROW("extensions twice", BAD,
        .box = "a0{ 30{ " TEST_CRL_NUMBER("01") " } } a0{ 30{ " TEST_CRL_NUMBER("01") " } }"),
    ROW("extension cut", BAD, .extensions = "30{ 0603551d14 }"),
    ROW("unknown extension cut", BAD, .extensions = "30{ 06032a0304 }"),
    ROW("unknown extension followed by more", BAD, .extensions = "30{ 06032a0304 0400 0500 }"),
    ROW("unknown extension in no SEQUENCE", BAD, .extensions = "31{ 06032a0304 0400 }"),
    ROW("extension twice", BAD, .extensions = TEST_CRL_NUMBER("01") TEST_CRL_NUMBER("01")),
    EXT_ROW("unknown extension", GOOD, "15", "0500"),
    ROW("unknown critical extension, RFC 5280 §5.2", PATINA_ERR_CRL_CRITICAL_EXTENSION,
        .extensions = CRITICAL("15", "0500")),
    ROW("unknown critical extension of another arc", PATINA_ERR_CRL_CRITICAL_EXTENSION,
        .extensions = "30{ 06{ 2a0304 } 0101ff 04{ 0500 } }"),
    ROW("deltaCRLIndicator, RFC 5280 §5.2.4", PATINA_ERR_CRL_DELTA,
        .extensions = CRITICAL("1b", "020101")),
    EXT_ROW("cRLNumber 0", GOOD, "14", "020100"),
    EXT_ROW("cRLNumber of 20 octets", GOOD, "14", "02{ 7f 19*11 }"),
    EXT_ROW("cRLNumber of 20 octets and a zero", GOOD, "14", "02{ 00 ff 19*11 }"),
    EXT_ROW("cRLNumber of 21 octets", BAD, "14", "02{ 01 20*11 }"),
    EXT_ROW("cRLNumber of 22 octets", BAD, "14", "02{ 22*11 }"),
    EXT_ROW("cRLNumber negative", BAD, "14", "0201ff"),
    EXT_ROW("cRLNumber padded", BAD, "14", "02020001"),
    EXT_ROW("cRLNumber followed by more", BAD, "14", "02010100"),
    ROW("cRLNumber critical, RFC 5280 §5.2.3", BAD, .extensions = CRITICAL("14", "020101")),
    SCOPE_ROW("scope of users' certificates", GOOD, "8101ff"),
    SCOPE_ROW("scope of authorities' certificates", GOOD, "8201ff"),
    SCOPE_ROW("scope of attribute certificates", GOOD, "8501ff"),
    SCOPE_ROW("scope with FALSE written out", GOOD, "810100 820100 840100 850100"),
    SCOPE_ROW("scope empty, RFC 5280 §5.2.5", BAD, ""),
    SCOPE_ROW("scope of two kinds", BAD, "8101ff 8201ff"),
    SCOPE_ROW("scope of two other kinds", BAD, "8201ff 8501ff"),
    SCOPE_ROW("scope with a bad boolean", BAD, "810101"),
    SCOPE_ROW("scope with a boolean of two octets", BAD, "8102ffff"),
    SCOPE_ROW("scope with an empty point", BAD, "a0{ } 8101ff"),
    SCOPE_ROW("scope with a point cut", BAD, "a005 00"),
    SCOPE_ROW("point of two names", GOOD, "a0{ a0{ 86{ 'u' } 86{ 'v' } } }"),
    SCOPE_ROW("point of no name", BAD, "a0{ a0{ } }"),
    SCOPE_ROW("point of what is no name", BAD, "a0{ a0{ 86{ 'u' } 0500 } }"),
    SCOPE_ROW("point with a name cut", BAD, "a0{ a0{ 86{ 'u' } 8605 } }"),
    SCOPE_ROW("point followed by more", BAD, "a0{ a0{ 86{ 'u' } } 0500 }"),
    SCOPE_ROW("point that is a name itself", BAD, "a0{ 86{ 'u' } }"),
    SCOPE_ROW("relative point", GOOD, "a0{ a1{ 30{ 0603 550403 0c{ 'x' } } } }"),
    SCOPE_ROW("relative point of nothing", BAD, "a0{ a1{ } }"),
    SCOPE_ROW("relative point followed by more", BAD,
              "a0{ a1{ 30{ 0603 550403 0c{ 'x' } } } 0500 }"),
    SCOPE_ROW("scope in another order", BAD, "8201ff 8101ff"),
    SCOPE_ROW("scope with more", BAD, "8101ff 0500"),
    SCOPE_ROW("scope of an indirect list, RFC 5280 §5.2.5", PATINA_ERR_CRL_INDIRECT, "8401ff"),
    SCOPE_ROW("reasons of no bit, RUSTSEC-2026-0104", GOOD, "830100"),
    SCOPE_ROW("reasons of no octet", BAD, "8300"),
    SCOPE_ROW("reasons of no bit and seven unused", BAD, "830107"),
    SCOPE_ROW("reasons of eight unused bits", BAD, "83020800"),
    SCOPE_ROW("reasons with an unused bit set", BAD, "83020641"),
    SCOPE_ROW("reasons of nine bits", GOOD, "83030700 80"),
    SCOPE_ROW("reasons of three octets", BAD, "8304 00 000001"),
    EXT_ROW("scope no SEQUENCE", BAD, "1c", "31{ 8101ff }"),
    EXT_ROW("scope followed by more", BAD, "1c", "30{ 8101ff } 00"),
    EXT_ROW("scope not critical", GOOD, "1c", "30{ 8101ff }"),
    ROW("something behind the extensions", BAD, .after_tbs = "0500"),
    ROW("something behind the signature", BAD, .after = "0500"),
    ROW("a byte behind the signature", BAD, .after = "05"),
    ROW("signature of odd bits", BAD, .signature = "03{ 04 f0 }"),
    ROW("signature in octets", BAD, .signature = "04{ 00 11 }"),
    ROW("no signature", BAD, .signature = ""),
    ROW("name too long", PATINA_ERR_CRL_TOO_LARGE, .inner_alg = "30{ 06032b6570 } 30{ 16385*11 }"),
    T(fields),
    T(cut_anywhere),
    T(errors_as_bytes_come),
    T(several_in_a_row),
    T(memory_grows_with_bytes),
    T(pem_blocks),
    T(options),
    T(limits_of_a_set),
    T(lists_up_to_the_limit),
    T(entries_up_to_the_limit),
    T(numbers_of_one_bucket),
    T(no_memory),
    T(newest_number_first),
    T(changed_bytes),
    T(boxes_of_another_kind),
};

int main(void)
{
    return cmocka_run_group_tests(tests, set_up, tear_down) != 0;
}

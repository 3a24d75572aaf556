// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// What the writers write: byte for byte against the notation, read back by the parsers, and into
// every room that is too small, where nothing may come out.
#include "rows.h"

#include "base/limits.h"
#include "wire/hello.h"
#include "wire/messages.h"

enum { ROOM = 4096 };

static const uint16_t suites[] = {PTN_TLS_AES_128_GCM_SHA256, PTN_TLS_CHACHA20_POLY1305_SHA256};
static const uint16_t versions[] = {PTN_VERSION_TLS13};
static const uint16_t groups[] = {PTN_GROUP_X25519MLKEM768, PTN_GROUP_X25519};
static const uint16_t schemes[] = {PTN_ECDSA_SECP256R1_SHA256};
static const uint16_t cert_schemes[] = {PTN_RSA_PKCS1_SHA256, PTN_ED25519};
static const uint8_t random_bytes[32] = {0xaa, 1, 2, 3};
static const uint8_t session_id[32] = {0xbb, 4, 5, 6};
static const uint8_t shares[] = {0x00, 0x1d, 0x00, 0x02, 0xdd, 0xdd};
static const uint8_t cookie[] = {9, 8, 7};

static struct ptn_client_hello_out full_hello(const patina_span *alpn, size_t alpn_count)
{
    return (struct ptn_client_hello_out){
        .random = PTN_SPAN_OF(random_bytes),
        .session_id = PTN_SPAN_OF(session_id),
        .suites = suites,
        .suites_count = PTN_COUNT(suites),
        .versions = versions,
        .versions_count = PTN_COUNT(versions),
        .groups = groups,
        .groups_count = PTN_COUNT(groups),
        .schemes = schemes,
        .schemes_count = PTN_COUNT(schemes),
        .cert_schemes = cert_schemes,
        .cert_schemes_count = PTN_COUNT(cert_schemes),
        .server_name = PTN_SPAN_LITERAL("example.com"),
        .alpn = alpn,
        .alpn_count = alpn_count,
        .key_shares = PTN_SPAN_OF(shares),
        .has_key_shares = true,
        .cookie = PTN_SPAN_OF(cookie),
        .wants_status = true,
        .wants_scts = true,
    };
}

// ---- Every writer as a function without arguments, so that all can be tried in rooms of any size.

static void write_client_hello(struct ptn_writer *w)
{
    const patina_span alpn[] = {PTN_SPAN_LITERAL("h2"), PTN_SPAN_LITERAL("http/1.1")};
    struct ptn_client_hello_out hello = full_hello(alpn, PTN_COUNT(alpn));
    ptn_encode_client_hello(w, &hello);
}

static void write_bare_client_hello(struct ptn_writer *w)
{
    struct ptn_client_hello_out hello = {.random = PTN_SPAN_OF(random_bytes),
                                         .suites = suites,
                                         .suites_count = 1,
                                         .has_key_shares = true};
    ptn_encode_client_hello(w, &hello);
}

static void write_server_hello(struct ptn_writer *w)
{
    struct ptn_server_hello_out hello = {.random = PTN_SPAN_OF(random_bytes),
                                         .session_id = PTN_SPAN_OF(session_id),
                                         .cipher_suite = PTN_TLS_AES_256_GCM_SHA384,
                                         .group = PTN_GROUP_X25519,
                                         .share = PTN_SPAN_LITERAL("share"),
                                         .cookie = PTN_SPAN_LITERAL("has no place here")};
    ptn_encode_server_hello(w, &hello);
}

static void write_hello_retry(struct ptn_writer *w)
{
    struct ptn_server_hello_out hello = {.is_hello_retry = true,
                                         .session_id = PTN_SPAN_OF(session_id),
                                         .cipher_suite = PTN_TLS_AES_256_GCM_SHA384,
                                         .group = PTN_GROUP_SECP256R1,
                                         .cookie = PTN_SPAN_LITERAL("cookie")};
    ptn_encode_server_hello(w, &hello);
}

static void write_hello_retry_for_cookie(struct ptn_writer *w)
{
    struct ptn_server_hello_out hello = {.is_hello_retry = true,
                                         .cipher_suite = PTN_TLS_AES_128_GCM_SHA256,
                                         .cookie = PTN_SPAN_LITERAL("cookie")};
    ptn_encode_server_hello(w, &hello);
}

static void write_encrypted_extensions(struct ptn_writer *w)
{
    struct ptn_encrypted_extensions_out out = {.acknowledge_server_name = true,
                                               .alpn = PTN_SPAN_LITERAL("h2")};
    ptn_encode_encrypted_extensions(w, &out);
}

static void write_empty_encrypted_extensions(struct ptn_writer *w)
{
    struct ptn_encrypted_extensions_out out = {0};
    ptn_encode_encrypted_extensions(w, &out);
}

static void write_certificate(struct ptn_writer *w)
{
    const struct ptn_certificate_entry entries[] = {{.der = PTN_SPAN_LITERAL("leaf")},
                                                    {.der = PTN_SPAN_LITERAL("issuer")}};
    struct ptn_certificate_marks marks = ptn_open_certificate(w, PTN_SPAN_LITERAL("context"));
    ptn_write_certificate_entry(w, &entries[0]);
    ptn_write_certificate_entry(w, &entries[1]);
    ptn_close_certificate(w, marks);
}

static void write_stapled_certificate(struct ptn_writer *w)
{
    const struct ptn_certificate_entry entries[] = {
        {.der = PTN_SPAN_LITERAL("leaf"),
         .ocsp = PTN_SPAN_LITERAL("good"),
         .scts = PTN_SPAN_LITERAL("list")},
        {.der = PTN_SPAN_LITERAL("issuer"), .scts = PTN_SPAN_LITERAL("other")}};
    struct ptn_certificate_marks marks = ptn_open_certificate(w, (patina_span){0});
    ptn_write_certificate_entry(w, &entries[0]);
    ptn_write_certificate_entry(w, &entries[1]);
    ptn_close_certificate(w, marks);
}

static void write_empty_certificate(struct ptn_writer *w)
{
    ptn_close_certificate(w, ptn_open_certificate(w, (patina_span){0}));
}

static void write_certificate_verify(struct ptn_writer *w)
{
    ptn_encode_certificate_verify(w, PTN_ED25519, PTN_SPAN_LITERAL("signature"));
}

static void write_finished(struct ptn_writer *w)
{
    ptn_encode_finished(w, PTN_SPAN_OF(random_bytes));
}

static void write_key_update(struct ptn_writer *w)
{
    ptn_encode_key_update(w, true);
}

static void write_silent_key_update(struct ptn_writer *w)
{
    ptn_encode_key_update(w, false);
}

struct row {
    void (*write)(struct ptn_writer *w);
    const char *want;
};

static void run_row(void **state)
{
    const struct row *row = *state;
    static uint8_t room[ROOM];
    struct ptn_writer w = ptn_writer_of(PTN_MSPAN_OF(room));
    patina_span out;
    row->write(&w);
    assert_true(ptn_writer_finish(&w, &out));
    assert_span(out, row->want);

    // Too small by any number of bytes: overflow sticks, and no byte is written beyond the room.
    for (size_t cap = 0; cap < out.len; cap++) {
        uint8_t *small = test_malloc(cap == 0 ? 1 : cap);
        struct ptn_writer too_small = ptn_writer_of((patina_mspan){small, cap});
        patina_span nothing;
        row->write(&too_small);
        ptn_write_u8(&too_small, 0);
        assert_false(ptn_writer_finish(&too_small, &nothing));
        assert_empty(nothing);
        test_free(small);
    }
}

#define ROW(text, write, want)                   \
    {                                            \
        text, run_row, NULL, NULL, &(struct row) \
        {                                        \
            write, want                          \
        }                                        \
    }
#define RANDOM "aa010203 28*00 "
#define SESSION "1( bb040506 28*00 ) "
#define HRR "cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c "

// ---- Read back

static patina_span body_of(const struct ptn_writer *w)
{
    patina_span out;
    assert_true(ptn_writer_finish(w, &out));
    return ptn_span_skip(out, PTN_HANDSHAKE_HEADER_BYTES);
}

static void client_hello_round_trip(void **state)
{
    (void)state;
    uint8_t room[ROOM];
    struct ptn_writer w = ptn_writer_of(PTN_MSPAN_OF(room));
    struct ptn_client_hello hello;
    write_client_hello(&w);
    assert_err(ptn_parse_client_hello(body_of(&w), &hello), PATINA_OK);
    assert_int_equal(hello.legacy_version, PTN_VERSION_TLS12);
    assert_true(ptn_span_equal(hello.random, PTN_SPAN_OF(random_bytes)));
    assert_true(ptn_span_equal(hello.session_id, PTN_SPAN_OF(session_id)));
    assert_span(hello.compression_methods, "00");
    assert_span(hello.server_name, "'example.com'");
    assert_int_equal(hello.alpn.count, 2);
    assert_int_equal(hello.key_shares.count, 1);
    assert_span(hello.signature_algorithms_cert.bytes, "0401 0807");
    assert_span(hello.cookie, "090807");
}

static void server_hello_round_trip(void **state)
{
    (void)state;
    uint8_t room[ROOM];
    struct ptn_writer w = ptn_writer_of(PTN_MSPAN_OF(room));
    struct ptn_server_hello hello;
    write_server_hello(&w);
    assert_err(
        ptn_parse_server_hello(body_of(&w), PTN_EXT_SUPPORTED_VERSIONS | PTN_EXT_KEY_SHARE, &hello),
        PATINA_OK);
    assert_false(hello.is_hello_retry);
    assert_int_equal(hello.selected_version, PTN_VERSION_TLS13);
    assert_int_equal(hello.share.group, PTN_GROUP_X25519);
    assert_span(hello.share.key_exchange, "'share'");

    w = ptn_writer_of(PTN_MSPAN_OF(room));
    write_hello_retry(&w);
    assert_err(
        ptn_parse_server_hello(body_of(&w), PTN_EXT_SUPPORTED_VERSIONS | PTN_EXT_KEY_SHARE, &hello),
        PATINA_OK);
    assert_true(hello.is_hello_retry);
    assert_int_equal(hello.selected_group, PTN_GROUP_SECP256R1);
    assert_span(hello.cookie, "'cookie'");
}

static void certificate_round_trip(void **state)
{
    (void)state;
    uint8_t room[ROOM];
    struct ptn_writer w = ptn_writer_of(PTN_MSPAN_OF(room));
    struct ptn_certificate_message message;
    write_certificate(&w);
    assert_err(ptn_parse_certificate(body_of(&w), 0, &message), PATINA_OK);
    assert_int_equal(message.count, 2);
    assert_span(ptn_certificate_at(&message, 1).der, "'issuer'");
}

// ---- Order

static size_t read_types(patina_span block, uint16_t *types)
{
    struct ptn_reader r = ptn_reader_of(block);
    size_t count = 0;
    while (!ptn_reader_is_empty(&r)) {
        struct ptn_extension extension;
        assert_err(ptn_read_extension(&r, &extension), PATINA_OK);
        types[count++] = extension.type;
    }
    return count;
}

// Every seed gives a hello with the same extensions; each extension comes to stand in each place.
static void shuffled_order(void **state)
{
    (void)state;
    uint8_t room[ROOM];
    uint16_t fixed[16];
    uint16_t types[16];
    bool stood[10][10] = {{false}};
    const patina_span alpn[] = {PTN_SPAN_LITERAL("h2")};
    struct ptn_client_hello_out out = full_hello(alpn, 1);
    for (unsigned seed = 0; seed < 3000; seed++) {
        struct ptn_client_hello hello;
        struct ptn_writer w = ptn_writer_of(PTN_MSPAN_OF(room));
        out.order_seed = (uint16_t)seed;
        ptn_encode_client_hello(&w, &out);
        assert_err(ptn_parse_client_hello(body_of(&w), &hello), PATINA_OK);
        size_t count = read_types(hello.extension_block, seed == 0 ? fixed : types);
        assert_int_equal(count, 10);
        for (size_t i = 0; seed != 0 && i < 10; i++) {
            for (size_t k = 0; k < 10; k++) {
                stood[i][k] = stood[i][k] || types[i] == fixed[k];
            }
        }
    }
    for (size_t i = 0; i < 10; i++) {
        for (size_t k = 0; k < 10; k++) {
            assert_true(stood[i][k]);
        }
    }
}

// The second ClientHello has a cookie and other shares and is otherwise the same, in order too.
static void second_hello_keeps_order(void **state)
{
    (void)state;
    const patina_span alpn[] = {PTN_SPAN_LITERAL("h2")};
    for (unsigned seed = 0; seed < 200; seed++) {
        uint8_t first_room[ROOM];
        uint8_t second_room[ROOM];
        struct ptn_client_hello first;
        struct ptn_client_hello second;
        struct ptn_client_hello_out out = full_hello(alpn, 1);
        out.order_seed = (uint16_t)seed;
        out.cookie = (patina_span){0};
        struct ptn_writer w = ptn_writer_of(PTN_MSPAN_OF(first_room));
        ptn_encode_client_hello(&w, &out);
        assert_err(ptn_parse_client_hello(body_of(&w), &first), PATINA_OK);
        out.cookie = PTN_SPAN_OF(cookie);
        out.key_shares = (patina_span){0};
        w = ptn_writer_of(PTN_MSPAN_OF(second_room));
        ptn_encode_client_hello(&w, &out);
        assert_err(ptn_parse_client_hello(body_of(&w), &second), PATINA_OK);
        assert_true(ptn_client_hello_is_same(&first, &second));
    }
}

// ---- What does not fit a length field

static void too_long_for_its_field(void **state)
{
    (void)state;
    static uint8_t room[1 << 18];
    static uint8_t long_bytes[0x10000];
    patina_span out;

    struct ptn_writer w = ptn_writer_of(PTN_MSPAN_OF(room));
    ptn_encode_certificate_verify(&w, 0, PTN_SPAN_OF(long_bytes));
    assert_false(ptn_writer_finish(&w, &out));

    const patina_span alpn[] = {{long_bytes, 256}};
    w = ptn_writer_of(PTN_MSPAN_OF(room));
    struct ptn_client_hello_out hello = full_hello(alpn, 1);
    ptn_encode_client_hello(&w, &hello);
    assert_false(ptn_writer_finish(&w, &out));

    w = ptn_writer_of(PTN_MSPAN_OF(room));
    ptn_close_certificate(&w, ptn_open_certificate(&w, (patina_span){long_bytes, 256}));
    assert_false(ptn_writer_finish(&w, &out));

    // A block of extensions has 2^16 - 1 bytes: 8 of them before a staple.
    const struct ptn_certificate_entry fits = {.ocsp = {long_bytes, 0xffff - 8}};
    const struct ptn_certificate_entry too_long = {.ocsp = {long_bytes, 0xffff - 7}};
    w = ptn_writer_of(PTN_MSPAN_OF(room));
    ptn_write_certificate_entry(&w, &fits);
    assert_true(ptn_writer_finish(&w, &out));
    ptn_write_certificate_entry(&w, &too_long);
    assert_false(ptn_writer_finish(&w, &out));
}

static const struct CMUnitTest tests[] = {
    ROW("ClientHello, RFC 9846 §4.2.2", write_client_hello,
        "01 3( 0303 " RANDOM SESSION "2(1301 1303) 1(00) 2("
        "0000 2( 2( 00 2('example.com') ) ) 002b 2( 1(0304) ) 000a 2( 2(11ec 001d) ) "
        "000d 2( 2(0403) ) 0032 2( 2(0401 0807) ) 0033 2( 2( 001d 2(dddd) ) ) "
        "0010 2( 2( 1('h2') 1('http/1.1') ) ) 0005 2(01 2() 2()) 0012 2() 002c 2( 2(090807) ) ) )"),
    ROW("ClientHello with an empty list of shares, RFC 9846 §4.3.8", write_bare_client_hello,
        "01 3( 0303 " RANDOM "1() 2(1301) 1(00) 2( 0033 2( 2() ) ) )"),
    ROW("ServerHello, RFC 9846 §4.2.3", write_server_hello,
        "02 3( 0303 " RANDOM SESSION "1302 00 2( 002b 2(0304) 0033 2( 001d 2('share') ) ) )"),
    ROW("HelloRetryRequest, RFC 9846 §4.2.4", write_hello_retry,
        "02 3( 0303 " HRR SESSION "1302 00 2( 002b 2(0304) 0033 2(0017) 002c 2( 2('cookie') ) ) )"),
    ROW("HelloRetryRequest for a cookie, RFC 9846 §4.2.4", write_hello_retry_for_cookie,
        "02 3( 0303 " HRR "1() 1301 00 2( 002b 2(0304) 002c 2( 2('cookie') ) ) )"),
    ROW("EncryptedExtensions, RFC 9846 §4.4.1", write_encrypted_extensions,
        "08 3( 2( 0000 2() 0010 2( 2( 1('h2') ) ) ) )"),
    ROW("empty EncryptedExtensions, RFC 9846 §4.4.1", write_empty_encrypted_extensions,
        "08 3( 2() )"),
    ROW("Certificate, RFC 9846 §4.5.1", write_certificate,
        "0b 3( 1('context') 3( 3('leaf') 2() 3('issuer') 2() ) )"),
    ROW("Certificate with OCSP response and SCT list, RFC 9846 §4.5.1.1", write_stapled_certificate,
        "0b 3( 1() 3( 3('leaf') 2( 0005 2(01 3('good')) 0012 2('list') ) "
        "3('issuer') 2( 0012 2('other') ) ) )"),
    ROW("empty Certificate, RFC 9846 §4.5.1", write_empty_certificate, "0b 3( 1() 3() )"),
    ROW("CertificateVerify, RFC 9846 §4.5.2", write_certificate_verify,
        "0f 3( 0807 2('signature') )"),
    ROW("Finished, RFC 9846 §4.5.3", write_finished, "14 3( " RANDOM ")"),
    ROW("KeyUpdate with a request, RFC 9846 §4.7.3", write_key_update, "18 3(01)"),
    ROW("KeyUpdate without, RFC 9846 §4.7.3", write_silent_key_update, "18 3(00)"),
    cmocka_unit_test(client_hello_round_trip),
    cmocka_unit_test(server_hello_round_trip),
    cmocka_unit_test(certificate_round_trip),
    cmocka_unit_test(shuffled_order),
    cmocka_unit_test(second_hello_keeps_order),
    cmocka_unit_test(too_long_for_its_field),
};

int main(void)
{
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// What is refused in ClientHello, ServerHello and HelloRetryRequest, a row a rule, each with its
// error and the alert that goes out: a real hello is changed in one place. RFC 9846 §4.2, §4.3.
#include "craft.h"

#include "wire/codepoints.h"

#include <string.h>

#define X(name) PATINA_ERR_##name, PATINA_ALERT_##name
#define ALERT(name) PATINA_ALERT_##name

enum when {
    FIRST,  // the ClientHello; or the ServerHello without a HelloRetryRequest
    SECOND, // the second ClientHello; or the ServerHello after one
    RETRY,  // the HelloRetryRequest
};

struct row {
    enum when when;
    void (*edit)(struct craft_message *m);
    patina_err err;
    uint8_t alert;
};

// ---- Edits of a ClientHello

enum { VERSION_AT = 4, RANDOM_AT = 6, SESSION_ID_AT = 38 };

static size_t suites_at(const struct craft_message *m)
{
    return SESSION_ID_AT + 1 + (size_t)m->bytes[SESSION_ID_AT];
}

static size_t compression_at(const struct craft_message *m)
{
    size_t at = suites_at(m);
    return at + 2 + (((size_t)m->bytes[at] << 8) | m->bytes[at + 1]);
}

static void nothing(struct craft_message *m)
{
    (void)m;
}

static void legacy_version(struct craft_message *m)
{
    m->bytes[VERSION_AT + 1] = 4;
}

static void random_changed(struct craft_message *m)
{
    m->bytes[RANDOM_AT] ^= 1;
}

static void session_id_changed(struct craft_message *m)
{
    m->bytes[SESSION_ID_AT + 1] ^= 1;
}

static void session_id_too_long(struct craft_message *m)
{
    static const uint8_t more[2] = {33, 0};
    craft_splice(m, SESSION_ID_AT, 1, more, 2);
}

static void set_suites(struct craft_message *m, const void *list, size_t len)
{
    size_t at = suites_at(m);
    craft_splice(m, at, compression_at(m) - at, list, len);
}

static void unknown_suites(struct craft_message *m)
{
    set_suites(m, (const uint8_t[]){0, 4, 0x13, 4, 0xc0, 0x2f}, 6);
}

static void no_suites(struct craft_message *m)
{
    set_suites(m, (const uint8_t[]){0, 0}, 2);
}

static void one_suite(struct craft_message *m)
{
    set_suites(m, (const uint8_t[]){0, 2, 0x13, 1}, 4);
}

static void compression_two(struct craft_message *m)
{
    craft_splice(m, compression_at(m), 2, (const uint8_t[]){2, 1, 0}, 3);
}

static void compression_not_null(struct craft_message *m)
{
    craft_splice(m, compression_at(m), 2, (const uint8_t[]){1, 1}, 2);
}

static void compression_changed(struct craft_message *m)
{
    craft_splice(m, compression_at(m), 2, (const uint8_t[]){2, 0, 0}, 3);
}

static void no_versions(struct craft_message *m)
{
    craft_drop_extension(m, PTN_EXTENSION_SUPPORTED_VERSIONS);
}

static void old_versions(struct craft_message *m)
{
    craft_extension(m, PTN_EXTENSION_SUPPORTED_VERSIONS, (const uint8_t[]){4, 3, 3, 3, 2}, 5);
}

static void no_extensions(struct craft_message *m)
{
    size_t block = craft_block(m);
    craft_splice(m, block, m->len - block, NULL, 0);
}

static void no_algorithms(struct craft_message *m)
{
    craft_drop_extension(m, PTN_EXTENSION_SIGNATURE_ALGORITHMS);
}

static void no_groups(struct craft_message *m)
{
    craft_drop_extension(m, PTN_EXTENSION_SUPPORTED_GROUPS);
}

static void no_share(struct craft_message *m)
{
    craft_drop_extension(m, PTN_EXTENSION_KEY_SHARE);
}

static void foreign_algorithms(struct craft_message *m)
{
    craft_extension(m, PTN_EXTENSION_SIGNATURE_ALGORITHMS, (const uint8_t[]){0, 4, 8, 7, 8, 4}, 6);
}

// Schemes that are for certificates alone do not sign.
static void pkcs1_algorithms(struct craft_message *m)
{
    craft_extension(m, PTN_EXTENSION_SIGNATURE_ALGORITHMS, (const uint8_t[]){0, 2, 4, 1}, 4);
}

static void foreign_groups(struct craft_message *m)
{
    craft_extension(m, PTN_EXTENSION_SUPPORTED_GROUPS, (const uint8_t[]){0, 2, 0, 0x19}, 4);
    craft_extension(m, PTN_EXTENSION_KEY_SHARE, (const uint8_t[]){0, 0}, 2);
}

static void share_not_listed(struct craft_message *m)
{
    craft_extension(m, PTN_EXTENSION_SUPPORTED_GROUPS, (const uint8_t[]){0, 2, 0, 0x17}, 4);
}

static void set_share(struct craft_message *m, uint8_t group, uint8_t fill, uint8_t len)
{
    uint8_t body[6 + 255] = {0, (uint8_t)(len + 4), 0, group, 0, len};
    memset(body + 6, fill, len);
    craft_extension(m, PTN_EXTENSION_KEY_SHARE, body, 6 + (size_t)len);
}

static void bad_share(struct craft_message *m)
{
    set_share(m, PTN_GROUP_X25519, 0, 32); // the null provider refuses zeros
}

static void short_share(struct craft_message *m)
{
    set_share(m, PTN_GROUP_X25519, 1, 31);
}

static void share_of_other_group(struct craft_message *m)
{
    set_share(m, PTN_GROUP_SECP256R1, 4, 65);
}

static void no_shares(struct craft_message *m)
{
    craft_extension(m, PTN_EXTENSION_KEY_SHARE, (const uint8_t[]){0, 0}, 2);
}

static void two_shares(struct craft_message *m)
{
    uint8_t body[2 + 36 + 69] = {0, 36 + 69, 0, 0x1d, 0, 32};
    memset(body + 6, 9, 32);
    memcpy(body + 38, (const uint8_t[]){0, 0x17, 0, 65}, 4);
    memset(body + 42, 4, 65);
    craft_extension(m, PTN_EXTENSION_KEY_SHARE, body, sizeof body);
}

static void twice_one_share(struct craft_message *m)
{
    uint8_t body[2 + 72] = {0, 72, 0, 0x1d, 0, 32};
    memset(body + 6, 9, 32);
    memcpy(body + 38, (const uint8_t[]){0, 0x1d, 0, 32}, 4);
    memset(body + 42, 9, 32);
    craft_extension(m, PTN_EXTENSION_KEY_SHARE, body, sizeof body);
}

static void foreign_protocol(struct craft_message *m)
{
    craft_extension(m, PTN_EXTENSION_ALPN, (const uint8_t[]){0, 4, 3, 'f', 'o', 'o'}, 6);
}

static void duplicate(struct craft_message *m)
{
    craft_add_extension(m, 0x7777, "", 0);
    craft_add_extension(m, 0x7777, "", 0);
}

static void unknown_extension(struct craft_message *m)
{
    craft_add_extension(m, 0x7777, "x", 1);
}

static void trailing(struct craft_message *m)
{
    craft_splice(m, m->len, 0, "", 1);
}

static void cookie_empty(struct craft_message *m)
{
    craft_add_extension(m, PTN_EXTENSION_COOKIE, (const uint8_t[]){0, 0}, 2);
}

static void key_share_cut(struct craft_message *m)
{
    craft_extension(m, PTN_EXTENSION_KEY_SHARE, (const uint8_t[]){0, 4, 0, 0x1d, 0, 32}, 6);
}

static void early_data(struct craft_message *m)
{
    craft_add_extension(m, PTN_EXTENSION_EARLY_DATA, "", 0);
}

// An identity of one byte, a binder of 32.
static const uint8_t psk[] = {0, 7, 0, 1, 'i', 0, 0, 0, 0, 0, 33, 32, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0,
                              1, 2, 3, 4, 5,   6, 7, 8, 9, 0, 1,  2,  3, 4, 5, 6, 7, 8, 9, 0, 1, 2};

static void psk_offer(struct craft_message *m)
{
    craft_add_extension(m, PTN_EXTENSION_PSK_KEY_EXCHANGE_MODES, (const uint8_t[]){1, 1}, 2);
    craft_add_extension(m, PTN_EXTENSION_PRE_SHARED_KEY, psk, sizeof psk);
}

static void psk_without_modes(struct craft_message *m)
{
    craft_add_extension(m, PTN_EXTENSION_PRE_SHARED_KEY, psk, sizeof psk);
}

static void psk_not_last(struct craft_message *m)
{
    psk_offer(m);
    unknown_extension(m);
}

static void psk_alone(struct craft_message *m)
{
    craft_add_extension(m, PTN_EXTENSION_PRE_SHARED_KEY, psk, sizeof psk);
}

static void padding(struct craft_message *m)
{
    craft_add_extension(m, PTN_EXTENSION_PADDING, "\0\0\0", 3);
}

static void groups_changed(struct craft_message *m)
{
    craft_extension(m, PTN_EXTENSION_SUPPORTED_GROUPS, (const uint8_t[]){0, 2, 0, 0x1d}, 4);
}

static void name_dropped(struct craft_message *m)
{
    craft_drop_extension(m, PTN_EXTENSION_SERVER_NAME);
}

// ---- The server's side

// Runs until the hello of the row is in c->hello.
static void reach_hello(struct craft *c, const struct row *row)
{
    craft_new(c, row->when == SECOND);
    craft_take_hello(c);
    if (row->when == SECOND) {
        craft_give_hello(c);
        (void)pair_move(&c->p, &c->p.server, &c->p.client);
        craft_take_hello(c);
    }
}

static void test_client_hello(void **state)
{
    const struct row *row = *state;
    static struct craft c;
    reach_hello(&c, row);
    row->edit(&c.hello);
    craft_give_hello(&c);
    craft_expect(&c.p.server, row->err, row->alert);
    if (row->err == PATINA_OK) { // the flight went out: the client judges the rest by its Finished
        craft_take_flight(&c);
        assert_int_equal(c.flight[FIN].bytes[0], PTN_HS_FINISHED);
    }
    craft_free(&c);
}

static void test_alpn_refused(void **state)
{
    (void)state;
    static struct craft c;
    const patina_span h2 = fixture_text("h2");
    craft_options(&c, false);
    c.f.server.alpn = &h2;
    c.f.server.alpn_count = 1;
    craft_start(&c);
    craft_take_hello(&c);
    foreign_protocol(&c.hello);
    craft_give_hello(&c);
    craft_expect(&c.p.server, X(NO_APPLICATION_PROTOCOL));
    craft_free(&c);
}

// ---- Edits of a ServerHello: session id, suite, compression, extensions

static size_t suite_at(const struct craft_message *m)
{
    return SESSION_ID_AT + 1 + (size_t)m->bytes[SESSION_ID_AT];
}

static void session_id_empty(struct craft_message *m)
{
    craft_splice(m, SESSION_ID_AT, 33, (const uint8_t[]){0}, 1);
}

static void other_suite(struct craft_message *m) // offered, but not that of the HelloRetryRequest
{
    m->bytes[suite_at(m) + 1] = m->bytes[suite_at(m) + 1] == 1 ? 3 : 1;
}

static void unoffered_suite(struct craft_message *m)
{
    m->bytes[suite_at(m) + 1] = 4; // TLS_AES_128_CCM_SHA256
}

static void tls12_suite(struct craft_message *m)
{
    m->bytes[suite_at(m)] = 0xc0;
    m->bytes[suite_at(m) + 1] = 0x2f;
}

static void compression_selected(struct craft_message *m)
{
    m->bytes[suite_at(m) + 2] = 1;
}

static void version_12(struct craft_message *m)
{
    craft_extension(m, PTN_EXTENSION_SUPPORTED_VERSIONS, (const uint8_t[]){3, 3}, 2);
}

static void version_future(struct craft_message *m)
{
    craft_extension(m, PTN_EXTENSION_SUPPORTED_VERSIONS, (const uint8_t[]){3, 5}, 2);
}

static void server_share(struct craft_message *m, uint8_t group, uint8_t fill, uint8_t len)
{
    uint8_t body[4 + 255] = {0, group, 0, len};
    memset(body + 4, fill, len);
    craft_extension(m, PTN_EXTENSION_KEY_SHARE, body, 4 + (size_t)len);
}

static void share_unoffered_group(struct craft_message *m)
{
    server_share(m, PTN_GROUP_SECP384R1, 4, 97);
}

static void share_group_without_share(struct craft_message *m)
{
    server_share(m, PTN_GROUP_SECP256R1, 4, 65);
}

static void share_invalid(struct craft_message *m)
{
    server_share(m, PTN_GROUP_X25519, 0, 32);
}

static void share_long(struct craft_message *m)
{
    server_share(m, PTN_GROUP_X25519, 1, 33);
}

static void misplaced(struct craft_message *m)
{
    craft_add_extension(m, PTN_EXTENSION_ALPN, (const uint8_t[]){0, 3, 2, 'h', '2'}, 5);
}

static void unsolicited_psk(struct craft_message *m)
{
    craft_add_extension(m, PTN_EXTENSION_PRE_SHARED_KEY, (const uint8_t[]){0, 0}, 2);
}

static void duplicate_share(struct craft_message *m)
{
    patina_span share = craft_find_extension(m, PTN_EXTENSION_KEY_SHARE);
    uint8_t copy[64];
    assert_true(share.len <= sizeof copy);
    memcpy(copy, share.ptr, share.len);
    craft_add_extension(m, PTN_EXTENSION_KEY_SHARE, copy, share.len);
}

static void cut_block(struct craft_message *m)
{
    m->bytes[craft_block(m) + 1] ^= 0x40;
}

// ---- Edits of a HelloRetryRequest

static void retry_without_change(struct craft_message *m)
{
    craft_drop_extension(m, PTN_EXTENSION_KEY_SHARE);
}

static void retry_unoffered(struct craft_message *m)
{
    craft_extension(m, PTN_EXTENSION_KEY_SHARE, (const uint8_t[]){0, 0x18}, 2);
}

static void retry_shared(struct craft_message *m)
{
    craft_extension(m, PTN_EXTENSION_KEY_SHARE, (const uint8_t[]){0, 0x17}, 2);
}

static void retry_with_cookie(struct craft_message *m)
{
    craft_add_extension(m, PTN_EXTENSION_COOKIE, (const uint8_t[]){0, 3, 'c', 'o', 'o'}, 5);
}

static void retry_cookie_alone(struct craft_message *m)
{
    retry_with_cookie(m);
    retry_without_change(m);
}

// ---- The client's side

static void test_server_hello(void **state)
{
    const struct row *row = *state;
    static struct craft c;
    craft_new(&c, row->when != FIRST);
    craft_server_flight(&c);
    if (row->when == SECOND) {
        craft_deal(&c, SH); // the HelloRetryRequest
        craft_server_flight(&c);
    }
    row->edit(&c.flight[SH]);
    craft_deal(&c, SH);
    craft_expect(&c.p.client, row->err, row->alert);
    craft_free(&c);
}

static void test_second_retry(void **state)
{
    (void)state;
    static struct craft c;
    craft_new(&c, true);
    craft_server_flight(&c);
    craft_deal(&c, SH);
    craft_deal(&c, SH);
    craft_expect(&c.p.client, PATINA_ERR_SECOND_HELLO_RETRY_REQUEST, ALERT(UNEXPECTED_MESSAGE));
    craft_free(&c);
}

// RFC 9846 §4.2.2: identical but for key_share and cookie, which comes back byte by byte.
static void check_echo(void (*edit)(struct craft_message *), bool share_changes)
{
    static struct craft c;
    static struct craft_message first;
    craft_new(&c, true);
    craft_server_flight(&c);
    first = c.hello;
    edit(&c.flight[SH]);
    craft_deal(&c, SH);
    craft_take_hello(&c);
    patina_span cookie = craft_find_extension(&c.hello, PTN_EXTENSION_COOKIE);
    assert_int_equal(cookie.len, 5);
    assert_memory_equal(cookie.ptr, "\0\3coo", 5);
    patina_span before = craft_find_extension(&first, PTN_EXTENSION_KEY_SHARE);
    patina_span after = craft_find_extension(&c.hello, PTN_EXTENSION_KEY_SHARE);
    assert_true(share_changes == (before.len != after.len));
    craft_extension(&c.hello, PTN_EXTENSION_KEY_SHARE, before.ptr, before.len);
    craft_drop_extension(&c.hello, PTN_EXTENSION_COOKIE);
    assert_int_equal(c.hello.len, first.len);
    assert_memory_equal(c.hello.bytes, first.bytes, first.len);
    craft_free(&c);
}

static void test_cookie_echo(void **state)
{
    (void)state;
    check_echo(retry_with_cookie, true);
    check_echo(retry_cookie_alone, false);
}

// The largest cookie that a HelloRetryRequest can hold comes back as well.
static void cookie_huge(struct craft_message *m)
{
    static uint8_t body[2 + 16250] = {16250 >> 8, 16250 & 0xff, 1, 2, 3};
    craft_add_extension(m, PTN_EXTENSION_COOKIE, body, sizeof body);
}

static void test_largest_cookie(void **state)
{
    (void)state;
    static struct craft c;
    craft_new(&c, true);
    craft_server_flight(&c);
    cookie_huge(&c.flight[SH]);
    craft_deal(&c, SH);
    craft_expect(&c.p.client, PATINA_OK, 0);
    craft_take_hello(&c);
    patina_span cookie = craft_find_extension(&c.hello, PTN_EXTENSION_COOKIE);
    assert_int_equal(cookie.len, 2 + 16250);
    assert_memory_equal(cookie.ptr + 2, "\1\2\3", 3);
    craft_free(&c);
}

#define ROW(kind, name, when, edit, ...)                     \
    {                                                        \
        name, test_##kind##_hello, NULL, NULL, &(struct row) \
        {                                                    \
            when, edit, __VA_ARGS__                          \
        }                                                    \
    }
#define CLIENT_HELLO(name, when, edit, ...) \
    ROW(client, "ClientHello: " name, when, edit, __VA_ARGS__)
#define SECOND_HELLO(name, edit, ...) \
    ROW(client, "second ClientHello: " name, SECOND, edit, __VA_ARGS__)
#define SERVER_HELLO(name, edit, ...) ROW(server, "ServerHello: " name, FIRST, edit, __VA_ARGS__)
#define LATE_HELLO(name, edit, ...) \
    ROW(server, "ServerHello after HelloRetryRequest: " name, SECOND, edit, __VA_ARGS__)
#define RETRY_REQUEST(name, edit, ...) \
    ROW(server, "HelloRetryRequest: " name, RETRY, edit, __VA_ARGS__)
#define FINE PATINA_OK, PATINA_ALERT_NONE
#define ILLEGAL(name) PATINA_ERR_##name, PATINA_ALERT_ILLEGAL_PARAMETER
#define MALFORMED(name) PATINA_ERR_##name, PATINA_ALERT_DECODE_ERROR
#define FAILURE(name) PATINA_ERR_##name, PATINA_ALERT_HANDSHAKE_FAILURE
#define MISSING(name) PATINA_ERR_##name, PATINA_ALERT_MISSING_EXTENSION
#define VERSION(name) PATINA_ERR_##name, PATINA_ALERT_PROTOCOL_VERSION

static const struct CMUnitTest tests[] = {
    CLIENT_HELLO("unchanged", FIRST, nothing, FINE),
    CLIENT_HELLO("unknown extension ignored", FIRST, unknown_extension, FINE),
    CLIENT_HELLO("PSK offer ignored", FIRST, psk_offer, FINE),
    CLIENT_HELLO("foreign ALPN ignored without protocols", FIRST, foreign_protocol, FINE),
    CLIENT_HELLO("legacy_version 0x0304", FIRST, legacy_version, VERSION(BAD_LEGACY_VERSION)),
    CLIENT_HELLO("no supported_versions", FIRST, no_versions, VERSION(VERSION_NOT_SUPPORTED)),
    CLIENT_HELLO("older versions only", FIRST, old_versions, VERSION(VERSION_NOT_SUPPORTED)),
    CLIENT_HELLO("no extensions", FIRST, no_extensions, VERSION(VERSION_NOT_SUPPORTED)),
    CLIENT_HELLO("session id of 33 bytes", FIRST, session_id_too_long,
                 MALFORMED(ILLEGAL_SESSION_ID)),
    CLIENT_HELLO("unknown suites only", FIRST, unknown_suites, FAILURE(NO_CIPHER_SUITE_IN_COMMON)),
    CLIENT_HELLO("no suites", FIRST, no_suites, MALFORMED(DECODE_CLIENT_HELLO)),
    CLIENT_HELLO("two compressions", FIRST, compression_two, ILLEGAL(COMPRESSION_OFFERED)),
    CLIENT_HELLO("no null compression", FIRST, compression_not_null, ILLEGAL(COMPRESSION_OFFERED)),
    CLIENT_HELLO("no signature_algorithms", FIRST, no_algorithms,
                 MISSING(MISSING_SIGNATURE_ALGORITHMS)),
    CLIENT_HELLO("no supported_groups", FIRST, no_groups, MISSING(MISSING_SUPPORTED_GROUPS)),
    CLIENT_HELLO("no key_share", FIRST, no_share, MISSING(MISSING_KEY_SHARE)),
    CLIENT_HELLO("schemes of other keys", FIRST, foreign_algorithms,
                 FAILURE(NO_SIGNATURE_SCHEME_IN_COMMON)),
    CLIENT_HELLO("rsa_pkcs1 only", FIRST, pkcs1_algorithms, FAILURE(NO_SIGNATURE_SCHEME_IN_COMMON)),
    CLIENT_HELLO("unknown groups only", FIRST, foreign_groups, FAILURE(NO_GROUP_IN_COMMON)),
    CLIENT_HELLO("share in an unlisted group", FIRST, share_not_listed,
                 ILLEGAL(SHARE_IN_UNLISTED_GROUP)),
    CLIENT_HELLO("invalid share", FIRST, bad_share, ILLEGAL(INVALID_SHARE)),
    CLIENT_HELLO("short share", FIRST, short_share, ILLEGAL(INVALID_SHARE)),
    CLIENT_HELLO("two shares of a group", FIRST, twice_one_share, ILLEGAL(DUPLICATE_KEY_SHARE)),
    CLIENT_HELLO("cut share", FIRST, key_share_cut, MALFORMED(DECODE_KEY_SHARE)),
    CLIENT_HELLO("duplicate unknown extension", FIRST, duplicate, MALFORMED(DUPLICATE_EXTENSION)),
    CLIENT_HELLO("trailing byte", FIRST, trailing, MALFORMED(DECODE_CLIENT_HELLO)),
    CLIENT_HELLO("empty cookie", FIRST, cookie_empty, MALFORMED(DECODE_COOKIE)),
    CLIENT_HELLO("PSK without modes", FIRST, psk_without_modes, MISSING(MISSING_PSK_MODES)),
    CLIENT_HELLO("PSK not last", FIRST, psk_not_last, ILLEGAL(PSK_NOT_LAST)),
    {"ClientHello: no protocol in common", test_alpn_refused, NULL, NULL, NULL},

    SECOND_HELLO("unchanged", nothing, FINE),
    SECOND_HELLO("padding may come", padding, FINE),
    SECOND_HELLO("random", random_changed, ILLEGAL(SECOND_CLIENT_HELLO_CHANGED)),
    SECOND_HELLO("session id", session_id_changed, ILLEGAL(SECOND_CLIENT_HELLO_CHANGED)),
    SECOND_HELLO("suites", one_suite, ILLEGAL(SECOND_CLIENT_HELLO_CHANGED)),
    SECOND_HELLO("compression", compression_changed, ILLEGAL(COMPRESSION_OFFERED)),
    SECOND_HELLO("extension added", unknown_extension, ILLEGAL(SECOND_CLIENT_HELLO_CHANGED)),
    SECOND_HELLO("extension dropped", name_dropped, ILLEGAL(SECOND_CLIENT_HELLO_CHANGED)),
    SECOND_HELLO("extension changed", groups_changed, ILLEGAL(SECOND_CLIENT_HELLO_CHANGED)),
    SECOND_HELLO("PSK without modes", psk_alone, MISSING(MISSING_PSK_MODES)),
    SECOND_HELLO("legacy_version", legacy_version, VERSION(BAD_LEGACY_VERSION)),
    SECOND_HELLO("no versions", no_versions, VERSION(VERSION_NOT_SUPPORTED)),
    SECOND_HELLO("early_data", early_data, ILLEGAL(EARLY_DATA_IN_SECOND_HELLO)),
    SECOND_HELLO("share of another group", share_of_other_group,
                 ILLEGAL(SECOND_CLIENT_HELLO_WRONG_SHARE)),
    SECOND_HELLO("no shares", no_shares, ILLEGAL(SECOND_CLIENT_HELLO_WRONG_SHARE)),
    SECOND_HELLO("two shares", two_shares, ILLEGAL(SECOND_CLIENT_HELLO_WRONG_SHARE)),
    SECOND_HELLO("invalid share", bad_share, ILLEGAL(INVALID_SHARE)),
    SECOND_HELLO("trailing byte", trailing, MALFORMED(DECODE_CLIENT_HELLO)),

    SERVER_HELLO("unchanged", nothing, FINE),
    SERVER_HELLO("legacy_version 0x0304", legacy_version, VERSION(BAD_LEGACY_VERSION)),
    SERVER_HELLO("no supported_versions", no_versions, VERSION(TLS12_SERVER)),
    SERVER_HELLO("selects TLS 1.2", version_12, ILLEGAL(UNOFFERED_VERSION)),
    SERVER_HELLO("selects 0x0305", version_future, ILLEGAL(UNOFFERED_VERSION)),
    SERVER_HELLO("session id changed", session_id_changed, ILLEGAL(SESSION_ID_NOT_ECHOED)),
    SERVER_HELLO("session id empty", session_id_empty, ILLEGAL(SESSION_ID_NOT_ECHOED)),
    SERVER_HELLO("session id of 33 bytes", session_id_too_long, MALFORMED(ILLEGAL_SESSION_ID)),
    SERVER_HELLO("compression", compression_selected, ILLEGAL(COMPRESSION_SELECTED)),
    SERVER_HELLO("suite not offered", unoffered_suite, ILLEGAL(UNOFFERED_CIPHER_SUITE)),
    SERVER_HELLO("suite of TLS 1.2", tls12_suite, ILLEGAL(UNOFFERED_CIPHER_SUITE)),
    SERVER_HELLO("no key_share", no_share, MISSING(MISSING_KEY_SHARE)),
    SERVER_HELLO("group not offered", share_unoffered_group, ILLEGAL(UNOFFERED_GROUP)),
    SERVER_HELLO("group without a share", share_group_without_share, ILLEGAL(SHARE_IN_WRONG_GROUP)),
    SERVER_HELLO("invalid share", share_invalid, ILLEGAL(INVALID_SHARE)),
    SERVER_HELLO("long share", share_long, ILLEGAL(INVALID_SHARE)),
    SERVER_HELLO("unknown extension", unknown_extension, PATINA_ERR_UNSOLICITED_EXTENSION,
                 ALERT(UNSUPPORTED_EXTENSION)),
    SERVER_HELLO("pre_shared_key", unsolicited_psk, PATINA_ERR_UNSOLICITED_EXTENSION,
                 ALERT(UNSUPPORTED_EXTENSION)),
    SERVER_HELLO("cookie", retry_with_cookie, ILLEGAL(MISPLACED_EXTENSION)),
    SERVER_HELLO("ALPN", misplaced, ILLEGAL(MISPLACED_EXTENSION)),
    SERVER_HELLO("duplicate extension", duplicate_share,
                 ILLEGAL(DUPLICATE_EXTENSION_IN_SERVER_HELLO)),
    SERVER_HELLO("cut extensions", cut_block, MALFORMED(DECODE_SERVER_HELLO)),
    SERVER_HELLO("trailing byte", trailing, MALFORMED(DECODE_SERVER_HELLO)),

    LATE_HELLO("unchanged", nothing, FINE),
    LATE_HELLO("another suite", other_suite, ILLEGAL(HELLO_RETRY_CHANGED)),
    LATE_HELLO("no supported_versions", no_versions, ILLEGAL(HELLO_RETRY_CHANGED)),
    LATE_HELLO("another version", version_12, ILLEGAL(UNOFFERED_VERSION)),
    LATE_HELLO("another group", share_group_without_share, ILLEGAL(HELLO_RETRY_CHANGED)),
    LATE_HELLO("no key_share", no_share, MISSING(MISSING_KEY_SHARE)),
    LATE_HELLO("session id changed", session_id_changed, ILLEGAL(SESSION_ID_NOT_ECHOED)),
    {"ServerHello after HelloRetryRequest: a second HelloRetryRequest", test_second_retry, NULL,
     NULL, NULL},

    RETRY_REQUEST("unchanged", nothing, FINE),
    RETRY_REQUEST("no change asked", retry_without_change, ILLEGAL(HELLO_RETRY_WITHOUT_CHANGE)),
    RETRY_REQUEST("group not offered", retry_unoffered, ILLEGAL(UNOFFERED_GROUP)),
    RETRY_REQUEST("group shared already", retry_shared, ILLEGAL(HELLO_RETRY_GROUP_ALREADY_SHARED)),
    RETRY_REQUEST("legacy_version", legacy_version, VERSION(BAD_LEGACY_VERSION)),
    RETRY_REQUEST("selects TLS 1.2", version_12, ILLEGAL(UNOFFERED_VERSION)),
    RETRY_REQUEST("no supported_versions", no_versions, VERSION(TLS12_SERVER)),
    RETRY_REQUEST("session id changed", session_id_changed, ILLEGAL(SESSION_ID_NOT_ECHOED)),
    RETRY_REQUEST("compression", compression_selected, ILLEGAL(COMPRESSION_SELECTED)),
    RETRY_REQUEST("suite not offered", unoffered_suite, ILLEGAL(UNOFFERED_CIPHER_SUITE)),
    RETRY_REQUEST("unknown extension", unknown_extension, PATINA_ERR_UNSOLICITED_EXTENSION,
                  ALERT(UNSUPPORTED_EXTENSION)),
    RETRY_REQUEST("empty cookie", cookie_empty, MALFORMED(DECODE_COOKIE)),
    RETRY_REQUEST("trailing byte", trailing, MALFORMED(DECODE_SERVER_HELLO)),
    {"HelloRetryRequest: the cookie comes back, the rest stays", test_cookie_echo, NULL, NULL,
     NULL},
    {"HelloRetryRequest: the largest cookie comes back", test_largest_cookie, NULL, NULL, NULL},
};

int main(void)
{
    return cmocka_run_group_tests_name("errors of hellos", tests, NULL, NULL) != 0;
}

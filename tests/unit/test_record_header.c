// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Record headers, RFC 9846 §5.1 and §5.2.
#include "rows.h"

#include "record/record.h"

struct row {
    const char *bytes;
    bool first;
    patina_err want;
    uint8_t type;
    uint16_t version, len;
};

static void check(void **state)
{
    const struct row *row = *state;
    struct ptn_record_header have = {0xff, 0xffff, 0xffff};
    patina_span in = notation_bytes(row->bytes);
    patina_err err = ptn_parse_record_header(in, row->first, &have);
    notation_free(in);
    assert_err(err, row->want);
    assert_int_equal(have.type, row->type);
    assert_int_equal(have.version, row->version);
    assert_int_equal(have.len, row->len);
}

#define GOOD(name, bytes, first, type, version, len)    \
    {                                                   \
        name, check, NULL, NULL, &(struct row)          \
        {                                               \
            bytes, first, PATINA_OK, type, version, len \
        }                                               \
    }
#define BAD(name, bytes, first, err) \
    {name, check, NULL, NULL, &(struct row){bytes, first, PATINA_ERR_##err, 0, 0, 0}}

// Every first byte: four types are known, all others are refused, by what stands there.
static void every_type(void **state)
{
    (void)state;
    for (unsigned type = 0; type < 256; type++) {
        uint8_t bytes[5] = {(uint8_t)type, 3, 3, 0, 1};
        struct ptn_record_header have;
        bool known = type >= 20 && type <= 23;
        assert_err(ptn_parse_record_header(PTN_SPAN_OF(bytes), false, &have),
                   known ? PATINA_OK : PATINA_ERR_UNKNOWN_CONTENT_TYPE);
        assert_err(ptn_parse_record_header(PTN_SPAN_OF(bytes), true, &have),
                   known ? PATINA_OK : PATINA_ERR_UNKNOWN_CONTENT_TYPE);
        bytes[1] = 'x';
        assert_err(ptn_parse_record_header(PTN_SPAN_OF(bytes), true, &have),
                   known ? PATINA_ERR_BAD_RECORD_VERSION : PATINA_ERR_NOT_TLS);
    }
}

// Every version: the first byte counts, the second never.
static void every_version(void **state)
{
    (void)state;
    for (unsigned version = 0; version < 65536; version++) {
        uint8_t bytes[5] = {22, (uint8_t)(version >> 8), (uint8_t)(version & 0xff), 0, 1};
        struct ptn_record_header have;
        assert_err(ptn_parse_record_header(PTN_SPAN_OF(bytes), true, &have),
                   version >> 8 == 3 ? PATINA_OK : PATINA_ERR_BAD_RECORD_VERSION);
    }
}

static void every_length(void **state)
{
    (void)state;
    for (unsigned len = 0; len < 65536; len++) {
        uint8_t bytes[5] = {23, 3, 3, (uint8_t)(len >> 8), (uint8_t)(len & 0xff)};
        struct ptn_record_header have;
        patina_err err = ptn_parse_record_header(PTN_SPAN_OF(bytes), false, &have);
        assert_err(err, len <= 16384 + 256 ? PATINA_OK : PATINA_ERR_RECORD_OVERFLOW);
        assert_int_equal(have.len, err == PATINA_OK ? len : 0);
    }
}

static void plaintext_limit(void **state)
{
    (void)state;
    struct ptn_record_header header = {.type = 22, .version = 0x0303, .len = 16384};
    assert_err(ptn_check_plaintext_record(&header), PATINA_OK);
    header.len = 16385;
    assert_err(ptn_check_plaintext_record(&header), PATINA_ERR_RECORD_OVERFLOW);
}

static const struct CMUnitTest tests[] = {
    GOOD("handshake, RFC 9846 §5.1", "16 0301 0005", true, 22, 0x0301, 5),
    GOOD("change_cipher_spec", "14 0303 0001", false, 20, 0x0303, 1),
    GOOD("alert", "15 0303 0002", false, 21, 0x0303, 2),
    GOOD("application data", "17 0303 4000", false, 23, 0x0303, 16384),
    GOOD("nothing follows", "17 0303 0000", false, 23, 0x0303, 0),
    GOOD("minor version 0 ignored", "16 0300 0005", true, 22, 0x0300, 5),
    GOOD("minor version 255 ignored", "16 03ff 0005", true, 22, 0x03ff, 5),
    GOOD("more bytes than a header", "16 0301 0002 aabb", true, 22, 0x0301, 2),
    GOOD("longest protected record, RFC 9846 §5.2", "17 0303 4100", false, 23, 0x0303, 16640),
    BAD("one byte past it", "17 0303 4101", false, RECORD_OVERFLOW),
    BAD("major version 2", "16 0203 0005", true, BAD_RECORD_VERSION),
    BAD("major version 4, later", "16 0403 0005", false, BAD_RECORD_VERSION),
    BAD("garbage version", "16 babb 0005", true, BAD_RECORD_VERSION),
    BAD("version before length", "16 babb ffff", true, BAD_RECORD_VERSION),
    BAD("type before version", "18 babb ffff", false, UNKNOWN_CONTENT_TYPE),
    BAD("HTTP GET", "'GET /'", true, HTTP_REQUEST),
    BAD("HTTP POST", "'POST '", true, HTTP_REQUEST),
    BAD("HTTP HEAD", "'HEAD '", true, HTTP_REQUEST),
    BAD("HTTP PUT", "'PUT /'", true, HTTP_REQUEST),
    BAD("HTTP CONNECT", "'CONNE'", true, HTTP_REQUEST),
    BAD("HTTP later is junk", "'GET /'", false, UNKNOWN_CONTENT_TYPE),
    BAD("nearly HTTP", "'GETS '", true, NOT_TLS),
    BAD("another protocol", "'SSH-2'", true, NOT_TLS),
    BAD("an old hello", "80 2e 01 03 01", true, NOT_TLS),
    BAD("a heartbeat", "18 0303 0003", true, UNKNOWN_CONTENT_TYPE),
    cmocka_unit_test(every_type),
    cmocka_unit_test(every_version),
    cmocka_unit_test(every_length),
    cmocka_unit_test(plaintext_limit),
};

int main(void)
{
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}

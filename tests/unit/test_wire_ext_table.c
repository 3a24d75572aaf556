// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The walk over extension blocks: form, number, duplicates, place, what was asked for (RFC 9846
// §4.3).
#include "rows.h"

#include "wire/ext_table.h"

struct row {
    const char *block;
    enum ptn_ext_place place;
    uint32_t asked;
    patina_err want;
    size_t count; // extensions seen when it succeeds
};

static patina_err walk_all(patina_span block, enum ptn_ext_place place, uint32_t asked,
                           size_t *out_count)
{
    struct ptn_ext_walk walk;
    struct ptn_extension extension;
    bool have = false;
    *out_count = 0;
    PTN_TRY(ptn_ext_walk_start(&walk, ptn_reader_of(block), place, asked));
    PTN_TRY(ptn_ext_walk_next(&walk, &extension, &have));
    while (have) {
        (*out_count)++;
        PTN_TRY(ptn_ext_walk_next(&walk, &extension, &have));
        assert_true(have || (extension.type == 0 && extension.bit == 0 && extension.body.len == 0));
    }
    return PATINA_OK;
}

static void run_row(void **state)
{
    const struct row *row = *state;
    patina_span block = notation_bytes(row->block);
    size_t count;
    assert_err(walk_all(block, row->place, row->asked, &count), row->want);
    if (row->want == PATINA_OK) {
        assert_int_equal(count, row->count);
    }
    notation_free(block);
}

#define ROW(text, place, asked, want, count, block) \
    {                                               \
        text, run_row, NULL, NULL, &(struct row)    \
        {                                           \
            block, place, asked, want, count        \
        }                                           \
    }

// RFC 9846 §4.3, the table, written down a second time: messages a known extension may stand in.
static const struct {
    uint16_t type;
    const char *places; // C S H E T R N: CH SH HRR EE CT CR NST
} table[] = {
    {0, "CER"}, {5, "CTR"},  {10, "CE"},  {13, "CR"}, {16, "CE"}, {18, "CTR"}, {21, "C"},
    {41, "CS"}, {42, "CEN"}, {43, "CSH"}, {44, "CH"}, {45, "C"},  {47, "CR"},  {48, "R"},
    {49, "C"},  {50, "CR"},  {51, "CSH"}, {11, "C"},  {23, "C"},  {35, "C"},   {0xff01, "C"},
};
static const struct {
    char letter;
    enum ptn_ext_place place;
    bool response;
} places[] = {
    {'C', PTN_IN_CLIENT_HELLO, false},       {'S', PTN_IN_SERVER_HELLO, true},
    {'H', PTN_IN_HELLO_RETRY_REQUEST, true}, {'E', PTN_IN_ENCRYPTED_EXTENSIONS, true},
    {'T', PTN_IN_CERTIFICATE, true},         {'R', PTN_IN_CERTIFICATE_REQUEST, false},
    {'N', PTN_IN_NEW_SESSION_TICKET, false},
};

static patina_err walk_one(uint16_t type, enum ptn_ext_place place, uint32_t asked)
{
    uint8_t bytes[4] = {(uint8_t)(type >> 8), (uint8_t)(type & 0xff), 0, 0};
    patina_span block = exact_copy(bytes, 4);
    size_t count;
    patina_err err = walk_all(block, place, asked, &count);
    notation_free(block);
    return err;
}

static void every_type_in_every_message(void **state)
{
    (void)state;
    for (size_t t = 0; t < PTN_COUNT(table); t++) {
        uint32_t bit = ptn_ext_bit(table[t].type);
        assert_int_not_equal(bit, 0);
        for (size_t p = 0; p < PTN_COUNT(places); p++) {
            bool allowed = strchr(table[t].places, places[p].letter) != NULL;
            bool cookie = table[t].type == 44; // never asked for in a HelloRetryRequest
            patina_err asked = allowed ? PATINA_OK : PATINA_ERR_MISPLACED_EXTENSION;
            patina_err unasked =
                allowed && places[p].response && !cookie ? PATINA_ERR_UNSOLICITED_EXTENSION : asked;
            assert_err(walk_one(table[t].type, places[p].place, bit), asked);
            assert_err(walk_one(table[t].type, places[p].place, UINT32_MAX), asked);
            assert_err(walk_one(table[t].type, places[p].place, ~bit), unasked);
            assert_err(walk_one(table[t].type, places[p].place, 0), unasked);
        }
    }
}

static void every_unknown_type_in_every_message(void **state)
{
    (void)state;
    size_t known = 0;
    for (unsigned type = 0; type <= 0xffff; type++) {
        if (ptn_ext_bit((uint16_t)type) != 0) {
            known++;
            continue;
        }
        for (size_t p = 0; p < PTN_COUNT(places); p++) {
            patina_err want = places[p].response ? PATINA_ERR_UNSOLICITED_EXTENSION : PATINA_OK;
            assert_int_equal(walk_one((uint16_t)type, places[p].place, UINT32_MAX), want);
        }
    }
    assert_int_equal(known, PTN_COUNT(table));
}

static void bits_are_distinct(void **state)
{
    (void)state;
    uint32_t seen = 0;
    for (size_t t = 0; t < PTN_COUNT(table); t++) {
        uint32_t bit = ptn_ext_bit(table[t].type);
        assert_int_equal(bit & (bit - 1), 0);
        assert_int_equal(seen & bit, 0);
        seen |= bit;
    }
}

// A block of `count` extensions without bodies, of types from `next`.
static patina_span block_of(size_t count, uint32_t *seed, uint32_t step, size_t repeat_first_at)
{
    uint8_t bytes[4 * 200];
    uint32_t type = *seed & 0xffff;
    uint32_t first = type;
    for (size_t i = 0; i < count; i++) {
        uint32_t here = i != 0 && i == repeat_first_at ? first : type;
        bytes[4 * i] = (uint8_t)(here >> 8);
        bytes[4 * i + 1] = (uint8_t)(here & 0xff);
        bytes[4 * i + 2] = 0;
        bytes[4 * i + 3] = 0;
        type = (type + step) & 0xffff;
    }
    *seed = (*seed * 75 + 74) % 65537;
    return exact_copy(bytes, 4 * count);
}

static patina_err start_only(patina_span block)
{
    struct ptn_ext_walk walk;
    return ptn_ext_walk_start(&walk, ptn_reader_of(block), PTN_IN_CLIENT_HELLO, 0);
}

// The filter may take a new type for an old one; then the search must say no.
static void distinct_types_are_never_duplicates(void **state)
{
    (void)state;
    uint32_t seed = 1;
    for (uint32_t round = 0; round < 2000; round++) {
        patina_span block = block_of(128, &seed, 1 + 2 * (round % 500), 0); // odd steps: distinct
        assert_err(start_only(block), PATINA_OK);
        notation_free(block);
    }
}

static void every_duplicate_is_found(void **state)
{
    (void)state;
    uint32_t seed = 1;
    for (uint32_t round = 0; round < 2000; round++) {
        patina_span block = block_of(128, &seed, 1 + 2 * (round % 500), 1 + round % 127);
        assert_err(start_only(block), PATINA_ERR_DUPLICATE_EXTENSION);
        notation_free(block);
    }
}

static void number_of_extensions(void **state)
{
    (void)state;
    uint32_t seed = 60;
    patina_span most = block_of(128, &seed, 257, 0);
    patina_span more = block_of(129, &seed, 257, 0);
    assert_err(start_only(most), PATINA_OK);
    assert_err(start_only(more), PATINA_ERR_TOO_MANY_EXTENSIONS);
    // Number comes before duplicates, form before number.
    patina_span more_and_twice = block_of(129, &seed, 257, 5);
    assert_err(start_only(more_and_twice), PATINA_ERR_TOO_MANY_EXTENSIONS);
    more_and_twice.len--;
    assert_err(start_only(more_and_twice), PATINA_ERR_DECODE_EXTENSIONS);
    more_and_twice.len++;
    notation_free(most);
    notation_free(more);
    notation_free(more_and_twice);
}

static void failed_read_leaves_nothing(void **state)
{
    (void)state;
    patina_span block = notation_bytes("002b 0003 0304");
    struct ptn_reader r = ptn_reader_of(block);
    struct ptn_extension extension;
    memset(&extension, 0x5a, sizeof extension);
    assert_err(ptn_read_extension(&r, &extension), PATINA_ERR_DECODE_EXTENSIONS);
    assert_int_equal(extension.type, 0);
    assert_int_equal(extension.bit, 0);
    assert_empty(extension.body);

    struct ptn_ext_walk walk;
    bool have = true;
    assert_err(ptn_ext_walk_start(&walk, ptn_reader_of(block), PTN_IN_CLIENT_HELLO, 0),
               PATINA_ERR_DECODE_EXTENSIONS);
    memset(&extension, 0x5a, sizeof extension);
    assert_err(ptn_ext_walk_next(&walk, &extension, &have), PATINA_OK);
    assert_false(have);
    assert_int_equal(extension.type, 0);
    notation_free(block);
}

static const struct CMUnitTest tests[] = {
    ROW("empty block", PTN_IN_CLIENT_HELLO, 0, PATINA_OK, 0, ""),
    ROW("one extension", PTN_IN_CLIENT_HELLO, 0, PATINA_OK, 1, "002b 2( 1(0304) )"),
    ROW("GREASE and unknown in a ClientHello, RFC 9846 §4.2.2", PTN_IN_CLIENT_HELLO, 0, PATINA_OK,
        3, "0a0a 2() 3a3a 2(00) fafa 2(1234)"),
    ROW("unknown in a CertificateRequest, RFC 9846 §4.4.2", PTN_IN_CERTIFICATE_REQUEST, 0,
        PATINA_OK, 1, "0a0a 2()"),
    ROW("unknown in a NewSessionTicket, RFC 9846 §4.7.1", PTN_IN_NEW_SESSION_TICKET, 0, PATINA_OK,
        1, "0a0a 2()"),
    ROW("half a type, RFC 9846 §4.3", PTN_IN_CLIENT_HELLO, 0, PATINA_ERR_DECODE_EXTENSIONS, 0,
        "00"),
    ROW("no length, RFC 9846 §4.3", PTN_IN_CLIENT_HELLO, 0, PATINA_ERR_DECODE_EXTENSIONS, 0,
        "002b"),
    ROW("half a length, RFC 9846 §4.3", PTN_IN_CLIENT_HELLO, 0, PATINA_ERR_DECODE_EXTENSIONS, 0,
        "002b 00"),
    ROW("body too short, RFC 9846 §4.3", PTN_IN_CLIENT_HELLO, 0, PATINA_ERR_DECODE_EXTENSIONS, 0,
        "002b 0003 0304"),
    ROW("second one cut, RFC 9846 §4.3", PTN_IN_CLIENT_HELLO, 0, PATINA_ERR_DECODE_EXTENSIONS, 0,
        "002b 2(030304) 0a0a 00"),
    ROW("known twice, RFC 9846 §4.3", PTN_IN_CLIENT_HELLO, 0, PATINA_ERR_DUPLICATE_EXTENSION, 0,
        "002b 2(0304) 000a 2() 002b 2(0304)"),
    ROW("unknown twice, RFC 9846 §4.3", PTN_IN_CLIENT_HELLO, 0, PATINA_ERR_DUPLICATE_EXTENSION, 0,
        "0a0a 2() 0a0a 2(00)"),
    ROW("unknown twice in a response: duplicate comes first", PTN_IN_ENCRYPTED_EXTENSIONS, 0,
        PATINA_ERR_DUPLICATE_EXTENSION, 0, "ffff 2() ffff 2()"),
    ROW("cookie twice in a HelloRetryRequest, RFC 9846 §4.3", PTN_IN_HELLO_RETRY_REQUEST, 0,
        PATINA_ERR_DUPLICATE_EXTENSION, 0, "002c 2(2(00)) 002c 2(2(00))"),
    ROW("misplaced, RFC 9846 §4.3", PTN_IN_ENCRYPTED_EXTENSIONS, PTN_EXT_KEY_SHARE,
        PATINA_ERR_MISPLACED_EXTENSION, 0, "0033 2()"),
    ROW("misplaced and not asked for is misplaced, RFC 9846 §4.3", PTN_IN_ENCRYPTED_EXTENSIONS, 0,
        PATINA_ERR_MISPLACED_EXTENSION, 0, "000b 2(1(00))"),
    ROW("not asked for, RFC 9846 §4.3", PTN_IN_ENCRYPTED_EXTENSIONS, PTN_EXT_SERVER_NAME,
        PATINA_ERR_UNSOLICITED_EXTENSION, 0, "0000 2() 0010 2()"),
    ROW("unknown in a response, RFC 9846 §4.3", PTN_IN_SERVER_HELLO, UINT32_MAX,
        PATINA_ERR_UNSOLICITED_EXTENSION, 0, "0a0a 2()"),
    ROW("cookie unasked in a HelloRetryRequest, RFC 9846 §4.3", PTN_IN_HELLO_RETRY_REQUEST, 0,
        PATINA_OK, 1, "002c 2(2(00))"),
    cmocka_unit_test(every_type_in_every_message),
    cmocka_unit_test(every_unknown_type_in_every_message),
    cmocka_unit_test(bits_are_distinct),
    cmocka_unit_test(distinct_types_are_never_duplicates),
    cmocka_unit_test(every_duplicate_is_found),
    cmocka_unit_test(number_of_extensions),
    cmocka_unit_test(failed_read_leaves_nothing),
};

int main(void)
{
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}

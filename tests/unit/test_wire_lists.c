// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The lists inside messages: reading them, and walks that cannot leave them even when the counts
// lie.
#include "rows.h"

#include "wire/lists.h"

static void numbers(void **state)
{
    (void)state;
    patina_span bytes = notation_bytes("1301 0000 ffff");
    struct ptn_u16_list list = {bytes};
    assert_int_equal(ptn_u16_list_count(list), 3);
    assert_int_equal(ptn_u16_list_at(list, 0), 0x1301);
    assert_int_equal(ptn_u16_list_at(list, 1), 0);
    assert_int_equal(ptn_u16_list_at(list, 2), 0xffff);
    assert_int_equal(ptn_u16_list_at(list, 3), 0);
    assert_int_equal(ptn_u16_list_at(list, SIZE_MAX), 0);
    assert_int_equal(ptn_u16_list_at(list, SIZE_MAX / 2 + 1), 0); // twice that is 0
    assert_true(ptn_u16_list_has(list, 0x1301));
    assert_true(ptn_u16_list_has(list, 0xffff));
    assert_false(ptn_u16_list_has(list, 0x0100)); // astride two numbers
    notation_free(bytes);
}

static void no_numbers(void **state)
{
    (void)state;
    struct ptn_u16_list list = {{0}};
    assert_int_equal(ptn_u16_list_count(list), 0);
    assert_int_equal(ptn_u16_list_at(list, 0), 0);
    assert_false(ptn_u16_list_has(list, 0));
}

static void read_numbers(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t min_count;
        bool good;
    } rows[] = {
        {"", 0, true},     {"", 1, false},     {"13", 0, false},     {"1301", 0, true},
        {"1301", 1, true}, {"1301", 2, false}, {"130113", 1, false}, {"13011302", 2, true},
    };
    for (size_t i = 0; i < PTN_COUNT(rows); i++) {
        patina_span bytes = notation_bytes(rows[i].bytes);
        struct ptn_reader r = ptn_reader_of(bytes);
        struct ptn_u16_list list = {bytes};
        assert_int_equal(ptn_read_u16_list(&r, rows[i].min_count, &list), rows[i].good);
        assert_int_equal(list.bytes.len, rows[i].good ? bytes.len : 0);
        notation_free(bytes);
    }
}

static void read_numbers_from_a_failed_reader(void **state)
{
    (void)state;
    struct ptn_reader r = ptn_reader_of((patina_span){0});
    struct ptn_u16_list list;
    uint8_t byte;
    assert_false(ptn_read_u8(&r, &byte));
    assert_false(ptn_read_u16_list(&r, 0, &list));
}

static void names(void **state)
{
    (void)state;
    patina_span bytes = notation_bytes("1('h2') 1('http/1.1') 1('h3')");
    struct ptn_name_list list = {bytes, 2}; // the third is excess
    assert_span(ptn_name_list_at(list, 0), "'h2'");
    assert_span(ptn_name_list_at(list, 1), "'http/1.1'");
    assert_empty(ptn_name_list_at(list, 2));
    assert_empty(ptn_name_list_at(list, SIZE_MAX));
    assert_true(ptn_name_list_has(list, PTN_SPAN_LITERAL("http/1.1")));
    assert_false(ptn_name_list_has(list, PTN_SPAN_LITERAL("http/1.0")));
    assert_false(ptn_name_list_has(list, PTN_SPAN_LITERAL("http")));
    assert_false(ptn_name_list_has(list, PTN_SPAN_LITERAL("h3")));
    assert_false(ptn_name_list_has(list, (patina_span){0}));
    list.count = 1000;
    assert_empty(ptn_name_list_at(list, 3));
    assert_false(ptn_name_list_has(list, PTN_SPAN_LITERAL("h4")));
    notation_free(bytes);
}

static void shares(void **state)
{
    (void)state;
    patina_span bytes = notation_bytes("001d 2(32*aa) 0a0a 2(00) 0017 2(65*04)");
    struct ptn_key_share_list list = {bytes, 3};
    struct ptn_key_share share = ptn_key_share_list_at(list, 2);
    assert_int_equal(share.group, 0x0017);
    assert_span(share.key_exchange, "65*04");
    share = ptn_key_share_list_at(list, 3);
    assert_int_equal(share.group, 0);
    assert_empty(share.key_exchange);
    assert_true(ptn_key_share_list_find(list, 0x0a0a, &share));
    assert_span(share.key_exchange, "00");
    assert_false(ptn_key_share_list_find(list, 0x0018, &share));
    assert_int_equal(share.group, 0);
    assert_empty(share.key_exchange);
    list.count = 1000;
    assert_int_equal(ptn_key_share_list_at(list, 500).group, 0);
    assert_false(ptn_key_share_list_find(list, 0x0018, &share));
    list.count = 2;
    assert_false(ptn_key_share_list_find(list, 0x0017, &share));
    notation_free(bytes);
}

static void read_share(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        bool good;
    } rows[] = {
        {"001d 2(aa)", true}, {"001d 2()", false}, {"001d 0002 aa", false},
        {"001d 00", false},   {"00", false},       {"", false},
    };
    for (size_t i = 0; i < PTN_COUNT(rows); i++) {
        patina_span bytes = notation_bytes(rows[i].bytes);
        struct ptn_reader r = ptn_reader_of(bytes);
        struct ptn_key_share share = {7, bytes};
        assert_int_equal(ptn_read_key_share(&r, &share), rows[i].good);
        assert_int_equal(share.group, rows[i].good ? 0x001d : 0);
        assert_int_equal(share.key_exchange.len, rows[i].good ? 1 : 0);
        notation_free(bytes);
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(numbers),      cmocka_unit_test(no_numbers),
    cmocka_unit_test(read_numbers), cmocka_unit_test(read_numbers_from_a_failed_reader),
    cmocka_unit_test(names),        cmocka_unit_test(shares),
    cmocka_unit_test(read_share),
};

int main(void)
{
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}

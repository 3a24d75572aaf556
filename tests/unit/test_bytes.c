// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The byte layer: spans, checked arithmetic, the reader that stays failed, the writer that stays
// full.
#include "rows.h"

#include "panics.h"

// ---- Arithmetic

static void checked_arithmetic(void **state)
{
    (void)state;
    size_t out = 7;
    assert_true(ptn_add_size(SIZE_MAX - 1, 1, &out));
    assert_true(out == SIZE_MAX);
    assert_false(ptn_add_size(SIZE_MAX, 7, &out));
    assert_int_equal(out, 0);
    assert_true(ptn_mul_size(SIZE_MAX / 2, 2, &out));
    assert_true(out == SIZE_MAX - 1);
    out = 7;
    assert_false(ptn_mul_size(SIZE_MAX / 2 + 1, 2, &out));
    assert_int_equal(out, 0);
    assert_true(ptn_mul_size(0, SIZE_MAX, &out));
    assert_int_equal(out, 0);
    assert_int_equal(ptn_min_size(3, 4), 3);
    assert_int_equal(ptn_min_size(4, 3), 3);
}

// ---- Spans

static void parts_of_a_span(void **state)
{
    (void)state;
    uint8_t bytes[4] = {1, 2, 3, 4};
    patina_span s = PTN_SPAN_OF(bytes);
    patina_mspan m = PTN_MSPAN_OF(bytes);
    // {from, len, expected length}
    const size_t rows[][3] = {
        {0, 4, 4}, {0, 9, 4}, {1, 2, 2},        {3, 1, 1},        {3, 2, 1},
        {4, 1, 0}, {9, 1, 0}, {2, 0, 0},        {1, SIZE_MAX, 3}, {SIZE_MAX, SIZE_MAX, 0},
        {0, 0, 0}, {4, 0, 0}, {SIZE_MAX, 1, 0},
    };
    for (size_t i = 0; i < PTN_COUNT(rows); i++) {
        patina_span part = ptn_span_part(s, rows[i][0], rows[i][1]);
        patina_mspan mpart = ptn_mspan_part(m, rows[i][0], rows[i][1]);
        assert_int_equal(part.len, rows[i][2]);
        assert_int_equal(mpart.len, rows[i][2]);
        assert_ptr_equal(part.ptr, rows[i][2] == 0 ? NULL : bytes + rows[i][0]);
        assert_ptr_equal(mpart.ptr, part.ptr);
    }
    assert_int_equal(ptn_span_first(s, 3).len, 3);
    assert_int_equal(ptn_span_skip(s, 3).len, 1);
    assert_int_equal(ptn_mspan_first(m, 3).len, 3);
    assert_int_equal(ptn_mspan_skip(m, 3).len, 1);
    assert_empty(ptn_span_part((patina_span){0}, 0, 0));
    assert_empty(ptn_span_part((patina_span){0}, 0, 1));
    assert_ptr_equal(ptn_span(m).ptr, bytes);
}

static void spans_of_strings(void **state)
{
    (void)state;
    assert_span(ptn_span_of_string("abc"), "'abc'");
    assert_int_equal(ptn_span_of_string("").len, 0);
    assert_empty(ptn_span_of_string(NULL));
    assert_span(PTN_SPAN_LITERAL("abc"), "'abc'");
    assert_int_equal(PTN_SPAN_LITERAL("").len, 0);
}

static void comparing_spans(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        int order;
        bool nocase;
    } rows[] = {
        {"", "", 0, true},           {"", "a", -1, false},        {"a", "a", 0, true},
        {"a", "b", -1, false},       {"b", "a", 1, false},        {"a", "ab", -1, false},
        {"ab", "a", 1, false},       {"b", "ab", 1, false},       {"A", "a", -1, true},
        {"Zz", "zZ", -1, true},      {"[", "{", -1, false},       {"@", "`", -1, false},
        {"\x7f", "\x80", -1, false}, {"\xc1", "\xe1", -1, false},
    };
    for (size_t i = 0; i < PTN_COUNT(rows); i++) {
        patina_span a = ptn_span_of_string(rows[i].a);
        patina_span b = ptn_span_of_string(rows[i].b);
        assert_int_equal(ptn_span_compare(a, b), rows[i].order);
        assert_int_equal(ptn_span_compare(b, a), -rows[i].order);
        assert_int_equal(ptn_span_equal(a, b), rows[i].order == 0);
        assert_int_equal(ptn_span_equal_nocase(a, b), rows[i].nocase);
    }
    patina_span none = {0};
    assert_true(ptn_span_equal(none, none));
    assert_true(ptn_span_equal_nocase(none, ptn_span_of_string("")));
    assert_int_equal(ptn_span_compare(none, none), 0);
}

static void same_start(void **state)
{
    (void)state;
    uint8_t bytes[4] = {0};
    patina_mspan m = PTN_MSPAN_OF(bytes);
    assert_true(ptn_span_is_same_start(PTN_SPAN_OF(bytes), m));
    assert_true(ptn_span_is_same_start(PTN_SPAN_OF(bytes), ptn_mspan_first(m, 1)));
    assert_false(ptn_span_is_same_start(PTN_SPAN_OF(bytes), ptn_mspan_skip(m, 1)));
    assert_false(ptn_span_is_same_start((patina_span){0}, (patina_mspan){0}));
}

static void trailing_zeros(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t len;
    } rows[] = {{"", 0},      {"00", 0},    {"16384*00", 0},   {"17", 1},
                {"17 00", 1}, {"00 17", 2}, {"00 17 00 00", 2}};
    for (size_t i = 0; i < PTN_COUNT(rows); i++) {
        patina_span s = notation_bytes(rows[i].bytes);
        assert_int_equal(ptn_span_len_without_trailing_zeros(s), rows[i].len);
        notation_free(s);
    }
}

static void copying_and_filling(void **state)
{
    (void)state;
    uint8_t bytes[6] = {1, 2, 3, 4, 5, 6};
    patina_mspan m = PTN_MSPAN_OF(bytes);
    ptn_span_copy(ptn_mspan_skip(m, 1), (patina_span){bytes, 4}); // overlapping
    assert_memory_equal(bytes, ((uint8_t[]){1, 1, 2, 3, 4, 6}), 6);
    ptn_span_copy((patina_mspan){0}, (patina_span){0});
    ptn_mspan_fill(ptn_mspan_part(m, 2, 2), 9);
    assert_memory_equal(bytes, ((uint8_t[]){1, 1, 9, 9, 4, 6}), 6);
    ptn_mspan_fill((patina_mspan){0}, 9);
    ptn_mspan_set(m, 5, 7);
    assert_int_equal(ptn_span_at(PTN_SPAN_OF(bytes), 5), 7);
}

// ---- Checks that end the process

static void copy_too_much(void)
{
    uint8_t bytes[4] = {0};
    ptn_span_copy((patina_mspan){bytes, 3}, PTN_SPAN_OF(bytes));
}
static void read_past_the_end(void)
{
    uint8_t bytes[4] = {0};
    (void)ptn_span_at(PTN_SPAN_OF(bytes), 4);
}
static void read_of_nothing(void)
{
    (void)ptn_span_at((patina_span){0}, 0);
}
static void write_past_the_end(void)
{
    uint8_t bytes[4] = {0};
    ptn_mspan_set(PTN_MSPAN_OF(bytes), 4, 1);
}
static volatile size_t four = 4;
static void index_past_an_array(void)
{
    uint8_t bytes[4] = {0};
    PTN_AT(bytes, four) = 1;
}
static void index_past_a_count(void)
{
    uint8_t bytes[8] = {0};
    uint8_t *p = bytes;
    PTN_ITEM(p, 4, four) = 1;
}
static void broken_check(void)
{
    PTN_CHECK(four == 5);
}
static void nothing_wrong(void)
{
    uint8_t bytes[5] = {0};
    PTN_AT(bytes, four) = 1;
    PTN_CHECK(four == 4);
}

static void panics_where_it_must(void **state)
{
    (void)state;
    assert_true(panics(copy_too_much));
    assert_true(panics(read_past_the_end));
    assert_true(panics(read_of_nothing));
    assert_true(panics(write_past_the_end));
    assert_true(panics(index_past_an_array));
    assert_true(panics(index_past_a_count));
    assert_true(panics(broken_check));
    assert_false(panics(nothing_wrong));
}

// ---- Reader

static void reading_numbers(void **state)
{
    (void)state;
    patina_span bytes = notation_bytes("01 0203 040506 0708090a ff ffff ffffff ffffffff");
    struct ptn_reader r = ptn_reader_of(bytes);
    uint8_t u8 = 0;
    uint16_t u16 = 0;
    uint32_t u24 = 0;
    uint32_t u32 = 0;
    assert_true(ptn_read_u8(&r, &u8) && ptn_read_u16(&r, &u16) && ptn_read_u24(&r, &u24) &&
                ptn_read_u32(&r, &u32));
    assert_int_equal(u8, 1);
    assert_int_equal(u16, 0x0203);
    assert_int_equal(u24, 0x040506);
    assert_int_equal(u32, 0x0708090a);
    assert_int_equal(ptn_reader_position(&r), 10);
    assert_int_equal(ptn_reader_left(&r), 10);
    assert_false(ptn_read_end(&r));
    assert_true(ptn_read_u8(&r, &u8) && ptn_read_u16(&r, &u16) && ptn_read_u24(&r, &u24) &&
                ptn_read_u32(&r, &u32));
    assert_int_equal(u8, 0xff);
    assert_int_equal(u16, 0xffff);
    assert_int_equal(u24, 0xffffff);
    assert_true(u32 == 0xffffffff);
    assert_true(ptn_read_end(&r));
    assert_true(ptn_reader_is_empty(&r));
    assert_empty(ptn_reader_rest(&r));
    notation_free(bytes);
}

// One read of each kind, with an output full of rubbish; true when it succeeded. On failure all is
// zero.
static bool read_kind(struct ptn_reader *r, size_t kind)
{
    uint8_t u8 = 7;
    uint16_t u16 = 7;
    uint32_t u32 = 7;
    patina_span span = PTN_SPAN_LITERAL("rubbish");
    struct ptn_reader sub = ptn_reader_of(span);
    bool ok = false;
    switch (kind) {
    case 0:
        ok = ptn_read_u8(r, &u8);
        assert_true(ok || u8 == 0);
        break;
    case 1:
        ok = ptn_read_u16(r, &u16);
        assert_true(ok || u16 == 0);
        break;
    case 2:
        ok = ptn_read_u24(r, &u32);
        assert_true(ok || u32 == 0);
        break;
    case 3:
        ok = ptn_read_u32(r, &u32);
        assert_true(ok || u32 == 0);
        break;
    case 4:
        ok = ptn_read_bytes(r, 5, &span);
        assert_true(ok || (span.ptr == NULL && span.len == 0));
        break;
    case 5:
        ok = ptn_read_vec8(r, &sub);
        break;
    case 6:
        ok = ptn_read_vec16(r, &sub);
        break;
    default:
        ok = ptn_read_vec24(r, &sub);
        break;
    }
    if (kind >= 5 && !ok) {
        // The sub-reader of a failed read has nothing and has failed, too.
        assert_true(ptn_reader_is_empty(&sub));
        assert_false(ptn_read_end(&sub));
        assert_empty(ptn_reader_whole(&sub));
    }
    return ok;
}
enum { KINDS = 8 };
static const size_t kind_bytes[KINDS] = {1, 2, 3, 4, 5, 1, 2, 3};

static void a_failed_reader_stays_failed(void **state)
{
    (void)state;
    for (size_t first = 0; first < KINDS; first++) {
        // One byte less than it takes; all others must then fail too, even where bytes are left.
        patina_span bytes = exact_copy((const uint8_t *)"\0\0\0\0\0", kind_bytes[first] - 1);
        for (size_t second = 0; second < KINDS; second++) {
            struct ptn_reader r = ptn_reader_of(bytes);
            assert_false(read_kind(&r, first));
            assert_true(ptn_reader_is_empty(&r));
            assert_int_equal(ptn_reader_left(&r), 0);
            assert_false(ptn_read_end(&r));
            assert_empty(ptn_reader_rest(&r));
            assert_false(read_kind(&r, second));
        }
        notation_free(bytes);
    }
    struct ptn_reader r = ptn_reader_of((patina_span){0});
    patina_span none;
    assert_true(ptn_read_end(&r));
    assert_true(ptn_read_bytes(&r, 0, &none));
    assert_false(ptn_read_bytes(&r, SIZE_MAX, &none));
    assert_false(ptn_read_bytes(&r, 0, &none));
}

static void exact_reads_succeed(void **state)
{
    (void)state;
    for (size_t kind = 0; kind < KINDS; kind++) {
        patina_span bytes = exact_copy((const uint8_t *)"\0\0\0\0\0", kind_bytes[kind]);
        struct ptn_reader r = ptn_reader_of(bytes);
        assert_true(read_kind(&r, kind));
        assert_true(ptn_read_end(&r));
        notation_free(bytes);
    }
}

static void reading_vectors(void **state)
{
    (void)state;
    patina_span bytes = notation_bytes("1('a') 2('bc') 3('def') 1() 'rest'");
    struct ptn_reader r = ptn_reader_of(bytes);
    struct ptn_reader a = {0};
    struct ptn_reader b = {0};
    struct ptn_reader c = {0};
    struct ptn_reader d = {0};
    assert_true(ptn_read_vec8(&r, &a) && ptn_read_vec16(&r, &b) && ptn_read_vec24(&r, &c) &&
                ptn_read_vec8(&r, &d));
    assert_span(ptn_reader_whole(&a), "'a'");
    assert_span(ptn_reader_whole(&b), "'bc'");
    assert_span(ptn_reader_whole(&c), "'def'");
    assert_empty(ptn_reader_whole(&d));
    assert_true(ptn_read_end(&d));
    assert_span(ptn_reader_rest(&r), "'rest'");
    notation_free(bytes);

    static const char *const too_long[] = {"02 00", "0002 00", "000002 00", "ff", "ffff", "ffffff"};
    for (size_t i = 0; i < PTN_COUNT(too_long); i++) {
        bytes = notation_bytes(too_long[i]);
        r = ptn_reader_of(bytes);
        assert_false(read_kind(&r, 5 + i % 3));
        assert_false(ptn_read_end(&r));
        notation_free(bytes);
    }
}

// ---- Writer

static void writing(void **state)
{
    (void)state;
    uint8_t room[64];
    struct ptn_writer w = ptn_writer_of(PTN_MSPAN_OF(room));
    patina_span out;
    ptn_write_u8(&w, 0x01);
    ptn_write_u16(&w, 0x0203);
    ptn_write_u24(&w, 0x040506);
    ptn_write_u32(&w, 0x0708090a);
    ptn_write_u64(&w, UINT64_C(0x0b0c0d0e0f101112));
    ptn_write_span(&w, PTN_SPAN_LITERAL("text"));
    ptn_write_span(&w, (patina_span){0});
    ptn_write_zeros(&w, 2);
    ptn_write_zeros(&w, 0);
    patina_mspan later = ptn_write_reserve(&w, 2);
    assert_int_equal(later.len, 2);
    ptn_mspan_fill(later, 0xee);
    assert_int_equal(ptn_write_reserve(&w, 0).len, 0);
    assert_int_equal(ptn_writer_len(&w), 26);
    assert_true(ptn_writer_finish(&w, &out));
    assert_span(out, "01 0203 040506 0708090a 0b0c0d0e0f101112 'text' 0000 eeee");
}

static void writing_vectors(void **state)
{
    (void)state;
    uint8_t room[64];
    struct ptn_writer w = ptn_writer_of(PTN_MSPAN_OF(room));
    patina_span out;
    struct ptn_mark a = ptn_open(&w, 3);
    struct ptn_mark b = ptn_open(&w, 2);
    struct ptn_mark c = ptn_open(&w, 1);
    ptn_write_span(&w, PTN_SPAN_LITERAL("abc"));
    ptn_close(&w, c);
    ptn_close(&w, b);
    struct ptn_mark empty = ptn_open(&w, 1);
    ptn_close(&w, empty);
    ptn_close(&w, a);
    assert_true(ptn_writer_finish(&w, &out));
    assert_span(out, "3( 2( 1('abc') ) 1() )");
}

static void longest_vectors(void **state)
{
    (void)state;
    static uint8_t room[(1 << 24) + 8];
    static const size_t most[] = {0, 0xff, 0xffff, 0xffffff};
    for (uint8_t width = 1; width <= 3; width++) {
        for (size_t more = 0; more < 2; more++) {
            struct ptn_writer w = ptn_writer_of(PTN_MSPAN_OF(room));
            patina_span out;
            struct ptn_mark m = ptn_open(&w, width);
            (void)ptn_write_reserve(&w, most[width] + more);
            ptn_close(&w, m);
            assert_int_equal(ptn_writer_finish(&w, &out), more == 0);
            if (more == 0) {
                assert_int_equal(out.len, width + most[width]);
                for (size_t i = 0; i < width; i++) {
                    assert_int_equal(ptn_span_at(out, i), 0xff);
                }
            }
        }
    }
}

static void vectors_of_spans(void **state)
{
    (void)state;
    typedef void write_fn(struct ptn_writer * w, patina_span s);
    static write_fn *const write[] = {ptn_write_vec8, ptn_write_vec16, ptn_write_vec24};
    static uint8_t room[(1 << 24) + 8];
    static uint8_t bytes[1 << 24];
    static const size_t most[] = {0xff, 0xffff, 0xffffff};
    for (size_t i = 0; i < 3; i++) {
        struct ptn_writer w = ptn_writer_of(PTN_MSPAN_OF(room));
        patina_span out;
        write[i](&w, (patina_span){bytes, most[i]});
        assert_true(ptn_writer_finish(&w, &out));
        assert_int_equal(out.len, i + 1 + most[i]);
        for (size_t k = 0; k <= i; k++) {
            assert_int_equal(ptn_span_at(out, k), 0xff);
        }
        w = ptn_writer_of(PTN_MSPAN_OF(room));
        write[i](&w, (patina_span){bytes, most[i] + 1});
        assert_false(ptn_writer_finish(&w, &out));
        w = ptn_writer_of(ptn_mspan_first(PTN_MSPAN_OF(room), i + 3));
        write[i](&w, PTN_SPAN_LITERAL("abc")); // the length fits, the bytes do not
        assert_false(ptn_writer_finish(&w, &out));
    }
    struct ptn_writer w = ptn_writer_of(PTN_MSPAN_OF(room));
    patina_span out;
    ptn_write_vec8(&w, (patina_span){0});
    ptn_write_vec16(&w, PTN_SPAN_LITERAL("ab"));
    ptn_write_vec24(&w, PTN_SPAN_LITERAL("abc"));
    ptn_write_vec8(&w, PTN_SPAN_LITERAL("x"));
    assert_true(ptn_writer_finish(&w, &out));
    assert_span(out, "1() 2('ab') 3('abc') 1('x')");
}

static bool writer_fails(struct ptn_writer *w)
{
    patina_span out = PTN_SPAN_LITERAL("rubbish");
    bool ok = ptn_writer_finish(w, &out);
    assert_true(ok || (out.ptr == NULL && out.len == 0));
    return !ok;
}

static void bad_uses_of_a_writer(void **state)
{
    (void)state;
    uint8_t room[8];
    patina_mspan all = PTN_MSPAN_OF(room);

    struct ptn_writer w = ptn_writer_of(all);
    ptn_write_u24(&w, 0x1000000); // does not fit three bytes
    assert_true(writer_fails(&w));
    w = ptn_writer_of(all);
    ptn_write_u24(&w, 0xffffff);
    assert_false(writer_fails(&w));
    for (unsigned width = 0; width < 6; width++) {
        w = ptn_writer_of(all);
        struct ptn_mark m = ptn_open(&w, (uint8_t)width);
        ptn_close(&w, m);
        assert_int_equal(writer_fails(&w), width < 1 || width > 3);
    }
    w = ptn_writer_of(all);
    ptn_write_u16(&w, 0);
    ptn_close(&w, (struct ptn_mark){.at = 1, .width = 2}); // a mark of another writer
    assert_true(writer_fails(&w));
    w = ptn_writer_of(all);
    ptn_close(&w, (struct ptn_mark){.at = SIZE_MAX, .width = 1});
    assert_true(writer_fails(&w));
}

static void overflow_is_sticky(void **state)
{
    (void)state;
    for (size_t cap = 0; cap < 8; cap++) {
        uint8_t *room = test_malloc(cap == 0 ? 1 : cap);
        struct ptn_writer w = ptn_writer_of((patina_mspan){room, cap});
        ptn_write_zeros(&w, cap);
        assert_false(writer_fails(&w));
        assert_int_equal(ptn_write_reserve(&w, 1).len, 0);
        assert_true(writer_fails(&w));
        ptn_write_span(&w, (patina_span){0}); // would fit, and changes nothing
        ptn_write_zeros(&w, 0);
        assert_true(writer_fails(&w));
        w = ptn_writer_of((patina_mspan){room, cap});
        ptn_write_u64(&w, 0);
        assert_true(writer_fails(&w));
        w = ptn_writer_of((patina_mspan){room, cap});
        ptn_write_zeros(&w, SIZE_MAX);
        assert_true(writer_fails(&w));
        if (cap != 0) {
            assert_int_equal(ptn_write_reserve(&w, 1).len, 0); // though there is room
        }
        assert_int_equal(ptn_writer_len(&w), 0);
        test_free(room);
    }
    struct ptn_writer nowhere = ptn_writer_of((patina_mspan){0});
    assert_false(writer_fails(&nowhere));
    ptn_write_u8(&nowhere, 1);
    assert_true(writer_fails(&nowhere));
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(checked_arithmetic),
    cmocka_unit_test(parts_of_a_span),
    cmocka_unit_test(spans_of_strings),
    cmocka_unit_test(comparing_spans),
    cmocka_unit_test(same_start),
    cmocka_unit_test(trailing_zeros),
    cmocka_unit_test(copying_and_filling),
    cmocka_unit_test(panics_where_it_must),
    cmocka_unit_test(reading_numbers),
    cmocka_unit_test(a_failed_reader_stays_failed),
    cmocka_unit_test(exact_reads_succeed),
    cmocka_unit_test(reading_vectors),
    cmocka_unit_test(writing),
    cmocka_unit_test(writing_vectors),
    cmocka_unit_test(longest_vectors),
    cmocka_unit_test(vectors_of_spans),
    cmocka_unit_test(bad_uses_of_a_writer),
    cmocka_unit_test(overflow_is_sticky),
};

int main(void)
{
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}

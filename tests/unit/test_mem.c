// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Memory: wiping, constant-time comparison, buffers that grow within bounds, arenas, option structs
// of other versions, reference counts. Nothing comes back to the allocator unwiped.
#include "rows.h"

#include "counting.h"
#include "panics.h"

#include "base/mem.h"
#include "base/ref.h"

static struct counting heap;

static int setup(void **state)
{
    (void)state;
    counting_init(&heap);
    return 0;
}

// Each test ends with nothing left and nothing unwiped.
static int teardown(void **state)
{
    (void)state;
    return heap.live_blocks == 0 && heap.live_bytes == 0 && heap.unwiped == 0 ? 0 : -1;
}

static bool all_zero(const void *p, size_t n)
{
    const uint8_t *bytes = p;
    for (size_t i = 0; i < n; i++) {
        if (bytes[i] != 0) {
            return false;
        }
    }
    return true;
}

static void wiping(void **state)
{
    (void)state;
    uint8_t bytes[16];
    memset(bytes, 0xff, sizeof bytes);
    ptn_wipe(bytes + 4, 8);
    assert_true(all_zero(bytes + 4, 8));
    assert_int_equal(bytes[3], 0xff);
    assert_int_equal(bytes[12], 0xff);
    patina_wipe(bytes, 4);
    assert_true(all_zero(bytes, 12));
    ptn_mspan_wipe((patina_mspan){bytes, sizeof bytes});
    assert_true(all_zero(bytes, sizeof bytes));
    ptn_wipe(NULL, 0);
    patina_wipe(NULL, 0);
    ptn_mspan_wipe((patina_mspan){0});
}

static void constant_time_comparison(void **state)
{
    (void)state;
    uint8_t a[48] = {0};
    uint8_t b[48] = {0};
    assert_true(ptn_ct_eq(PTN_SPAN_OF(a), PTN_SPAN_OF(b)));
    for (size_t bit = 0; bit < 48 * 8; bit++) {
        b[bit / 8] ^= (uint8_t)(1u << (bit % 8));
        assert_false(ptn_ct_eq(PTN_SPAN_OF(a), PTN_SPAN_OF(b)));
        b[bit / 8] ^= (uint8_t)(1u << (bit % 8));
    }
    // Differences that would cancel each other.
    b[0] = 1;
    b[1] = 1;
    assert_false(ptn_ct_eq(PTN_SPAN_OF(a), PTN_SPAN_OF(b)));
    assert_false(ptn_ct_eq((patina_span){a, 47}, (patina_span){a, 48}));
    assert_true(ptn_ct_eq((patina_span){0}, (patina_span){0}));
    assert_true(ptn_ct_eq((patina_span){a, 0}, (patina_span){0}));
}

static void plain_blocks(void **state)
{
    (void)state;
    assert_ptr_equal(ptn_allocator_or_heap(NULL), &ptn_heap);
    assert_ptr_equal(ptn_allocator_or_heap(&heap.alloc), &heap.alloc);

    uint8_t *p = ptn_alloc(&heap.alloc, 100);
    assert_non_null(p);
    assert_true(all_zero(p, 100));
    memset(p, 0xff, 100);
    ptn_free(&heap.alloc, p, 100);
    ptn_free(&heap.alloc, NULL, 100);
    assert_null(ptn_alloc(&heap.alloc, 0));
    assert_int_equal(heap.allocations, 1);
    heap.fail_at = 2;
    assert_null(ptn_alloc(&heap.alloc, 100));

    p = ptn_alloc(&ptn_heap, 100);
    assert_non_null(p);
    assert_true(all_zero(p, 100));
    p = ptn_heap.resize(ptn_heap.user, p, 100, 200);
    assert_non_null(p);
    ptn_free(&ptn_heap, p, 200);
}

static void arrays(void **state)
{
    (void)state;
    uint64_t *p = ptn_alloc_array(&heap.alloc, 7, sizeof *p);
    assert_int_equal(heap.live_bytes, 56);
    ptn_free(&heap.alloc, p, 56);
    assert_null(ptn_alloc_array(&heap.alloc, SIZE_MAX / 4, 8)); // the product overflows
    assert_null(ptn_alloc_array(&heap.alloc, 0, 8));
    assert_int_equal(heap.allocations, 1);
}

static void copies_of_spans(void **state)
{
    (void)state;
    patina_span copy = PTN_SPAN_LITERAL("rubbish");
    assert_true(ptn_span_dup(&heap.alloc, PTN_SPAN_LITERAL("text"), &copy));
    assert_span(copy, "'text'");
    ptn_span_free(&heap.alloc, copy);
    assert_true(ptn_span_dup(&heap.alloc, (patina_span){0}, &copy));
    assert_empty(copy);
    ptn_span_free(&heap.alloc, copy);
    heap.fail_at = 2;
    copy = PTN_SPAN_LITERAL("rubbish");
    assert_false(ptn_span_dup(&heap.alloc, PTN_SPAN_LITERAL("text"), &copy));
    assert_empty(copy);
}

// ---- Buffers

static void buffer_grows_within_twice_its_bytes(void **state)
{
    (void)state;
    struct ptn_buf b;
    uint8_t byte = 0xee;
    ptn_buf_init(&b, &heap.alloc, 10000);
    assert_empty(ptn_buf_span(&b));
    assert_int_equal(ptn_buf_mspan(&b).len, 0);
    assert_int_equal(heap.allocations, 0);
    for (size_t i = 1; i <= 10000; i++) {
        assert_true(ptn_buf_append(&b, (patina_span){&byte, 1}));
        assert_int_equal(ptn_buf_len(&b), i);
        assert_true(heap.live_bytes <= (i < 128 ? 256 : 2 * i));
    }
    assert_false(ptn_buf_append(&b, (patina_span){&byte, 1})); // the cap
    assert_int_equal(ptn_buf_len(&b), 10000);
    assert_true(ptn_buf_append(&b, (patina_span){0}));
    assert_int_equal(ptn_buf_span(&b).len, 10000);
    assert_int_equal(ptn_span_at(ptn_buf_span(&b), 9999), 0xee);
    assert_true(heap.allocations < 10);
    ptn_buf_clear(&b);
    assert_int_equal(ptn_buf_len(&b), 0);
    assert_true(ptn_buf_append(&b, PTN_SPAN_LITERAL("again")));
    assert_span(ptn_buf_span(&b), "'again'");
    ptn_buf_clear(&b);
    ptn_buf_clear(&b);
}

static void buffer_extends_with_zeros(void **state)
{
    (void)state;
    struct ptn_buf b;
    patina_mspan more;
    ptn_buf_init(&b, &heap.alloc, 1000);
    assert_true(ptn_buf_extend(&b, 0, &more));
    assert_int_equal(more.len, 0);
    assert_null(more.ptr);
    assert_true(ptn_buf_append(&b, PTN_SPAN_LITERAL("head")));
    assert_true(ptn_buf_extend(&b, 10, &more));
    assert_int_equal(more.len, 10);
    assert_true(all_zero(more.ptr, 10));
    ptn_mspan_fill(more, 7);
    assert_span(ptn_buf_span(&b), "'head' 10*07");
    ptn_buf_truncate(&b, 4);
    assert_true(ptn_buf_extend(&b, 10, &more));
    assert_span(ptn_buf_span(&b), "'head' 10*00");
    more = (patina_mspan){(uint8_t *)&b, 1};
    assert_false(ptn_buf_extend(&b, 1000, &more));
    assert_int_equal(more.len, 0);
    assert_null(more.ptr);
    assert_false(ptn_buf_extend(&b, SIZE_MAX, &more));
    assert_int_equal(ptn_buf_len(&b), 14);
    ptn_buf_clear(&b);
}

static void buffer_drops_and_truncates(void **state)
{
    (void)state;
    struct ptn_buf b;
    ptn_buf_init(&b, &heap.alloc, 1000);
    assert_true(ptn_buf_append(&b, PTN_SPAN_LITERAL("0123456789")));
    const uint8_t *start = ptn_buf_span(&b).ptr;
    ptn_buf_drop_front(&b, 0);
    ptn_buf_drop_front(&b, 3);
    assert_span(ptn_buf_span(&b), "'3456789'");
    assert_true(all_zero(start + 7, 3)); // what moved away is wiped
    ptn_buf_truncate(&b, 100);
    ptn_buf_truncate(&b, 5);
    assert_span(ptn_buf_span(&b), "'34567'");
    assert_true(all_zero(start + 5, 5));
    ptn_buf_drop_front(&b, 100);
    assert_int_equal(ptn_buf_len(&b), 0);
    assert_true(all_zero(start, 10));
    ptn_buf_drop_front(&b, 1);
    ptn_buf_clear(&b);
}

static void buffer_without_memory(void **state)
{
    (void)state;
    struct ptn_buf b;
    uint8_t bytes[600] = {1};
    ptn_buf_init(&b, &heap.alloc, 1000);
    heap.fail_at = 1;
    assert_false(ptn_buf_append(&b, PTN_SPAN_LITERAL("text")));
    assert_empty(ptn_buf_span(&b));
    assert_true(ptn_buf_append(&b, PTN_SPAN_LITERAL("text")));
    heap.fail_at = 3;
    assert_false(ptn_buf_append(&b, PTN_SPAN_OF(bytes)));
    assert_span(ptn_buf_span(&b), "'text'"); // as it was
    assert_true(ptn_buf_append(&b, PTN_SPAN_OF(bytes)));
    assert_int_equal(ptn_buf_len(&b), 604);
    ptn_buf_clear(&b);

    ptn_buf_init(&b, &heap.alloc, 10); // a cap below the first block
    assert_true(ptn_buf_append(&b, (patina_span){bytes, 10}));
    assert_int_equal(heap.live_bytes, 10);
    ptn_buf_clear(&b);
    ptn_buf_init(&b, &heap.alloc, 0);
    assert_false(ptn_buf_append(&b, (patina_span){bytes, 1}));
}

// ---- Arenas

static void arena_blocks(void **state)
{
    (void)state;
    struct ptn_arena a;
    uint8_t *blocks[200];
    ptn_arena_init(&a, &heap.alloc, 1 << 20);
    for (size_t i = 0; i < 200; i++) {
        size_t size = 1 + (i * 37) % 3000;
        blocks[i] = ptn_arena_alloc(&a, size);
        assert_non_null(blocks[i]);
        assert_int_equal((uintptr_t)blocks[i] % 16, 0);
        assert_true(all_zero(blocks[i], size));
        memset(blocks[i], (int)i, size);
    }
    for (size_t i = 0; i < 200; i++) { // none moved, none overlaps another
        size_t size = 1 + (i * 37) % 3000;
        assert_int_equal(blocks[i][0], i & 0xff);
        assert_int_equal(blocks[i][size - 1], i & 0xff);
    }
    assert_true(ptn_arena_total(&a) == heap.live_bytes);
    assert_null(ptn_arena_alloc(&a, 0));
    assert_null(ptn_arena_alloc(&a, SIZE_MAX));
    assert_null(ptn_arena_alloc(&a, SIZE_MAX - 20));
    ptn_arena_clear(&a);
    assert_int_equal(ptn_arena_total(&a), 0);
    assert_int_equal(heap.live_bytes, 0);
    assert_non_null(ptn_arena_alloc(&a, 1));
    ptn_arena_clear(&a);
    ptn_arena_clear(&a);
}

static void arena_has_a_cap(void **state)
{
    (void)state;
    struct ptn_arena a;
    ptn_arena_init(&a, &heap.alloc, 5000);
    size_t got = 0;
    while (ptn_arena_alloc(&a, 100) != NULL) {
        got++;
        assert_true(ptn_arena_total(&a) <= 5000);
    }
    assert_true(got >= 40);
    assert_true(heap.live_bytes <= 5000);
    ptn_arena_clear(&a);
    assert_null(ptn_arena_alloc(&a, 5000)); // no room for the block's own head
    assert_non_null(ptn_arena_alloc(&a, 4900));
    ptn_arena_clear(&a);
}

static void arena_copies(void **state)
{
    (void)state;
    struct ptn_arena a;
    patina_span copy = {0};
    ptn_arena_init(&a, &heap.alloc, 4096);
    assert_true(ptn_arena_dup(&a, PTN_SPAN_LITERAL("text"), &copy));
    assert_span(copy, "'text'");
    assert_true(ptn_arena_dup(&a, (patina_span){0}, &copy));
    assert_empty(copy);
    heap.fail_at = heap.allocations + 1;
    uint8_t bytes[3000] = {0};
    copy = PTN_SPAN_LITERAL("rubbish");
    assert_false(ptn_arena_dup(&a, PTN_SPAN_OF(bytes), &copy));
    assert_empty(copy);
    ptn_arena_clear(&a);
}

// ---- Options

static void options_of_other_versions(void **state)
{
    (void)state;
    static const struct {
        size_t from_size;
        uint8_t last; // of what is given
        bool good;
    } rows[] = {
        {3, 1, false},  // smaller than any version ever was
        {4, 1, true},   // an older one
        {8, 1, true},   // ours
        {9, 1, false},  // a newer one that sets something unknown here
        {12, 1, false}, //
        {9, 0, true},   // a newer one that does not
        {12, 0, true},
    };
    for (size_t i = 0; i < PTN_COUNT(rows); i++) {
        uint8_t given[12] = {1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0};
        uint8_t got[8];
        given[rows[i].from_size - 1] = rows[i].last;
        memset(got, 0x5a, sizeof got);
        assert_int_equal(ptn_copy_options(got, sizeof got, given, rows[i].from_size, 4),
                         rows[i].good);
        if (rows[i].good) {
            size_t same = ptn_min_size(rows[i].from_size, sizeof got);
            assert_memory_equal(got, given, same);
            assert_true(all_zero(got + same, sizeof got - same));
        }
    }
    uint8_t got[8] = {1};
    assert_false(ptn_copy_options(got, sizeof got, NULL, 8, 4));
    assert_true(all_zero(got, sizeof got));
}

// ---- Reference counts

static void reference_counts(void **state)
{
    (void)state;
    struct ptn_ref ref;
    ptn_ref_init(&ref);
    ptn_ref_add(&ref);
    ptn_ref_add(&ref);
    assert_false(ptn_ref_drop(&ref));
    assert_false(ptn_ref_drop(&ref));
    assert_true(ptn_ref_drop(&ref));
}

static void drop_too_often(void)
{
    struct ptn_ref ref;
    ptn_ref_init(&ref);
    (void)ptn_ref_drop(&ref);
    (void)ptn_ref_drop(&ref);
}
static void revive_the_dead(void)
{
    struct ptn_ref ref;
    ptn_ref_init(&ref);
    (void)ptn_ref_drop(&ref);
    ptn_ref_add(&ref);
}

static void misused_reference_counts_panic(void **state)
{
    (void)state;
    assert_true(panics(drop_too_often));
    assert_true(panics(revive_the_dead));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
static const struct CMUnitTest tests[] = {
    TEST(wiping),
    TEST(constant_time_comparison),
    TEST(plain_blocks),
    TEST(arrays),
    TEST(copies_of_spans),
    TEST(buffer_grows_within_twice_its_bytes),
    TEST(buffer_extends_with_zeros),
    TEST(buffer_drops_and_truncates),
    TEST(buffer_without_memory),
    TEST(arena_blocks),
    TEST(arena_has_a_cap),
    TEST(arena_copies),
    TEST(options_of_other_versions),
    TEST(reference_counts),
    TEST(misused_reference_counts_panic),
};

int main(void)
{
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}

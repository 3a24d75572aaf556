// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The transcript hash, RFC 9846 §4.1. Real hashes: tests/vectors.
#include "rows.h"

#include "counting.h"
#include "toy_crypto.h"

#include "keys/transcript.h"

static struct counting memory;

static int setup(void **state)
{
    (void)state;
    toy_reset();
    counting_init(&memory);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    return toy.live == 0 && memory.live_blocks == 0 && memory.unwiped == 0 ? 0 : -1;
}

static void assert_hash_of(struct ptn_transcript *t, const char *notation)
{
    patina_span bytes = notation_bytes(notation);
    struct patina_digest have, want;
    assert_err(toy_hash.once(&toy_hash, &bytes, 1, &want), PATINA_OK);
    assert_err(ptn_transcript_peek(t, &have), PATINA_OK);
    assert_int_equal(have.len, want.len);
    assert_memory_equal(have.bytes, want.bytes, want.len);
    notation_free(bytes);
}

static void add(struct ptn_transcript *t, const char *notation)
{
    patina_span bytes = notation_bytes(notation);
    assert_err(ptn_transcript_add(t, bytes), PATINA_OK);
    notation_free(bytes); // nothing is kept by reference
}

// The choice may come before, between or after the first messages.
static void chosen_at_any_time(void **state)
{
    (void)state;
    for (int when = 0; when <= 2; when++) {
        struct ptn_transcript t;
        ptn_transcript_init(&t, &memory.alloc);
        for (int i = 0; i <= 2; i++) {
            if (i == when) {
                assert_err(ptn_transcript_choose(&t, &toy_hash), PATINA_OK);
                assert_int_equal(ptn_buf_len(&t.early), 0);
                assert_int_equal(memory.live_blocks, 1); // what was kept is gone
            }
            if (i < 2) {
                add(&t, i == 0 ? "01 3(500*aa)" : "02 3(bb)");
            }
        }
        assert_hash_of(&t, "01 3(500*aa) 02 3(bb)");
        ptn_transcript_clear(&t);
    }
}

static void peek_goes_on(void **state)
{
    struct ptn_transcript t;
    (void)state;
    ptn_transcript_init(&t, &memory.alloc);
    assert_err(ptn_transcript_choose(&t, &toy_hash), PATINA_OK);
    assert_hash_of(&t, "");
    add(&t, "01 3(aa)");
    assert_hash_of(&t, "01 3(aa)");
    assert_hash_of(&t, "01 3(aa)");
    add(&t, "02 3(bb)");
    assert_hash_of(&t, "01 3(aa) 02 3(bb)");
    ptn_transcript_clear(&t);
}

// RFC 9846 §4.1: message_hash stands for ClientHello1.
static void retry(void **state)
{
    struct ptn_transcript t;
    struct patina_digest first;
    uint8_t made[4 + 32 + 5] = {254, 0, 0, 32};
    patina_span whole = PTN_SPAN_OF(made);
    struct patina_digest have, want;
    (void)state;
    ptn_transcript_init(&t, &memory.alloc);
    add(&t, "01 3(300*aa)");
    assert_err(ptn_transcript_choose(&t, &toy_hash), PATINA_OK);
    assert_err(ptn_transcript_peek(&t, &first), PATINA_OK);
    assert_err(ptn_transcript_retry(&t), PATINA_OK);
    add(&t, "02 3(bb)");
    memcpy(made + 4, first.bytes, 32);
    memcpy(made + 36, (const uint8_t[]){2, 0, 0, 1, 0xbb}, 5);
    assert_err(toy_hash.once(&toy_hash, &whole, 1, &want), PATINA_OK);
    assert_err(ptn_transcript_peek(&t, &have), PATINA_OK);
    assert_memory_equal(have.bytes, want.bytes, want.len);
    ptn_transcript_clear(&t);
}

static void clear_at_any_time(void **state)
{
    struct ptn_transcript t;
    (void)state;
    ptn_transcript_init(&t, &memory.alloc);
    ptn_transcript_clear(&t);
    add(&t, "01 3(aa)");
    ptn_transcript_clear(&t);
    add(&t, "01 3(aa)");
    assert_err(ptn_transcript_choose(&t, &toy_hash), PATINA_OK);
    ptn_transcript_clear(&t);
    ptn_transcript_clear(&t);
}

static patina_err whole_run(struct ptn_transcript *t)
{
    struct patina_digest digest = {.len = 9};
    patina_span hello = notation_bytes("01 3(1000*aa)");
    patina_err err = ptn_transcript_add(t, hello);
    notation_free(hello);
    PTN_TRY(err);
    PTN_TRY(ptn_transcript_choose(t, &toy_hash));
    PTN_TRY(ptn_transcript_retry(t));
    PTN_TRY(ptn_transcript_add(t, PTN_SPAN_LITERAL("more")));
    err = ptn_transcript_peek(t, &digest);
    assert_int_equal(digest.len, err == PATINA_OK ? 32 : 0);
    return err;
}

// Each allocation and each call of the provider fails once.
static void everything_fails_once(void **state)
{
    (void)state;
    for (int by_memory = 0; by_memory <= 1; by_memory++) {
        size_t n = 0;
        patina_err err = PATINA_ERR_INTERNAL;
        while (err != PATINA_OK) {
            struct ptn_transcript t;
            (void)setup(NULL);
            n++;
            *(by_memory ? &memory.fail_at : &toy.fail_at) = n;
            ptn_transcript_init(&t, &memory.alloc);
            err = whole_run(&t);
            assert_true(err == PATINA_OK ||
                        err == (by_memory ? PATINA_ERR_NO_MEMORY : PATINA_ERR_PROVIDER));
            ptn_transcript_clear(&t);
            assert_int_equal(teardown(NULL), 0);
        }
        assert_int_equal(n, by_memory ? 3 : 9); // one more than there are
    }
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

static const struct CMUnitTest tests[] = {
    TEST(chosen_at_any_time), TEST(peek_goes_on),          TEST(retry),
    TEST(clear_at_any_time),  TEST(everything_fails_once),
};

int main(void)
{
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// HKDF's glue and the key schedule over a toy HMAC: what fails, what is wiped, how often is keyed.
// Values: schedule13 and tests/vectors.
#include "rows.h"

#include "counting.h"
#include "toy_crypto.h"

#include "keys/schedule13.h"

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

static const struct patina_digest transcript = {.bytes = {1, 2, 3}, .len = 32};
static const struct patina_kx_secret kx = {.bytes = {4, 5, 6}, .len = 32};

static void assert_zeros(const void *p, size_t n)
{
    const uint8_t *bytes = p;
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(bytes[i], 0);
    }
}

static void start(struct ptn_hkdf *h, const struct patina_hmac *hmac)
{
    struct ptn_secret secret = {.bytes = {7}, .len = 32};
    assert_err(ptn_hkdf_init(h, hmac, &memory.alloc), PATINA_OK);
    assert_err(ptn_hkdf_key(h, &secret), PATINA_OK);
}

// ---- Bounds

static void output_lengths(void **state)
{
    static uint8_t whole[255 * 32 + 1], part[255 * 32 + 1];
    struct ptn_hkdf h;
    (void)state;
    start(&h, &toy_hmac);
    for (size_t len = 0; len <= sizeof part; len += len < 100 || len >= 8150 ? 1 : 50) {
        memset(part, 0xee, sizeof part);
        patina_err err =
            ptn_hkdf_expand_label(&h, "label", (patina_span){0}, (patina_mspan){part, len});
        assert_err(err, len <= 255 * 32 ? PATINA_OK : PATINA_ERR_EXPORTER_TOO_LONG);
        if (err != PATINA_OK) {
            assert_zeros(part, len);
        } else if (len < sizeof part) {
            assert_int_equal(part[len], 0xee);
        }
    }
    // Blocks differ: the second is made of the first and another counter.
    assert_err(
        ptn_hkdf_expand_label(&h, "label", (patina_span){0}, (patina_mspan){whole, 255 * 32}),
        PATINA_OK);
    for (size_t block = 1; block < 255; block++) {
        assert_memory_not_equal(whole + (block - 1) * 32, whole + block * 32, 32);
    }
    ptn_hkdf_clear(&h);
}

static void label_lengths(void **state)
{
    static const uint8_t text[300] = {'x'};
    struct ptn_hkdf h;
    (void)state;
    start(&h, &toy_hmac);
    for (size_t len = 0; len < sizeof text; len++) {
        uint8_t out[16] = {9};
        patina_err err = ptn_hkdf_expand_label_span(&h, (patina_span){text, len}, (patina_span){0},
                                                    PTN_MSPAN_OF(out));
        assert_err(err, len <= 249 ? PATINA_OK : PATINA_ERR_MISUSE);
        if (err != PATINA_OK) {
            assert_zeros(out, sizeof out);
        }
    }
    ptn_hkdf_clear(&h);
}

// The longest label and the longest context together, RFC 9846 §7.1; the context counts to its end.
static void longest_info(void **state)
{
    static const uint8_t label[249] = {'x'};
    uint8_t context[255] = {'y'};
    uint8_t one[32], other[32];
    struct ptn_hkdf h;
    (void)state;
    start(&h, &toy_hmac);
    assert_err(
        ptn_hkdf_expand_label_span(&h, PTN_SPAN_OF(label), PTN_SPAN_OF(context), PTN_MSPAN_OF(one)),
        PATINA_OK);
    context[254] = 1;
    assert_err(ptn_hkdf_expand_label_span(&h, PTN_SPAN_OF(label), PTN_SPAN_OF(context),
                                          PTN_MSPAN_OF(other)),
               PATINA_OK);
    assert_memory_not_equal(one, other, sizeof one);
    ptn_hkdf_clear(&h);
}

// ---- A provider with an HKDF of its own gives the same values through it.

struct all_values {
    struct ptn_handshake_secrets13 hs;
    struct ptn_traffic_secrets13 ap;
    struct ptn_secret resumption;
    struct ptn_secret next;
    uint8_t key[16];
    struct patina_nonce iv;
    struct patina_digest finished;
    uint8_t exported[100];
};

static patina_err all_of_it(struct ptn_hkdf *h, struct all_values *v)
{
    PTN_TRY(ptn_schedule13_start(h, (patina_span){0}, &kx, &transcript, &v->hs));
    PTN_TRY(ptn_derive_traffic_key13(h, &v->hs.client, PTN_MSPAN_OF(v->key), &v->iv));
    PTN_TRY(ptn_derive_finished13(h, &v->hs.server, &transcript, &v->finished));
    PTN_TRY(ptn_schedule13_into_traffic(h, &v->hs, &transcript, &v->ap));
    PTN_TRY(ptn_schedule13_resumption(h, &v->ap, &transcript, &v->resumption));
    v->next = v->ap.client;
    PTN_TRY(ptn_derive_next_traffic13(h, &v->next));
    return ptn_export13(h, &v->ap.exporter, PTN_SPAN_LITERAL("label"), PTN_SPAN_LITERAL("context"),
                        PTN_MSPAN_OF(v->exported));
}

static void own_hkdf(void **state)
{
    struct ptn_hkdf h;
    struct all_values by_core = {0}, by_provider = {0};
    (void)state;
    assert_err(ptn_hkdf_init(&h, &toy_hmac, &memory.alloc), PATINA_OK);
    assert_err(all_of_it(&h, &by_core), PATINA_OK);
    assert_zeros(&h.prk_, sizeof h.prk_); // no secret is kept
    ptn_hkdf_clear(&h);
    assert_err(ptn_hkdf_init(&h, &toy_hmac_with_hkdf, &memory.alloc), PATINA_OK);
    assert_err(all_of_it(&h, &by_provider), PATINA_OK);
    ptn_hkdf_clear(&h);
    assert_memory_equal(&by_core, &by_provider, sizeof by_core);
    assert_zeros(&h, sizeof h);
}

// ---- Wiping

static void moving_on_wipes(void **state)
{
    struct ptn_hkdf h;
    struct all_values v = {0};
    (void)state;
    assert_err(ptn_hkdf_init(&h, &toy_hmac, &memory.alloc), PATINA_OK);
    assert_err(ptn_schedule13_start(&h, (patina_span){0}, &kx, &transcript, &v.hs), PATINA_OK);
    assert_int_equal(v.hs.main.len, 32);
    assert_err(ptn_schedule13_into_traffic(&h, &v.hs, &transcript, &v.ap), PATINA_OK);
    assert_zeros(&v.hs.main, sizeof v.hs.main);
    assert_int_equal(v.hs.client.len, 32); // still needed for our own Finished
    assert_int_equal(v.hs.server.len, 32);
    assert_int_equal(v.ap.main.len, 32);
    assert_err(ptn_schedule13_resumption(&h, &v.ap, &transcript, &v.resumption), PATINA_OK);
    assert_zeros(&v.ap.main, sizeof v.ap.main);
    assert_int_equal(v.ap.exporter.len, 32);
    ptn_hkdf_clear(&h);
}

// ---- Failures: each allocation and each call of the provider fails once; then outputs are zeros.

struct step_row {
    patina_err (*run)(struct ptn_hkdf *h, struct all_values *v); // on failure the output is zeros
    size_t calls;                                                // of the provider
    size_t keyed;                                                // keyings among them
};

static const struct ptn_secret base = {.bytes = {8, 9}, .len = 32};

static patina_err run_extract(struct ptn_hkdf *h, struct all_values *v)
{
    memset(&v->next, 0xee, sizeof v->next);
    patina_err err =
        ptn_hkdf_extract(h, PTN_SPAN_LITERAL("salt"), PTN_SPAN_LITERAL("ikm"), &v->next);
    if (err != PATINA_OK) {
        assert_zeros(&v->next, sizeof v->next);
    }
    return err;
}

static patina_err run_start(struct ptn_hkdf *h, struct all_values *v)
{
    memset(&v->hs, 0xee, sizeof v->hs);
    patina_err err = ptn_schedule13_start(h, (patina_span){0}, &kx, &transcript, &v->hs);
    if (err != PATINA_OK) {
        assert_zeros(&v->hs, sizeof v->hs);
    }
    return err;
}

static patina_err run_into_traffic(struct ptn_hkdf *h, struct all_values *v)
{
    v->hs.main = base;
    memset(&v->ap, 0xee, sizeof v->ap);
    patina_err err = ptn_schedule13_into_traffic(h, &v->hs, &transcript, &v->ap);
    assert_zeros(&v->hs.main, sizeof v->hs.main);
    if (err != PATINA_OK) {
        assert_zeros(&v->ap, sizeof v->ap);
    }
    return err;
}

static patina_err run_resumption(struct ptn_hkdf *h, struct all_values *v)
{
    v->ap.main = base;
    memset(&v->resumption, 0xee, sizeof v->resumption);
    patina_err err = ptn_schedule13_resumption(h, &v->ap, &transcript, &v->resumption);
    assert_zeros(&v->ap.main, sizeof v->ap.main);
    if (err != PATINA_OK) {
        assert_zeros(&v->resumption, sizeof v->resumption);
    }
    return err;
}

static patina_err run_traffic_key(struct ptn_hkdf *h, struct all_values *v)
{
    memset(v->key, 0xee, sizeof v->key);
    memset(&v->iv, 0xee, sizeof v->iv);
    patina_err err = ptn_derive_traffic_key13(h, &base, PTN_MSPAN_OF(v->key), &v->iv);
    if (err != PATINA_OK) {
        assert_zeros(v->key, sizeof v->key);
        assert_zeros(&v->iv, sizeof v->iv);
    }
    return err;
}

static patina_err run_next_traffic(struct ptn_hkdf *h, struct all_values *v)
{
    v->next = base;
    patina_err err = ptn_derive_next_traffic13(h, &v->next);
    if (err != PATINA_OK) {
        assert_zeros(&v->next, sizeof v->next);
    }
    return err;
}

static patina_err run_finished(struct ptn_hkdf *h, struct all_values *v)
{
    memset(&v->finished, 0xee, sizeof v->finished);
    patina_err err = ptn_derive_finished13(h, &base, &transcript, &v->finished);
    if (err != PATINA_OK) {
        assert_zeros(&v->finished, sizeof v->finished);
    }
    return err;
}

static patina_err run_export(struct ptn_hkdf *h, struct all_values *v)
{
    memset(v->exported, 0xee, sizeof v->exported);
    patina_err err = ptn_export13(h, &base, PTN_SPAN_LITERAL("label"), PTN_SPAN_LITERAL("context"),
                                  PTN_MSPAN_OF(v->exported));
    if (err != PATINA_OK) {
        assert_zeros(v->exported, sizeof v->exported);
    }
    return err;
}

static void check_step(void **state)
{
    const struct step_row *row = *state;
    patina_err err = PATINA_ERR_INTERNAL;
    size_t n = 0;
    while (err != PATINA_OK) {
        struct ptn_hkdf h;
        struct all_values v = {0};
        (void)setup(NULL);
        n++;
        assert_err(ptn_hkdf_init(&h, &toy_hmac, &memory.alloc), PATINA_OK);
        toy.fail_at = n;
        err = row->run(&h, &v);
        assert_true(err == PATINA_OK || err == PATINA_ERR_PROVIDER);
        ptn_hkdf_clear(&h);
        assert_int_equal(teardown(NULL), 0);
    }
    assert_int_equal(n - 1, row->calls);
    assert_int_equal(toy.keyed, row->keyed);
}

#define STEP(name, run, calls, keyed)                    \
    {                                                    \
        name, check_step, NULL, NULL, &(struct step_row) \
        {                                                \
            run, calls, keyed                            \
        }                                                \
    }

static void no_memory(void **state)
{
    struct ptn_hkdf h;
    (void)state;
    memset(&h, 0xee, sizeof h);
    memory.fail_at = 1;
    assert_err(ptn_hkdf_init(&h, &toy_hmac, &memory.alloc), PATINA_ERR_NO_MEMORY);
    ptn_hkdf_clear(&h); // half-made is no harm
    ptn_hkdf_clear(&h);
}

static void one_allocation(void **state)
{
    struct ptn_hkdf h;
    struct all_values v = {0};
    (void)state;
    assert_err(ptn_hkdf_init(&h, &toy_hmac, &memory.alloc), PATINA_OK);
    assert_err(all_of_it(&h, &v), PATINA_OK);
    assert_int_equal(memory.allocations, 1);
    ptn_hkdf_clear(&h);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

static const struct CMUnitTest tests[] = {
    TEST(output_lengths),
    TEST(label_lengths),
    TEST(longest_info),
    TEST(own_hkdf),
    TEST(moving_on_wipes),
    STEP("extract", run_extract, 2, 1),
    STEP("handshake secrets", run_start, 13, 5),
    STEP("traffic secrets", run_into_traffic, 4, 1),
    STEP("resumption secret", run_resumption, 2, 1),
    STEP("traffic key", run_traffic_key, 3, 1),
    STEP("next traffic secret", run_next_traffic, 2, 1),
    STEP("Finished", run_finished, 4, 2),
    STEP("exporter", run_export, 9, 2),
    TEST(no_memory),
    TEST(one_allocation),
};

int main(void)
{
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}

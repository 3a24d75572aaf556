// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Key exchange and its hybrids, RFC 9846 §4.3.8, RFC 10024, over groups that show which half went
// where. Real groups: the provider suite.
#include "rows.h"

#include "counting.h"
#include "toy_crypto.h"

#include "keys/hybrid.h"

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

static const struct patina_group *const all_groups[] = {&toy_mlkem768, &toy_mlkem1024, &toy_x25519,
                                                        &toy_p256, &toy_p384};
static const struct patina_provider all = {.groups = all_groups,
                                           .groups_count = PTN_COUNT(all_groups)};
static const struct patina_group *const few_groups[] = {&toy_x25519, &toy_p384};
static const struct patina_provider few = {.groups = few_groups,
                                           .groups_count = PTN_COUNT(few_groups)};
// A provider that has the hybrid as a row of its own.
static const struct patina_group whole_hybrid = {
    .id = PTN_GROUP_X25519MLKEM768, .share_len = 1216, .reply_len = 1120};
static const struct patina_group *const own_groups[] = {&toy_x25519, &whole_hybrid};
static const struct patina_provider own = {.groups = own_groups,
                                           .groups_count = PTN_COUNT(own_groups)};
static const struct patina_provider none = {0};

// ---- Finding

struct find_row {
    const struct patina_provider *provider;
    uint16_t id;
    bool found;
    const struct patina_group *curve, *kem;
    bool kem_first;
    size_t share_len, reply_len;
};

static void check_find(void **state)
{
    const struct find_row *row = *state;
    struct ptn_kx_group g = {.id = 99, .curve = &toy_p256};
    assert_int_equal(ptn_kx_group_find(row->provider, row->id, &g), row->found);
    assert_int_equal(g.id, row->found ? row->id : g.id);
    assert_ptr_equal(g.curve, row->curve);
    assert_ptr_equal(g.kem, row->kem);
    assert_int_equal(g.kem_first, row->kem_first);
    if (row->found) {
        assert_int_equal(ptn_kx_share_len(&g), row->share_len);
        assert_int_equal(ptn_kx_reply_len(&g), row->reply_len);
    }
}

#define FIND(name, ...)                                  \
    {                                                    \
        name, check_find, NULL, NULL, &(struct find_row) \
        {                                                \
            __VA_ARGS__                                  \
        }                                                \
    }

// ---- Exchanges

enum { MAX_SHARE = 1700 };

struct kx_row {
    uint16_t id;
    const char *share; // what the toys write
    const char *reply;
    const char *secret;
    size_t curve_at; // of the curve's share in the share
    const char *curve_secret;
};

static struct ptn_kx_group group_of(uint16_t id)
{
    struct ptn_kx_group g;
    assert_true(ptn_kx_group_find(&all, id, &g));
    return g;
}

static void assert_secret(const struct patina_kx_secret *s, const char *want)
{
    assert_span(ptn_span_first(PTN_SPAN_OF(s->bytes), s->len), want);
}

static void check_exchange(void **state)
{
    const struct kx_row *row = *state;
    struct ptn_kx_group g;
    struct ptn_arena arena;
    struct ptn_kx kx;
    static uint8_t share[MAX_SHARE], reply[MAX_SHARE];
    struct patina_kx_secret ours, theirs;

    (void)setup(NULL);
    g = group_of(row->id);
    ptn_arena_init(&arena, &memory.alloc, 65536);
    patina_mspan out_share = {share, ptn_kx_share_len(&g)};
    patina_mspan out_reply = {reply, ptn_kx_reply_len(&g)};
    assert_err(ptn_kx_start(&kx, &g, &arena, out_share), PATINA_OK);
    assert_span(ptn_span(out_share), row->share);
    assert_err(ptn_kx_respond(&g, ptn_span(out_share), out_reply, &theirs), PATINA_OK);
    assert_span(ptn_span(out_reply), row->reply);
    assert_secret(&theirs, row->secret);
    assert_err(ptn_kx_finish(&kx, row->id, ptn_span(out_reply), &ours), PATINA_OK);
    assert_secret(&ours, row->secret);

    // The curve's half alone, as the peer may choose it (RFC 9846 §4.3.8).
    struct ptn_kx_group curve = group_of(g.curve->id);
    patina_span part = ptn_kx_curve_share(&kx, ptn_span(out_share));
    assert_ptr_equal(part.ptr, share + row->curve_at);
    assert_int_equal(part.len, g.curve->share_len);
    out_reply.len = ptn_kx_reply_len(&curve);
    assert_err(ptn_kx_respond(&curve, part, out_reply, &theirs), PATINA_OK);
    assert_secret(&theirs, row->curve_secret);
    assert_err(ptn_kx_finish(&kx, g.curve->id, ptn_span(out_reply), &ours), PATINA_OK);
    assert_secret(&ours, row->curve_secret);

    ptn_kx_clear(&kx);
    assert_int_equal(toy.live, 0);
    ptn_kx_clear(&kx);
    ptn_arena_clear(&arena);
    assert_int_equal(teardown(NULL), 0);
}

#define EXCHANGE(name, ...)                                \
    {                                                      \
        name, check_exchange, NULL, NULL, &(struct kx_row) \
        {                                                  \
            __VA_ARGS__                                    \
        }                                                  \
    }

// ---- What a peer may send

struct bad_row {
    uint16_t id, as; // the group, and what the reply is for
    size_t len;      // of the reply or share
    size_t bad_at;   // here a byte says "invalid"; SIZE_MAX: nowhere
    patina_err reply, share;
};

static void check_bad(void **state)
{
    const struct bad_row *row = *state;
    struct ptn_kx_group g;
    struct ptn_arena arena;
    struct ptn_kx kx;
    static uint8_t share[MAX_SHARE], reply[MAX_SHARE];
    struct patina_kx_secret out;
    static const struct patina_kx_secret zeros;

    (void)setup(NULL);
    g = group_of(row->id);
    ptn_arena_init(&arena, &memory.alloc, 65536);
    assert_err(ptn_kx_start(&kx, &g, &arena, (patina_mspan){share, ptn_kx_share_len(&g)}),
               PATINA_OK);
    memset(reply, 0x11, sizeof reply);
    if (row->bad_at != SIZE_MAX) {
        reply[row->bad_at] = 0xff;
    }
    memset(&out, 0xee, sizeof out);
    patina_span peer = exact_copy(reply, row->len);
    assert_err(ptn_kx_finish(&kx, row->as, peer, &out), row->reply);
    if (row->reply != PATINA_OK) {
        assert_memory_equal(&out, &zeros, sizeof out);
    }
    notation_free(peer);
    ptn_kx_clear(&kx);
    ptn_arena_clear(&arena);
    assert_int_equal(teardown(NULL), 0);
}

static void check_bad_share(void **state)
{
    const struct bad_row *row = *state;
    struct ptn_kx_group g;
    static uint8_t share[MAX_SHARE], reply[MAX_SHARE];
    struct patina_kx_secret out;
    static const struct patina_kx_secret zeros;

    (void)setup(NULL);
    g = group_of(row->id);
    memset(share, 0x11, sizeof share);
    if (row->bad_at != SIZE_MAX) {
        share[row->bad_at] = 0xff;
    }
    memset(&out, 0xee, sizeof out);
    memset(reply, 0xee, sizeof reply);
    patina_span peer = exact_copy(share, row->len);
    assert_err(ptn_kx_respond(&g, peer, (patina_mspan){reply, ptn_kx_reply_len(&g)}, &out),
               row->share);
    if (row->share != PATINA_OK) {
        assert_memory_equal(&out, &zeros, sizeof out);
        for (size_t i = 0; i < ptn_kx_reply_len(&g); i++) {
            assert_int_equal(reply[i], 0);
        }
    }
    notation_free(peer);
    assert_int_equal(teardown(NULL), 0);
}

#define HYBRID PTN_GROUP_X25519MLKEM768
#define P256_HYBRID PTN_GROUP_SECP256R1MLKEM768
#define REPLY(name, id, as, len, bad_at, err) \
    {name, check_bad, NULL, NULL, &(struct bad_row){id, as, len, bad_at, PATINA_##err, 0}}
#define SHARE(name, id, len, bad_at, err)                    \
    {                                                        \
        name, check_bad_share, NULL, NULL, &(struct bad_row) \
        {                                                    \
            id, 0, len, bad_at, 0, PATINA_##err              \
        }                                                    \
    }

// ---- Failures of ours

static patina_err whole_exchange(struct ptn_kx *kx, struct ptn_arena *arena)
{
    struct ptn_kx_group g = group_of(HYBRID);
    static uint8_t share[1216], reply[1120];
    static const uint8_t zeros[1216];
    struct patina_kx_secret ours, theirs;

    memset(share, 0xee, sizeof share);
    memset(reply, 0xee, sizeof reply);
    patina_err err = ptn_kx_start(kx, &g, arena, PTN_MSPAN_OF(share));
    if (err != PATINA_OK) {
        assert_memory_equal(share, zeros, sizeof share);
        assert_int_equal(toy.live, 0);
        return err;
    }
    err = ptn_kx_respond(&g, PTN_SPAN_OF(share), PTN_MSPAN_OF(reply), &theirs);
    if (err != PATINA_OK) {
        assert_memory_equal(reply, zeros, sizeof reply);
        assert_memory_equal(&theirs, zeros, sizeof theirs);
        return err;
    }
    err = ptn_kx_finish(kx, HYBRID, PTN_SPAN_OF(reply), &ours);
    if (err != PATINA_OK) {
        assert_memory_equal(&ours, zeros, sizeof ours);
    }
    return err;
}

static void everything_fails_once(void **state)
{
    (void)state;
    for (int by_memory = 0; by_memory <= 1; by_memory++) {
        size_t n = 0;
        patina_err err = PATINA_ERR_INTERNAL;
        while (err != PATINA_OK) {
            struct ptn_kx kx = {0};
            struct ptn_arena arena;
            (void)setup(NULL);
            n++;
            *(by_memory ? &memory.fail_at : &toy.fail_at) = n;
            ptn_arena_init(&arena, &memory.alloc, 65536);
            err = whole_exchange(&kx, &arena);
            assert_true(err == PATINA_OK ||
                        err == (by_memory ? PATINA_ERR_NO_MEMORY : PATINA_ERR_PROVIDER));
            ptn_kx_clear(&kx);
            ptn_arena_clear(&arena);
            assert_int_equal(teardown(NULL), 0);
        }
        assert_int_equal(n, by_memory ? 2 : 7); // one more than there are
    }
}

static void arena_is_full(void **state)
{
    // Too little for one context, for two, and enough.
    static const struct {
        size_t room;
        patina_err want;
    } rows[] = {{0, PATINA_ERR_NO_MEMORY}, {200, PATINA_ERR_NO_MEMORY}, {4096, PATINA_OK}};
    (void)state;
    for (size_t i = 0; i < PTN_COUNT(rows); i++) {
        struct ptn_kx kx = {0};
        struct ptn_arena arena;
        ptn_arena_init(&arena, &memory.alloc, rows[i].room);
        assert_err(whole_exchange(&kx, &arena), rows[i].want);
        ptn_kx_clear(&kx);
        ptn_arena_clear(&arena);
    }
}

// RFC 10024: not the peer's mistake.
static patina_err refuse(const struct patina_group *g, void *ctx, patina_span reply,
                         struct patina_kx_secret *out)
{
    (void)g;
    (void)ctx;
    (void)reply;
    *out = (struct patina_kx_secret){0};
    return PATINA_ERR_INVALID_SHARE;
}

static patina_err short_secret(const struct patina_group *g, void *ctx, patina_span reply,
                               struct patina_kx_secret *out)
{
    (void)ctx;
    (void)reply;
    *out = (struct patina_kx_secret){.len = g->secret_len - 1u};
    return PATINA_OK;
}

static patina_err never_short(const struct patina_group *g, void *ctx, patina_span reply,
                              struct patina_kx_secret *out)
{
    (void)ctx;
    (void)reply;
    *out = (struct patina_kx_secret){.len = g->secret_len};
    return PATINA_OK;
}

static patina_err fails_late(const struct patina_group *g, void *ctx, patina_span reply,
                             struct patina_kx_secret *out)
{
    (void)ctx;
    (void)reply;
    memset(out, 0x77, sizeof *out);
    out->len = g->secret_len;
    return PATINA_ERR_PROVIDER;
}

// A provider whose row `finish`es oddly: the KEM of a hybrid, its curve, or a curve alone.
static patina_err finish_oddly(uint16_t id, bool odd_kem,
                               patina_err (*finish)(const struct patina_group *, void *,
                                                    patina_span, struct patina_kx_secret *),
                               size_t reply_len)
{
    struct patina_group curve = toy_x25519;
    struct patina_group kem = toy_mlkem768;
    struct ptn_kx_group g = {HYBRID, &curve, &kem, true};
    struct ptn_arena arena;
    struct ptn_kx kx;
    static uint8_t share[1216];
    static const uint8_t reply[1300];
    static const struct patina_kx_secret zeros;
    struct patina_kx_secret out;
    *(odd_kem ? &kem.finish : &curve.finish) = finish;
    if (!odd_kem) {
        kem.finish = never_short;
    }
    ptn_arena_init(&arena, &memory.alloc, 65536);
    assert_err(ptn_kx_start(&kx, &g, &arena, PTN_MSPAN_OF(share)), PATINA_OK);
    memset(&out, 0xee, sizeof out);
    patina_err err = ptn_kx_finish(&kx, id, ptn_span_first(PTN_SPAN_OF(reply), reply_len), &out);
    if (err != PATINA_OK) {
        assert_memory_equal(&out, &zeros, sizeof out);
    }
    ptn_kx_clear(&kx);
    ptn_arena_clear(&arena);
    return err;
}

static void decapsulation_fails(void **state)
{
    (void)state;
    assert_err(finish_oddly(HYBRID, true, refuse, 1120), PATINA_ERR_PROVIDER);
}

static void secret_of_wrong_length(void **state)
{
    (void)state;
    assert_err(finish_oddly(HYBRID, true, short_secret, 1120), PATINA_ERR_PROVIDER);
    assert_err(finish_oddly(HYBRID, false, short_secret, 1120), PATINA_ERR_PROVIDER);
}

// Lengths are the core's business, not left to the provider.
static void lengths_are_checked_here(void **state)
{
    (void)state;
    assert_err(finish_oddly(0x001d, false, never_short, 32), PATINA_OK);
    assert_err(finish_oddly(0x001d, false, never_short, 31), PATINA_ERR_INVALID_SHARE);
    assert_err(finish_oddly(0x001d, false, never_short, 33), PATINA_ERR_INVALID_SHARE);
    assert_err(finish_oddly(HYBRID, false, never_short, 1120), PATINA_OK);
    assert_err(finish_oddly(HYBRID, false, never_short, 1119), PATINA_ERR_INVALID_SHARE);
    assert_err(finish_oddly(HYBRID, false, never_short, 1121), PATINA_ERR_INVALID_SHARE);
}

// What a failing row left in its output does not come out.
static void failure_leaves_nothing(void **state)
{
    (void)state;
    assert_err(finish_oddly(0x001d, false, fails_late, 32), PATINA_ERR_PROVIDER);
    assert_err(finish_oddly(HYBRID, false, fails_late, 1120), PATINA_ERR_PROVIDER);
    assert_err(finish_oddly(HYBRID, true, fails_late, 1120), PATINA_ERR_PROVIDER);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

static const struct CMUnitTest tests[] = {
    FIND("X25519", &all, 0x001d, true, &toy_x25519, NULL, false, 32, 32),
    FIND("P-256", &all, 0x0017, true, &toy_p256, NULL, false, 65, 65),
    FIND("X25519MLKEM768, RFC 10024", &all, 0x11ec, true, &toy_x25519, &toy_mlkem768, true, 1216,
         1120),
    FIND("SecP256r1MLKEM768", &all, 0x11eb, true, &toy_p256, &toy_mlkem768, false, 1249, 1153),
    FIND("SecP384r1MLKEM1024", &all, 0x11ed, true, &toy_p384, &toy_mlkem1024, false, 1665, 1665),
    FIND("ML-KEM-768 alone is no group", &all, 0x0201, false, NULL, NULL, false, 0, 0),
    FIND("ML-KEM-1024 alone is no group", &all, 0x0202, false, NULL, NULL, false, 0, 0),
    FIND("unknown group", &all, 0x0a0a, false, NULL, NULL, false, 0, 0),
    FIND("hybrid without its KEM", &few, 0x11ec, false, NULL, NULL, false, 0, 0),
    FIND("hybrid without both", &few, 0x11eb, false, NULL, NULL, false, 0, 0),
    FIND("curve of such a provider", &few, 0x0018, true, &toy_p384, NULL, false, 97, 97),
    FIND("hybrid of the provider's own", &own, 0x11ec, true, &whole_hybrid, NULL, false, 1216,
         1120),
    FIND("provider without groups", &none, 0x001d, false, NULL, NULL, false, 0, 0),
    // The toys' bytes: a share is 0x10 and its group's last digit, a reply 0x20; a secret is both
    // and the group's number.
    EXCHANGE("X25519", 0x001d, "32*1d", "32*2d", "32*2d", 0, "32*2d"),
    EXCHANGE("P-384", 0x0018, "97*18", "97*28", "48*28", 0, "48*28"),
    EXCHANGE("X25519MLKEM768: ML-KEM first, RFC 10024", 0x11ec, "1184*11 32*1d", "1088*21 32*2d",
             "32*31 32*2d", 1184, "32*2d"),
    EXCHANGE("SecP256r1MLKEM768: curve first", 0x11eb, "65*17 1184*11", "65*27 1088*21",
             "32*27 32*31", 0, "32*27"),
    EXCHANGE("SecP384r1MLKEM1024: curve first", 0x11ed, "97*18 1568*12", "97*28 1568*22",
             "48*28 32*32", 0, "48*28"),
    REPLY("good", HYBRID, HYBRID, 1120, SIZE_MAX, OK),
    REPLY("ciphertext a byte short, RFC 10024", HYBRID, HYBRID, 1119, SIZE_MAX, ERR_INVALID_SHARE),
    REPLY("a byte long", HYBRID, HYBRID, 1121, SIZE_MAX, ERR_INVALID_SHARE),
    REPLY("empty", HYBRID, HYBRID, 0, SIZE_MAX, ERR_INVALID_SHARE),
    REPLY("curve alone for the hybrid", HYBRID, HYBRID, 32, SIZE_MAX, ERR_INVALID_SHARE),
    REPLY("bad curve half", HYBRID, HYBRID, 1120, 1088, ERR_INVALID_SHARE),
    REPLY("refused ciphertext of the right length", HYBRID, HYBRID, 1120, 0, ERR_PROVIDER),
    REPLY("curve alone", HYBRID, 0x001d, 32, SIZE_MAX, OK),
    REPLY("curve alone, short", HYBRID, 0x001d, 31, SIZE_MAX, ERR_INVALID_SHARE),
    REPLY("curve alone, bad", HYBRID, 0x001d, 32, 0, ERR_INVALID_SHARE),
    REPLY("hybrid reply for the curve alone", HYBRID, 0x001d, 1120, SIZE_MAX, ERR_INVALID_SHARE),
    REPLY("curve first: bad curve half", P256_HYBRID, P256_HYBRID, 1153, 0, ERR_INVALID_SHARE),
    REPLY("curve first: bad ciphertext", P256_HYBRID, P256_HYBRID, 1153, 65, ERR_PROVIDER),
    SHARE("good", HYBRID, 1216, SIZE_MAX, OK),
    SHARE("a byte short", HYBRID, 1215, SIZE_MAX, ERR_INVALID_SHARE),
    SHARE("a byte long", HYBRID, 1217, SIZE_MAX, ERR_INVALID_SHARE),
    SHARE("empty", HYBRID, 0, SIZE_MAX, ERR_INVALID_SHARE),
    SHARE("bad encapsulation key, FIPS 203 §7.2", HYBRID, 1216, 0, ERR_INVALID_SHARE),
    SHARE("bad curve half", HYBRID, 1216, 1184, ERR_INVALID_SHARE),
    SHARE("curve first: bad curve half", P256_HYBRID, 1249, 0, ERR_INVALID_SHARE),
    SHARE("curve first: bad key", P256_HYBRID, 1249, 65, ERR_INVALID_SHARE),
    SHARE("curve alone, short", 0x001d, 31, SIZE_MAX, ERR_INVALID_SHARE),
    SHARE("curve alone, bad", 0x001d, 32, 0, ERR_INVALID_SHARE),
    TEST(everything_fails_once),
    TEST(arena_is_full),
    TEST(decapsulation_fails),
    TEST(secret_of_wrong_length),
    TEST(lengths_are_checked_here),
    TEST(failure_leaves_nothing),
};

int main(void)
{
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}

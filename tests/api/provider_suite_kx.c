// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The provider suite: key exchange. One provider starts, the other responds; every share that is
// not a valid one is INVALID_SHARE (RFC 9846 §4.3.8, §7.4; FIPS 203 §7).
#include "provider_suite.h"

#include <stdlib.h>
#include <string.h>

#define SHARE_MAX 1184u

static const uint16_t group_ids[] = {0x0201, 0x001d, 0x0017, 0x0018};

static const struct patina_group *the_group(const struct library *lib, const struct row *r)
{
    return group_of(lib->p, *(const uint16_t *)r->data);
}

// Starts into memory of exactly the share's size.
static patina_mspan start_new(const struct patina_group *g, void *ctx)
{
    patina_mspan share = {malloc(g->share_len), g->share_len};
    assert_non_null(share.ptr);
    assert_err(g->start(g, ctx, share), PATINA_OK);
    return share;
}

static patina_span span_of(patina_mspan m)
{
    return (patina_span){m.ptr, m.len};
}

static void same_secret(const struct patina_kx_secret *a, const struct patina_kx_secret *b)
{
    assert_int_equal(a->len, b->len);
    assert_memory_equal(a->bytes, b->bytes, sizeof(a->bytes));
}

// The initiator is `maker`, the responder `lib`.
static void both_sides_agree(const struct row *r)
{
    const struct patina_group *initiator = the_group(r->maker, r);
    const struct patina_group *responder = the_group(r->lib, r);
    struct patina_kx_secret last = {.len = 0};
    for (size_t i = 0; i < 20; i++) {
        void *ctx = context_new(initiator->ctx_size);
        patina_mspan share = start_new(initiator, ctx);
        patina_mspan reply = {malloc(responder->reply_len), responder->reply_len};
        struct patina_kx_secret theirs;
        struct patina_kx_secret ours;
        assert_non_null(reply.ptr);
        assert_err(responder->respond(responder, span_of(share), reply, &theirs), PATINA_OK);
        assert_err(initiator->finish(initiator, ctx, span_of(reply), &ours), PATINA_OK);
        same_secret(&ours, &theirs);
        assert_int_equal(ours.len, initiator->secret_len);
        assert_false(is_zero(ours.bytes, ours.len));
        assert_memory_not_equal(ours.bytes, last.bytes, ours.len);
        last = ours;
        // finish does not consume: again, and with another reply.
        assert_err(initiator->finish(initiator, ctx, span_of(reply), &ours), PATINA_OK);
        same_secret(&ours, &theirs);
        assert_err(responder->respond(responder, span_of(share), reply, &theirs), PATINA_OK);
        assert_err(initiator->finish(initiator, ctx, span_of(reply), &ours), PATINA_OK);
        same_secret(&ours, &theirs);
        assert_memory_not_equal(ours.bytes, last.bytes, ours.len);
        free(share.ptr);
        free(reply.ptr);
        context_free(ctx, initiator->ctx_size, initiator->clear);
    }
}

static void shares_are_new_each_time(const struct row *r)
{
    const struct patina_group *g = the_group(r->lib, r);
    uint8_t reply[2][SHARE_MAX];
    struct patina_kx_secret secret;
    void *ctx = context_new(g->ctx_size);
    patina_mspan first = start_new(g, ctx);
    patina_mspan second = start_new(g, ctx); // a used context: a new key
    assert_memory_not_equal(first.ptr, second.ptr, first.len);
    for (size_t i = 0; i < 2; i++) {
        assert_err(g->respond(g, span_of(second), (patina_mspan){reply[i], g->reply_len}, &secret),
                   PATINA_OK);
    }
    assert_memory_not_equal(reply[0], reply[1], g->reply_len);
    // The context holds the second key.
    struct patina_kx_secret have;
    assert_err(g->finish(g, ctx, (patina_span){reply[1], g->reply_len}, &have), PATINA_OK);
    same_secret(&have, &secret);
    free(first.ptr);
    free(second.ptr);
    context_free(ctx, g->ctx_size, g->clear);
}

static void respond_refuses(const struct patina_group *g, patina_span share)
{
    uint8_t reply[SHARE_MAX];
    struct patina_kx_secret secret;
    memset(reply, 0xee, sizeof(reply));
    memset(&secret, 0xee, sizeof(secret));
    assert_err(g->respond(g, share, (patina_mspan){reply, g->reply_len}, &secret),
               PATINA_ERR_INVALID_SHARE);
    assert_true(is_zero(reply, g->reply_len));
    assert_true(is_zero(secret.bytes, sizeof(secret.bytes)) && secret.len == 0);
}

static void finish_refuses(const struct patina_group *g, void *ctx, patina_span reply)
{
    struct patina_kx_secret secret;
    memset(&secret, 0xee, sizeof(secret));
    assert_err(g->finish(g, ctx, reply, &secret), PATINA_ERR_INVALID_SHARE);
    assert_true(is_zero(secret.bytes, sizeof(secret.bytes)) && secret.len == 0);
}

// A share one refuses, both ways round; the context goes on afterwards.
static void both_refuse(const struct patina_group *g, void *ctx, patina_span share)
{
    respond_refuses(g, share);
    if (g->share_len == g->reply_len) {
        finish_refuses(g, ctx, share);
    }
}

// Every length but the right one: shorter, empty, padded in front and behind.
static void wrong_lengths_are_refused(const struct row *r)
{
    const struct patina_group *g = the_group(r->lib, r);
    void *ctx = context_new(g->ctx_size);
    patina_mspan share = start_new(g, ctx);
    uint8_t reply[SHARE_MAX];
    struct patina_kx_secret secret;
    struct patina_kx_secret have;
    uint8_t *padded = calloc(1, SHARE_MAX + 2);
    assert_non_null(padded);
    assert_err(g->respond(g, span_of(share), (patina_mspan){reply, g->reply_len}, &secret),
               PATINA_OK);
    size_t step = g->share_len > 200 ? 13 : 1;
    for (size_t len = 0; len < share.len; len += step) {
        respond_refuses(g, (patina_span){share.ptr, len});
    }
    for (size_t len = 0; len < g->reply_len; len += step) {
        finish_refuses(g, ctx, (patina_span){reply, len});
    }
    memcpy(padded, share.ptr, share.len);
    respond_refuses(g, (patina_span){padded, share.len + 1u});
    memcpy(padded + 1, share.ptr, share.len);
    padded[0] = 0;
    respond_refuses(g, (patina_span){padded, share.len + 1u});
    memcpy(padded, reply, g->reply_len);
    finish_refuses(g, ctx, (patina_span){padded, g->reply_len + 1u});
    finish_refuses(g, ctx, (patina_span){NULL, 0});
    // None of this disturbed the context.
    assert_err(g->finish(g, ctx, (patina_span){reply, g->reply_len}, &have), PATINA_OK);
    same_secret(&have, &secret);
    // Our own outputs of a wrong length.
    memset(reply, 0xee, sizeof(reply));
    assert_err(g->respond(g, span_of(share), (patina_mspan){reply, g->reply_len - 1u}, &secret),
               PATINA_ERR_MISUSE);
    assert_true(is_zero(reply, g->reply_len - 1u));
    assert_err(g->start(g, ctx, (patina_mspan){share.ptr, share.len - 1}), PATINA_ERR_MISUSE);
    assert_true(is_zero(share.ptr, share.len - 1));
    free(padded);
    free(share.ptr);
    context_free(ctx, g->ctx_size, g->clear);
}

static void clear_takes_a_zeroed_context(const struct row *r)
{
    const struct patina_group *g = the_group(r->lib, r);
    void *ctx = context_new(g->ctx_size);
    context_free(ctx, g->ctx_size, g->clear);
}

// ---- X25519: points of low order give zero (RFC 7748 §6.1), RFC 9846 §7.4.2 wants them refused.

static void x25519_refuses_the_all_zero_result(const struct row *r)
{
    static const char *const points[] = {
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000080",
    };
    const struct patina_group *g = group_of(r->lib->p, 0x001d);
    void *ctx = context_new(g->ctx_size);
    patina_mspan share = start_new(g, ctx);
    for (size_t i = 0; i < sizeof(points) / sizeof(points[0]); i++) {
        uint8_t point[32];
        (void)from_hex(points[i], MSPAN(point));
        both_refuse(g, ctx, SPAN(point));
    }
    free(share.ptr);
    context_free(ctx, g->ctx_size, g->clear);
}

// ---- P-256, P-384

// Each byte of a point changed is off the curve (but for chance), and every other form of a point
// is refused.
static void points_off_the_curve_are_refused(const struct row *r)
{
    const struct patina_group *g = the_group(r->lib, r);
    size_t field = g->secret_len;
    void *ctx = context_new(g->ctx_size);
    patina_mspan share = start_new(g, ctx);
    uint8_t point[97];
    for (size_t i = 1; i < share.len; i++) {
        memcpy(point, share.ptr, share.len);
        point[i] ^= 0x01;
        both_refuse(g, ctx, (patina_span){point, share.len});
    }
    for (unsigned form = 0; form < 256; form++) { // compressed 02 03, hybrid 06 07, infinity 00
        memcpy(point, share.ptr, share.len);
        point[0] = (uint8_t)form;
        if (form != 0x04) {
            both_refuse(g, ctx, (patina_span){point, share.len});
        }
    }
    point[0] = (uint8_t)(0x02 | (share.ptr[share.len - 1] & 1)); // a lawful compressed point
    both_refuse(g, ctx, (patina_span){point, 1 + field});
    point[0] = 0; // the point at infinity
    both_refuse(g, ctx, (patina_span){point, 1});
    memset(point, 0xff, sizeof(point)); // coordinates above the prime
    point[0] = 0x04;
    both_refuse(g, ctx, (patina_span){point, share.len});
    memset(point + 1, 0, sizeof(point) - 1);
    both_refuse(g, ctx, (patina_span){point, share.len});
    free(share.ptr);
    context_free(ctx, g->ctx_size, g->clear);
}

// ---- ML-KEM

// FIPS 203 §7.2: a coefficient of the encapsulation key that is not below 3329.
static void mlkem_refuses_a_key_out_of_range(const struct row *r)
{
    const struct patina_group *g = group_of(r->lib->p, 0x0201);
    void *ctx = context_new(g->ctx_size);
    patina_mspan share = start_new(g, ctx);
    for (size_t at = 0; at + 3 <= 1152; at += 96) {
        uint8_t kept[3];
        memcpy(kept, share.ptr + at, 3);
        share.ptr[at] = 0x01; // 0xd01 = 3329, the first coefficient of the pair
        share.ptr[at + 1] = (uint8_t)((share.ptr[at + 1] & 0xf0) | 0x0d);
        respond_refuses(g, span_of(share));
        memcpy(share.ptr + at, kept, 3);
        share.ptr[at + 1] |= 0xf0; // 0xfff or so, the second one
        share.ptr[at + 2] = 0xff;
        respond_refuses(g, span_of(share));
        memcpy(share.ptr + at, kept, 3);
    }
    memset(share.ptr, 0xff, share.len);
    respond_refuses(g, span_of(share));
    free(share.ptr);
    context_free(ctx, g->ctx_size, g->clear);
}

// FIPS 203 §6.3: a ciphertext that was changed gives another secret, the same one each time, and no
// error.
static void mlkem_rejects_implicitly(const struct row *r)
{
    const struct patina_group *g = group_of(r->lib->p, 0x0201);
    void *ctx = context_new(g->ctx_size);
    patina_mspan share = start_new(g, ctx);
    uint8_t reply[1088];
    struct patina_kx_secret secret;
    struct patina_kx_secret first;
    struct patina_kx_secret second;
    assert_err(g->respond(g, span_of(share), MSPAN(reply), &secret), PATINA_OK);
    for (size_t at = 0; at < sizeof(reply); at += 17) {
        reply[at] ^= 0x40;
        assert_err(g->finish(g, ctx, SPAN(reply), &first), PATINA_OK);
        assert_err(g->finish(g, ctx, SPAN(reply), &second), PATINA_OK);
        same_secret(&first, &second);
        assert_memory_not_equal(first.bytes, secret.bytes, 32);
        reply[at] ^= 0x40;
    }
    assert_err(g->finish(g, ctx, SPAN(reply), &first), PATINA_OK);
    same_secret(&first, &secret);
    free(share.ptr);
    context_free(ctx, g->ctx_size, g->clear);
}

// ---- Known answers by import: RFC 7748 §6.1, RFC 5903 §8.1 and §8.2.

struct kx_answer {
    uint16_t group;
    const char *private_key, *share, *peer, *secret;
};

static const struct kx_answer kx_answers[] = {
    {0x001d, "77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a",
     "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a",
     "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f",
     "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742"},
    {0x0017, "c88f01f510d9ac3f70a292daa2316de544e9aab8afe84049c62a9c57862d1433",
     "04dad0b65394221cf9b051e1feca5787d098dfe637fc90b9ef945d0c37725811805271a0461cdb8252d61f1c456fa"
     "3e59ab1f45b33accf5f"
     "58389e0577b8990bb3",
     "04d12dfb5289c8d4f81208b70270398c342296970a0bccb74c736fc7554494bf6356fbf3ca366cc23e8157854c13c"
     "58d6aac23f046ada30f"
     "8353e74f33039872ab",
     "d6840f6b42f6edafd13116e0e12565202fef8e9ece7dce03812464d04b9442de"},
    {0x0018,
     "099f3c7034d4a2c699884d73a375a67f7624ef7c6b3c0f160647b67414dce655e35b538041e649ee3faef896783ab"
     "194",
     "04667842d7d180ac2cde6f74f37551f55755c7645c20ef73e31634fe72b4c55ee6de3ac808acb4bdb4c88732aee95"
     "f41aa9482ed1fc0eeb9"
     "cafc4984625ccfc23f65032149e0e144ada024181535a0f38eeb9fcff3c2c947dae69b4c634573a81c",
     "04e558dbef53eecde3d3fccfc1aea08a89a987475d12fd950d83cfa41732bc509d0d1ac43a0336def96fda41d0774"
     "a3571dcfbec7aacf319"
     "6472169e838430367f66eebe3c6e70c416dd5f0c68759dd1fff83fa40142209dff5eaad96db9e6386c",
     "11187331c279962d93d604243fd592cb9d0a926f422e47187521287e7156c5c4d603135569b9e9d09cf5d4a270f59"
     "746"},
};

static void import_gives_known_answers(const struct row *r)
{
    for (size_t i = 0; i < sizeof(kx_answers) / sizeof(kx_answers[0]); i++) {
        const struct kx_answer *a = &kx_answers[i];
        const struct patina_group *g = group_of(r->lib->p, a->group);
        uint8_t bytes[4][97];
        uint8_t share[97];
        struct patina_kx_secret secret;
        patina_mspan key = from_hex(a->private_key, MSPAN(bytes[0]));
        patina_mspan want_share = from_hex(a->share, MSPAN(bytes[1]));
        patina_mspan peer = from_hex(a->peer, MSPAN(bytes[2]));
        patina_mspan want = from_hex(a->secret, MSPAN(bytes[3]));
        void *ctx = context_new(g->ctx_size);
        for (size_t again = 0; again < 2; again++) {
            assert_err(g->import(g, ctx, span_of(key), (patina_mspan){share, g->share_len}),
                       PATINA_OK);
            assert_memory_equal(share, want_share.ptr, want_share.len);
            assert_err(g->finish(g, ctx, span_of(peer), &secret), PATINA_OK);
            assert_int_equal(secret.len, want.len);
            assert_memory_equal(secret.bytes, want.ptr, want.len);
        }
        context_free(ctx, g->ctx_size, g->clear);
    }
}

static void import_refuses_bad_keys(const struct row *r)
{
    for (size_t i = 1; i < sizeof(group_ids) / sizeof(group_ids[0]); i++) {
        const struct patina_group *g = group_of(r->lib->p, group_ids[i]);
        uint8_t key[49];
        uint8_t share[97];
        void *ctx = context_new(g->ctx_size);
        fill(MSPAN(key), 1);
        for (size_t len = 0; len <= sizeof(key); len++) {
            memset(share, 0xee, sizeof(share));
            patina_err err =
                g->import(g, ctx, (patina_span){key, len}, (patina_mspan){share, g->share_len});
            assert_err(err, len == g->secret_len ? PATINA_OK : PATINA_ERR_BAD_KEY);
            assert_true(len == g->secret_len || is_zero(share, g->share_len));
        }
        for (int value = 0; value < 2 && g->id != 0x001d; value++) { // zero, and above the order
            memset(key, value == 0 ? 0 : 0xff, sizeof(key));
            assert_err(g->import(g, ctx, (patina_span){key, g->secret_len},
                                 (patina_mspan){share, g->share_len}),
                       PATINA_ERR_BAD_KEY);
            assert_true(is_zero(share, g->share_len));
        }
        context_free(ctx, g->ctx_size, g->clear);
    }
}

void add_kx_rows(const struct library *lib, const struct library *maker)
{
    char name[100];
    for (size_t i = 0; i < sizeof(group_ids) / sizeof(group_ids[0]); i++) {
        const struct patina_group *g = group_of(lib->p, group_ids[i]);
        const uint16_t *id = &group_ids[i];
        if (g == NULL || group_of(maker->p, *id) == NULL) {
            continue; // libcrypto before 3.5 has no ML-KEM
        }
        (void)snprintf(name, sizeof(name), "%s: both sides agree, finish does not consume",
                       g->name);
        add_row(lib, maker, name, both_sides_agree, id);
        if (lib != maker) {
            continue;
        }
        (void)snprintf(name, sizeof(name), "%s: shares are new each time", g->name);
        add_row(lib, NULL, name, shares_are_new_each_time, id);
        (void)snprintf(name, sizeof(name), "%s: shares of a wrong length are refused", g->name);
        add_row(lib, NULL, name, wrong_lengths_are_refused, id);
        (void)snprintf(name, sizeof(name), "%s: clear takes a zeroed context", g->name);
        add_row(lib, NULL, name, clear_takes_a_zeroed_context, id);
        if (*id == 0x0017 || *id == 0x0018) {
            (void)snprintf(name, sizeof(name),
                           "%s: points not on the curve or not uncompressed are refused", g->name);
            add_row(lib, NULL, name, points_off_the_curve_are_refused, id);
        }
    }
    if (lib != maker) {
        return;
    }
    add_row(lib, NULL, "X25519: the all-zero result is refused", x25519_refuses_the_all_zero_result,
            NULL);
    if (group_of(lib->p, 0x0201) != NULL) {
        add_row(lib, NULL, "ML-KEM-768: a key out of range is refused, FIPS 203 §7.2",
                mlkem_refuses_a_key_out_of_range, NULL);
        add_row(lib, NULL, "ML-KEM-768: a changed ciphertext gives another secret",
                mlkem_rejects_implicitly, NULL);
    }
    add_row(lib, NULL, "import: known answers, RFC 7748 §6.1, RFC 5903 §8",
            import_gives_known_answers, NULL);
    add_row(lib, NULL, "import: bad keys are refused", import_refuses_bad_keys, NULL);
}

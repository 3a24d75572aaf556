// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The provider suite: AEADs. What one provider seals the other opens, in place or not, in one piece
// or many; whatever is changed is refused and leaves zeros.
#include "provider_suite.h"

#include <stdlib.h>
#include <string.h>

#define TAG 16u
#define TEXT_MAX 16385u // a full record's TLSInnerPlaintext

static const uint16_t suite_ids[] = {0x1301, 0x1302, 0x1303};

struct half {
    const struct patina_aead *aead;
    void *ctx;
};

static const struct patina_aead *aead_of(const struct library *lib, const void *suite_id)
{
    return suite_of(lib->p, *(const uint16_t *)suite_id)->aead;
}

static struct half half_new(const struct patina_aead *aead, uint64_t key_seed, bool seal)
{
    uint8_t key[32];
    struct half h = {aead, context_new(aead->ctx_size)};
    fill((patina_mspan){key, aead->key_len}, key_seed);
    assert_err(aead->init(aead, h.ctx, (patina_span){key, aead->key_len}, seal), PATINA_OK);
    return h;
}

static void half_free(struct half h)
{
    context_free(h.ctx, h.aead->ctx_size, h.aead->clear);
}

static struct patina_nonce nonce_of(uint64_t seed)
{
    struct patina_nonce nonce;
    fill(MSPAN(nonce.bytes), seed);
    return nonce;
}

static uint8_t *bytes_new(size_t len, uint64_t seed)
{
    uint8_t *p = malloc(len != 0 ? len : 1);
    assert_non_null(p);
    fill((patina_mspan){p, len}, seed);
    return p;
}

// Seals `len` bytes and a content type out of place, into fresh memory of exactly the size.
static patina_mspan seal_new(struct half s, const struct patina_nonce *nonce, patina_span aad,
                             patina_span text)
{
    uint8_t type = 23;
    patina_mspan out = {malloc(text.len + 1 + TAG), text.len + 1 + TAG};
    assert_non_null(out.ptr);
    assert_err(s.aead->seal(s.ctx, nonce, aad, &text, 1, (patina_span){&type, 1}, out), PATINA_OK);
    return out;
}

static const size_t lengths[] = {0,   1,   15,  16,  17,  31,  32,  33,   63,   64,   65,    127,
                                 128, 129, 255, 256, 257, 511, 512, 1000, 1023, 4096, 16383, 16384};

static void round_trip(const struct row *r)
{
    struct half s = half_new(aead_of(r->maker, r->data), 5, true);
    struct half o = half_new(aead_of(r->lib, r->data), 5, false);
    for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
        size_t len = lengths[i];
        struct patina_nonce nonce = nonce_of(i);
        uint8_t aad[5] = {23, 3, 3, 0, (uint8_t)i};
        uint8_t *text = bytes_new(len, i);
        patina_mspan sealed = seal_new(s, &nonce, SPAN(aad), (patina_span){text, len});
        patina_span in = {sealed.ptr, sealed.len};

        uint8_t *apart = malloc(len + 1);
        assert_non_null(apart);
        assert_err(o.aead->open(o.ctx, &nonce, SPAN(aad), in, (patina_mspan){apart, len + 1}),
                   PATINA_OK);
        assert_memory_equal(apart, text, len);
        assert_int_equal(apart[len], 23);
        free(apart);
        assert_err(o.aead->open(o.ctx, &nonce, SPAN(aad), in, (patina_mspan){sealed.ptr, len + 1}),
                   PATINA_OK);
        assert_memory_equal(sealed.ptr, text, len);
        assert_int_equal(sealed.ptr[len], 23);
        free(sealed.ptr);
        free(text);
    }
    half_free(s);
    half_free(o);
}

// In place, in two parts, in many parts with empty ones between, without extra: the same bytes.
static void every_way_to_seal_is_the_same(const struct row *r)
{
    struct half s = half_new(aead_of(r->lib, r->data), 6, true);
    uint8_t aad[5] = {1, 2, 3, 4, 5};
    uint8_t type = 23;
    patina_span extra = {&type, 1};
    for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
        size_t len = lengths[i];
        struct patina_nonce nonce = nonce_of(i);
        uint8_t *text = bytes_new(len, 7);
        patina_mspan want = seal_new(s, &nonce, SPAN(aad), (patina_span){text, len});
        patina_mspan out = {malloc(want.len), want.len};
        assert_non_null(out.ptr);

        if (len != 0) {
            memcpy(out.ptr, text, len);
        }
        patina_span in_place = {out.ptr, len};
        assert_err(s.aead->seal(s.ctx, &nonce, SPAN(aad), &in_place, 1, extra, out), PATINA_OK);
        assert_memory_equal(out.ptr, want.ptr, want.len);

        patina_span many[40];
        size_t at = 0;
        for (size_t k = 0; k < 40; k++) { // pieces of odd sizes, every third one empty
            size_t piece = k % 3 == 2 ? 0 : (k * 7 + 1) % (len + 1);
            piece = k == 39 || piece > len - at ? len - at : piece;
            many[k] = piece != 0 ? (patina_span){text + at, piece} : (patina_span){NULL, 0};
            at += piece;
        }
        memset(out.ptr, 0xee, out.len);
        assert_err(s.aead->seal(s.ctx, &nonce, SPAN(aad), many, 40, extra, out), PATINA_OK);
        assert_memory_equal(out.ptr, want.ptr, want.len);

        patina_span with_type[2] = {{text, len}, extra};
        memset(out.ptr, 0xee, out.len);
        assert_err(
            s.aead->seal(s.ctx, &nonce, SPAN(aad), with_type, 2, (patina_span){NULL, 0}, out),
            PATINA_OK);
        assert_memory_equal(out.ptr, want.ptr, want.len);
        free(out.ptr);
        free(want.ptr);
        free(text);
    }
    // Nothing at all: no span, no extra.
    uint8_t tag[TAG];
    struct patina_nonce nonce = nonce_of(99);
    assert_err(s.aead->seal(s.ctx, &nonce, SPAN(aad), NULL, 0, (patina_span){NULL, 0}, MSPAN(tag)),
               PATINA_OK);
    half_free(s);
    s = half_new(aead_of(r->lib, r->data), 6, false);
    assert_err(s.aead->open(s.ctx, &nonce, SPAN(aad), SPAN(tag), (patina_mspan){NULL, 0}),
               PATINA_OK);
    half_free(s);
}

static void is_refused(struct half o, const struct patina_nonce *nonce, patina_span aad,
                       patina_span in)
{
    size_t len = in.len >= TAG ? in.len - TAG : 0;
    uint8_t *out = malloc(len + 1);
    assert_non_null(out);
    memset(out, 0xee, len + 1);
    assert_err(o.aead->open(o.ctx, nonce, aad, in, (patina_mspan){out, len}),
               PATINA_ERR_BAD_RECORD_MAC);
    assert_true(is_zero(out, len));
    assert_int_equal(out[len], 0xee);
    free(out);
    // In place as well.
    uint8_t *copy = malloc(in.len + 1);
    assert_non_null(copy);
    if (in.len != 0) {
        memcpy(copy, in.ptr, in.len);
    }
    assert_err(
        o.aead->open(o.ctx, nonce, aad, (patina_span){copy, in.len}, (patina_mspan){copy, len}),
        PATINA_ERR_BAD_RECORD_MAC);
    assert_true(is_zero(copy, len));
    free(copy);
}

// Each bit of ciphertext, tag, additional data and nonce; each key bit; then the right one still
// opens.
static void every_flipped_bit_is_refused(const struct row *r)
{
    struct half s = half_new(aead_of(r->maker, r->data), 8, true);
    struct half o = half_new(aead_of(r->lib, r->data), 8, false);
    struct patina_nonce nonce = nonce_of(3);
    uint8_t aad[5] = {23, 3, 3, 0, 57};
    uint8_t text[40];
    uint8_t out[41];
    fill(MSPAN(text), 9);
    patina_mspan sealed = seal_new(s, &nonce, SPAN(aad), SPAN(text));
    patina_span in = {sealed.ptr, sealed.len};
    for (size_t bit = 0; bit < 8 * sealed.len; bit++) {
        sealed.ptr[bit / 8] ^= (uint8_t)(1u << bit % 8);
        is_refused(o, &nonce, SPAN(aad), in);
        sealed.ptr[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
    for (size_t bit = 0; bit < 8 * sizeof(aad); bit++) {
        aad[bit / 8] ^= (uint8_t)(1u << bit % 8);
        is_refused(o, &nonce, SPAN(aad), in);
        aad[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
    for (size_t bit = 0; bit < 8 * sizeof(nonce.bytes); bit++) {
        nonce.bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
        is_refused(o, &nonce, SPAN(aad), in);
        nonce.bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
    is_refused(o, &nonce, (patina_span){NULL, 0}, in);
    assert_err(o.aead->open(o.ctx, &nonce, SPAN(aad), in, MSPAN(out)), PATINA_OK);
    assert_memory_equal(out, text, sizeof(text));

    uint8_t key[32];
    for (size_t bit = 0; bit < 8u * o.aead->key_len; bit++) {
        fill((patina_mspan){key, o.aead->key_len}, 8);
        key[bit / 8] ^= (uint8_t)(1u << bit % 8);
        assert_err(o.aead->init(o.aead, o.ctx, (patina_span){key, o.aead->key_len}, false),
                   PATINA_OK);
        is_refused(o, &nonce, SPAN(aad), in);
    }
    free(sealed.ptr);
    half_free(s);
    half_free(o);
}

static void wrong_lengths_are_refused(const struct row *r)
{
    const struct patina_aead *a = aead_of(r->lib, r->data);
    struct half s = half_new(a, 10, true);
    struct half o = half_new(a, 10, false);
    struct patina_nonce nonce = nonce_of(4);
    uint8_t aad[5] = {0};
    uint8_t text[100];
    fill(MSPAN(text), 11);
    patina_mspan sealed = seal_new(s, &nonce, SPAN(aad), SPAN(text));
    // Cut anywhere, also below the tag's length.
    for (size_t len = 0; len < sealed.len; len++) {
        is_refused(o, &nonce, SPAN(aad), (patina_span){sealed.ptr, len});
    }
    // An output of another length than the contract says.
    uint8_t out[150];
    memset(out, 0xee, sizeof(out));
    patina_span in = {sealed.ptr, sealed.len};
    assert_err(a->open(o.ctx, &nonce, SPAN(aad), in, (patina_mspan){out, 100}),
               PATINA_ERR_BAD_RECORD_MAC);
    assert_err(a->open(o.ctx, &nonce, SPAN(aad), in, (patina_mspan){out, 102}),
               PATINA_ERR_BAD_RECORD_MAC);
    assert_true(is_zero(out, 102));
    patina_span parts = SPAN(text);
    for (size_t len = 0; len < sizeof(out); len++) {
        if (len != sizeof(text) + TAG) {
            memset(out, 0xee, sizeof(out));
            assert_err(a->seal(s.ctx, &nonce, SPAN(aad), &parts, 1, (patina_span){NULL, 0},
                               (patina_mspan){out, len}),
                       PATINA_ERR_SEAL_FAILED);
            assert_true(is_zero(out, len)); // no plaintext is left
        }
    }
    for (size_t len = 0; len <= 32; len++) {
        void *ctx = context_new(a->ctx_size);
        patina_err err = a->init(a, ctx, (patina_span){text, len}, true);
        assert_err(err, len == a->key_len ? PATINA_OK : PATINA_ERR_MISUSE);
        context_free(ctx, a->ctx_size, a->clear);
    }
    free(sealed.ptr);
    half_free(s);
    half_free(o);
}

// `init` on a used context takes the new key and forgets the old one, also across directions.
static void init_re_keys(const struct row *r)
{
    const struct patina_aead *a = aead_of(r->lib, r->data);
    struct half used = half_new(a, 20, true);
    struct patina_nonce nonce = nonce_of(5);
    uint8_t text[64];
    uint8_t out[65];
    fill(MSPAN(text), 12);
    for (uint64_t key_seed = 21; key_seed < 30; key_seed++) {
        uint8_t key[32];
        struct half fresh = half_new(a, key_seed, true);
        patina_mspan want = seal_new(fresh, &nonce, TEXT("aad"), SPAN(text));
        fill((patina_mspan){key, a->key_len}, key_seed);
        assert_err(a->init(a, used.ctx, (patina_span){key, a->key_len}, true), PATINA_OK);
        patina_mspan have = seal_new(used, &nonce, TEXT("aad"), SPAN(text));
        assert_memory_equal(have.ptr, want.ptr, want.len);
        assert_err(a->init(a, used.ctx, (patina_span){key, a->key_len}, false), PATINA_OK);
        assert_err(
            a->open(used.ctx, &nonce, TEXT("aad"), (patina_span){have.ptr, have.len}, MSPAN(out)),
            PATINA_OK);
        assert_memory_equal(out, text, sizeof(text));
        free(want.ptr);
        free(have.ptr);
        half_free(fresh);
    }
    a->clear(used.ctx); // and again after clear
    uint8_t key[32] = {0};
    assert_err(a->init(a, used.ctx, (patina_span){key, a->key_len}, true), PATINA_OK);
    half_free(used);
}

static void clear_takes_a_zeroed_context(const struct row *r)
{
    const struct patina_aead *a = aead_of(r->lib, r->data);
    void *ctx = context_new(a->ctx_size);
    context_free(ctx, a->ctx_size, a->clear);
}

// Known answers: the GCM specification's test cases 2 and 14, RFC 8439 §2.8.2.
static void known_answers(const struct row *r)
{
    static const struct {
        const char *key, *nonce, *aad, *text, *sealed;
    } rows[] = {
        {"00000000000000000000000000000000", "000000000000000000000000", "",
         "00000000000000000000000000000000",
         "0388dace60b6a392f328c2b971b2fe78ab6e47d42cec13bdf53a67b21257bddf"},
        {"0000000000000000000000000000000000000000000000000000000000000000",
         "000000000000000000000000", "", "00000000000000000000000000000000",
         "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"},
        {"808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f",
         "070000004041424344454647", "50515253c0c1c2c3c4c5c6c7",
         "4c616469657320616e642047656e746c656d656e206f662074686520636c617373206f66202739393a2049662"
         "04920636f756c64206f66"
         "66657220796f75206f6e6c79206f6e652074697020666f7220746865206675747572652c2073756e736372656"
         "56e20776f756c64206265"
         "2069742e",
         "d31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d6"
         "3dbea45e8ca9671282fafb69da92728b1a71de0a9e060b2905d6a5b67ecd3b36"
         "92ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc"
         "3ff4def08e4b7a9de576d26586cec64b6116"
         "1ae10b594f09e26a7e902ecbd0600691"},
    };
    for (size_t i = 0; i < 3; i++) {
        const struct patina_aead *a = suite_of(r->lib->p, suite_ids[i])->aead;
        uint8_t bytes[4][150];
        uint8_t out[150];
        struct patina_nonce nonce;
        patina_mspan key = from_hex(rows[i].key, MSPAN(bytes[0]));
        patina_mspan aad = from_hex(rows[i].aad, MSPAN(bytes[1]));
        patina_mspan text = from_hex(rows[i].text, MSPAN(bytes[2]));
        patina_mspan want = from_hex(rows[i].sealed, MSPAN(bytes[3]));
        (void)from_hex(rows[i].nonce, MSPAN(nonce.bytes));
        void *ctx = context_new(a->ctx_size);
        patina_span in = {text.ptr, text.len};
        assert_err(a->init(a, ctx, (patina_span){key.ptr, key.len}, true), PATINA_OK);
        assert_err(a->seal(ctx, &nonce, (patina_span){aad.ptr, aad.len}, &in, 1,
                           (patina_span){NULL, 0}, (patina_mspan){out, want.len}),
                   PATINA_OK);
        assert_memory_equal(out, want.ptr, want.len);
        context_free(ctx, a->ctx_size, a->clear);
    }
}

void add_aead_rows(const struct library *lib, const struct library *maker)
{
    char name[100];
    if (lib == maker) {
        add_row(lib, NULL, "AEAD: known answers", known_answers, NULL);
    }
    for (size_t i = 0; i < 3; i++) {
        const char *aead = aead_of(lib, &suite_ids[i])->name;
        const uint16_t *id = &suite_ids[i];
        (void)snprintf(name, sizeof(name), "%s: sealed records open, in place and apart", aead);
        add_row(lib, maker, name, round_trip, id);
        (void)snprintf(name, sizeof(name), "%s: every flipped bit is refused and leaves zeros",
                       aead);
        add_row(lib, maker, name, every_flipped_bit_is_refused, id);
        if (lib == maker) {
            (void)snprintf(name, sizeof(name), "%s: in place, apart and scattered are the same",
                           aead);
            add_row(lib, NULL, name, every_way_to_seal_is_the_same, id);
            (void)snprintf(name, sizeof(name), "%s: wrong lengths are refused and leave zeros",
                           aead);
            add_row(lib, NULL, name, wrong_lengths_are_refused, id);
            (void)snprintf(name, sizeof(name), "%s: init on a used context re-keys", aead);
            add_row(lib, NULL, name, init_re_keys, id);
            (void)snprintf(name, sizeof(name), "%s: clear takes a zeroed context", aead);
            add_row(lib, NULL, name, clear_takes_a_zeroed_context, id);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Record protection, RFC 9846 §5.2 to §5.5, over an AEAD that shows what it was given. Real ones:
// tests/vectors.
#include "rows.h"

#include "counting.h"
#include "toy_crypto.h"

#include "record/record.h"

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

static struct ptn_traffic_key key_of(uint8_t byte)
{
    struct ptn_traffic_key key = {.key_len = 16};
    memset(key.key, byte, key.key_len);
    for (size_t i = 0; i < sizeof key.iv.bytes; i++) {
        key.iv.bytes[i] = (uint8_t)(0xf0 + i);
    }
    return key;
}

static patina_err install_sealer(struct ptn_sealer *s, const struct patina_aead *aead, uint8_t byte)
{
    static const struct ptn_traffic_key wiped;
    struct ptn_traffic_key key = key_of(byte);
    patina_err err = ptn_sealer_install(s, aead, &key, &memory.alloc);
    assert_memory_equal(&key, &wiped, sizeof key);
    return err;
}

static patina_err install_opener(struct ptn_opener *o, const struct patina_aead *aead, uint8_t byte)
{
    static const struct ptn_traffic_key wiped;
    struct ptn_traffic_key key = key_of(byte);
    patina_err err = ptn_opener_install(o, aead, &key, &memory.alloc);
    assert_memory_equal(&key, &wiped, sizeof key);
    return err;
}

static void install_both(struct ptn_sealer *s, struct ptn_opener *o)
{
    *s = (struct ptn_sealer){0};
    *o = (struct ptn_opener){0};
    assert_err(install_sealer(s, &toy_aead, 7), PATINA_OK);
    assert_err(install_opener(o, &toy_aead, 7), PATINA_OK);
}

static void assert_zeros(const uint8_t *p, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(p[i], 0);
    }
}

enum { BIGGEST = 5 + 16384 + 1 + 16 };
static uint8_t record[BIGGEST + 400], text_out[BIGGEST + 400];

// ---- Round trips

static void seal_and_open(size_t len, size_t spans, bool in_place)
{
    struct ptn_sealer s;
    struct ptn_opener o;
    static uint8_t text[16384];
    patina_span parts[3];
    install_both(&s, &o);
    for (size_t i = 0; i < len; i++) {
        text[i] = (uint8_t)(i * 13 & 0xff);
    }
    for (size_t i = 0; i < spans; i++) {
        size_t from = len * i / spans;
        parts[i] = (patina_span){text + from, len * (i + 1) / spans - from};
    }
    size_t record_len = ptn_sealed_len(&s, len);
    assert_int_equal(record_len, 5 + len + 1 + 16);
    size_t before = memory.allocations;
    assert_err(ptn_sealer_seal(&s, PTN_CONTENT_HANDSHAKE, parts, spans,
                               (patina_mspan){record, record_len}),
               PATINA_OK);
    // The header, and that it is the additional data (RFC 9846 §5.2).
    uint8_t header[5] = {23, 3, 3, (uint8_t)((len + 17) >> 8), (uint8_t)((len + 17) & 0xff)};
    assert_memory_equal(record, header, 5);
    assert_int_equal(toy.aad_len, 5);
    assert_memory_equal(toy.aad, header, 5);

    uint8_t type = 0;
    patina_mspan opened;
    patina_mspan out =
        in_place ? (patina_mspan){record + 5, len + 1} : (patina_mspan){text_out, sizeof text_out};
    assert_err(ptn_opener_open(&o, (patina_span){record, record_len}, out, &type, &opened),
               PATINA_OK);
    assert_int_equal(type, PTN_CONTENT_HANDSHAKE);
    assert_int_equal(opened.len, len);
    if (len != 0) {
        assert_memory_equal(opened.ptr, text, len);
    }
    assert_int_equal(memory.allocations, before);
    ptn_sealer_clear(&s);
    ptn_opener_clear(&o);
}

static void round_trips(void **state)
{
    static const size_t lens[] = {0, 1, 2, 15, 16, 17, 1000, 16383, 16384};
    (void)state;
    for (size_t i = 0; i < PTN_COUNT(lens); i++) {
        for (size_t spans = lens[i] == 0 ? 0 : 1; spans <= 3; spans++) {
            seal_and_open(lens[i], spans, false);
            seal_and_open(lens[i], spans, true);
        }
    }
}

// ---- Nonces, RFC 9846 §5.3

struct nonce_row {
    uint64_t seq;
    const char *nonce;
};

static void check_nonce(void **state)
{
    const struct nonce_row *row = *state;
    struct ptn_sealer s;
    struct ptn_opener o;
    uint8_t type;
    patina_mspan text;
    (void)setup(NULL);
    install_both(&s, &o);
    s.seq = row->seq;
    o.seq = row->seq;
    assert_err(ptn_sealer_seal(&s, 23, NULL, 0, (patina_mspan){record, 22}), PATINA_OK);
    assert_span(PTN_SPAN_OF(toy.nonce.bytes), row->nonce);
    toy.nonce = (struct patina_nonce){0};
    assert_err(ptn_opener_open(&o, (patina_span){record, 22}, PTN_MSPAN_OF(text_out), &type, &text),
               PATINA_OK);
    assert_span(PTN_SPAN_OF(toy.nonce.bytes), row->nonce);
    assert_true(s.seq == row->seq + 1 && o.seq == row->seq + 1);
    ptn_sealer_clear(&s);
    ptn_opener_clear(&o);
}

#define NONCE(name, seq, nonce)                            \
    {                                                      \
        name, check_nonce, NULL, NULL, &(struct nonce_row) \
        {                                                  \
            seq, nonce                                     \
        }                                                  \
    }

// ---- What does not open

static void open_fails(struct ptn_opener *o, patina_span in, patina_err want)
{
    uint8_t type = 99;
    patina_mspan text = {text_out, 1};
    uint64_t seq = o->seq;
    size_t inner_len = in.len < 21 ? 0 : in.len - 21;
    memset(text_out, 0xee, sizeof text_out);
    assert_err(ptn_opener_open(o, in, PTN_MSPAN_OF(text_out), &type, &text), want);
    assert_int_equal(type, 0);
    assert_null(text.ptr);
    assert_int_equal(text.len, 0);
    assert_true(o->seq == seq);
    assert_zeros(text_out, inner_len);
}

static void every_bit(void **state)
{
    struct ptn_sealer s;
    struct ptn_opener o;
    patina_span text = notation_bytes("'some application data'");
    (void)state;
    install_both(&s, &o);
    size_t len = ptn_sealed_len(&s, text.len);
    assert_err(ptn_sealer_seal(&s, 23, &text, 1, (patina_mspan){record, len}), PATINA_OK);
    for (size_t bit = 0; bit < 8 * len; bit++) {
        patina_span changed = exact_copy(record, len);
        ((uint8_t *)(uintptr_t)changed.ptr)[bit / 8] ^= (uint8_t)(1u << bit % 8);
        open_fails(&o, changed, PATINA_ERR_BAD_RECORD_MAC);
        notation_free(changed);
    }
    // The one that is whole still opens: nothing has moved.
    uint8_t type;
    patina_mspan out;
    assert_err(ptn_opener_open(&o, (patina_span){record, len}, PTN_MSPAN_OF(text_out), &type, &out),
               PATINA_OK);
    notation_free(text);
    ptn_sealer_clear(&s);
    ptn_opener_clear(&o);
}

static void too_short(void **state)
{
    struct ptn_sealer s;
    struct ptn_opener o;
    (void)state;
    install_both(&s, &o);
    for (size_t len = 0; len < 16; len++) {
        memset(record, 0, sizeof record);
        record[0] = 23;
        record[1] = record[2] = 3;
        record[4] = (uint8_t)len;
        size_t calls = toy.calls;
        open_fails(&o, (patina_span){record, 5 + len}, PATINA_ERR_BAD_RECORD_MAC);
        assert_int_equal(toy.calls, calls); // no AEAD is asked
    }
    ptn_sealer_clear(&s);
    ptn_opener_clear(&o);
}

static void replayed_or_reordered(void **state)
{
    struct ptn_sealer s;
    struct ptn_opener o;
    uint8_t second[22], type;
    patina_mspan text;
    (void)state;
    install_both(&s, &o);
    assert_err(ptn_sealer_seal(&s, 23, NULL, 0, (patina_mspan){record, 22}), PATINA_OK);
    assert_err(ptn_sealer_seal(&s, 23, NULL, 0, PTN_MSPAN_OF(second)), PATINA_OK);
    open_fails(&o, PTN_SPAN_OF(second), PATINA_ERR_BAD_RECORD_MAC);
    assert_err(ptn_opener_open(&o, (patina_span){record, 22}, PTN_MSPAN_OF(text_out), &type, &text),
               PATINA_OK);
    open_fails(&o, (patina_span){record, 22}, PATINA_ERR_BAD_RECORD_MAC);
    assert_err(ptn_opener_open(&o, PTN_SPAN_OF(second), PTN_MSPAN_OF(text_out), &type, &text),
               PATINA_OK);
    ptn_sealer_clear(&s);
    ptn_opener_clear(&o);
}

// What the provider says of itself is passed on: it is no judgement of the record.
static void provider_fails_to_open(void **state)
{
    struct ptn_sealer s;
    struct ptn_opener o;
    (void)state;
    install_both(&s, &o);
    assert_err(ptn_sealer_seal(&s, 23, NULL, 0, (patina_mspan){record, 22}), PATINA_OK);
    toy.fail_at = toy.calls + 1;
    uint8_t type;
    patina_mspan text;
    assert_err(ptn_opener_open(&o, (patina_span){record, 22}, PTN_MSPAN_OF(text_out), &type, &text),
               PATINA_ERR_PROVIDER);
    assert_true(o.seq == 0);
    ptn_sealer_clear(&s);
    ptn_opener_clear(&o);
}

// ---- Inner plaintexts, RFC 9846 §5.4: content, type, zeros

struct inner_row {
    size_t content, zeros;
    uint8_t type;
    patina_err want;
};

static void check_inner(void **state)
{
    const struct inner_row *row = *state;
    struct ptn_sealer s;
    struct ptn_opener o;
    static uint8_t inner[17000];
    (void)setup(NULL);
    install_both(&s, &o);
    size_t len = row->content + (row->type != 0 ? 1 : 0) + row->zeros;
    memset(inner, 0, sizeof inner);
    memset(inner, 0x55, row->content);
    inner[row->content] = row->type;
    uint8_t header[5] = {23, 3, 3, (uint8_t)((len + 16) >> 8), (uint8_t)((len + 16) & 0xff)};
    memcpy(record, header, 5);
    patina_span text = {inner, len};
    assert_err(toy_aead.seal(s.ctx, &s.iv, (patina_span){header, 5}, &text, 1, (patina_span){0},
                             (patina_mspan){record + 5, len + 16}),
               PATINA_OK);
    if (row->want != PATINA_OK) {
        open_fails(&o, (patina_span){record, 5 + len + 16}, row->want);
    } else {
        uint8_t type;
        patina_mspan out;
        assert_err(ptn_opener_open(&o, (patina_span){record, 5 + len + 16}, PTN_MSPAN_OF(text_out),
                                   &type, &out),
                   PATINA_OK);
        assert_int_equal(type, row->type);
        assert_int_equal(out.len, row->content);
    }
    ptn_sealer_clear(&s);
    ptn_opener_clear(&o);
}

#define INNER(name, content, type, zeros, err)             \
    {                                                      \
        name, check_inner, NULL, NULL, &(struct inner_row) \
        {                                                  \
            content, zeros, type, PATINA_##err             \
        }                                                  \
    }

// ---- Limits, RFC 9846 §5.5

static void seal_limit(void **state)
{
    struct ptn_sealer s = {0};
    (void)state;
    assert_true(ptn_sealer_has_room(&s));
    assert_false(ptn_sealer_wants_update(&s));
    assert_err(install_sealer(&s, &toy_aead_limited, 1), PATINA_OK);
    for (int i = 0; i < 10; i++) {
        assert_true(ptn_sealer_has_room(&s));
        assert_int_equal(ptn_sealer_wants_update(&s), i >= 5);
        assert_err(ptn_sealer_seal(&s, 23, NULL, 0, (patina_mspan){record, 22}), PATINA_OK);
    }
    assert_false(ptn_sealer_has_room(&s));
    memset(record, 0xee, 22);
    for (int i = 0; i < 2; i++) {
        assert_err(ptn_sealer_seal(&s, 23, NULL, 0, (patina_mspan){record, 22}),
                   PATINA_ERR_SEAL_LIMIT);
        assert_true(s.seq == 10);
        assert_int_equal(record[0], 0xee); // all is as it was
        assert_int_equal(record[21], 0xee);
    }
    // A new key starts anew.
    assert_err(install_sealer(&s, &toy_aead_limited, 2), PATINA_OK);
    assert_true(ptn_sealer_has_room(&s));
    assert_false(ptn_sealer_wants_update(&s));
    assert_true(s.seq == 0);
    ptn_sealer_clear(&s);
}

static void update_is_due(void **state)
{
    struct ptn_sealer s = {0};
    (void)state;
    assert_err(install_sealer(&s, &toy_aead_gcm, 1), PATINA_OK);
    s.seq = (UINT64_C(1) << 23) - 1;
    assert_false(ptn_sealer_wants_update(&s));
    s.seq++;
    assert_true(ptn_sealer_wants_update(&s));
    assert_true(ptn_sealer_has_room(&s));
    s.seq = 23726565;
    assert_true(ptn_sealer_has_room(&s));
    s.seq++;
    assert_false(ptn_sealer_has_room(&s));
    // ChaCha20-Poly1305 has no limit.
    assert_err(install_sealer(&s, &toy_aead, 1), PATINA_OK);
    s.seq = UINT64_C(1) << 60;
    assert_false(ptn_sealer_wants_update(&s));
    assert_true(ptn_sealer_has_room(&s));
    ptn_sealer_clear(&s);
}

// ---- Failures of ours

static void seal_fails(void **state)
{
    struct ptn_sealer s = {0};
    patina_span text = notation_bytes("'not to be seen'");
    (void)state;
    assert_err(install_sealer(&s, &toy_aead, 1), PATINA_OK);
    size_t len = ptn_sealed_len(&s, text.len);
    toy.fail_at = toy.calls + 1;
    assert_err(ptn_sealer_seal(&s, 23, &text, 1, (patina_mspan){record, len}),
               PATINA_ERR_SEAL_FAILED);
    assert_zeros(record, len);
    // The key is dead: no nonce is used twice, and nothing goes out in plaintext instead.
    assert_false(ptn_sealer_has_room(&s));
    assert_non_null(s.aead);
    assert_err(ptn_sealer_seal(&s, 23, &text, 1, (patina_mspan){record, len}),
               PATINA_ERR_SEAL_LIMIT);
    notation_free(text);
    ptn_sealer_clear(&s);
}

static void no_key(void **state)
{
    struct ptn_sealer s = {0};
    struct ptn_opener o = {0};
    (void)state;
    assert_int_equal(ptn_sealed_len(&s, 100), 105);
    assert_err(ptn_sealer_seal(&s, 23, NULL, 0, (patina_mspan){record, 5}), PATINA_ERR_INTERNAL);
    memset(record, 0, 40);
    open_fails(&o, (patina_span){record, 5}, PATINA_ERR_INTERNAL);
    ptn_sealer_clear(&s); // harmless
    ptn_opener_clear(&o);
}

// ---- Keys

static void one_context(void **state)
{
    struct ptn_sealer s = {0};
    struct ptn_opener o = {0};
    (void)state;
    for (uint8_t byte = 0; byte < 5; byte++) {
        assert_err(install_sealer(&s, &toy_aead, byte), PATINA_OK);
        assert_err(install_opener(&o, &toy_aead, byte), PATINA_OK);
        assert_int_equal(memory.allocations, 2);
        assert_int_equal(toy.live, 2);
    }
    // Another AEAD has another context.
    assert_err(install_sealer(&s, &toy_aead_gcm, 1), PATINA_OK);
    assert_int_equal(memory.allocations, 3);
    assert_int_equal(memory.live_blocks, 2);
    assert_int_equal(toy.live, 2);
    ptn_sealer_clear(&s);
    ptn_sealer_clear(&s);
    ptn_opener_clear(&o);
    ptn_opener_clear(&o);
    assert_null(s.aead);
    assert_null(o.aead);
    assert_zeros(s.iv.bytes, sizeof s.iv.bytes);
    assert_zeros(o.iv.bytes, sizeof o.iv.bytes);
}

static void keys_differ(void **state)
{
    struct ptn_sealer s;
    struct ptn_opener o;
    (void)state;
    install_both(&s, &o);
    assert_err(install_sealer(&s, &toy_aead, 8), PATINA_OK);
    assert_err(ptn_sealer_seal(&s, 23, NULL, 0, (patina_mspan){record, 22}), PATINA_OK);
    open_fails(&o, (patina_span){record, 22}, PATINA_ERR_BAD_RECORD_MAC);
    ptn_sealer_clear(&s);
    ptn_opener_clear(&o);
}

static void first_install_fails(void **state)
{
    (void)state;
    for (int by_memory = 0; by_memory <= 1; by_memory++) {
        struct ptn_sealer s = {0};
        struct ptn_opener o = {0};
        (void)setup(NULL);
        patina_err want = by_memory ? PATINA_ERR_NO_MEMORY : PATINA_ERR_PROVIDER;
        *(by_memory ? &memory.fail_at : &toy.fail_at) = 1;
        assert_err(install_sealer(&s, &toy_aead, 1), want);
        *(by_memory ? &memory.fail_at : &toy.fail_at) = 2;
        assert_err(install_opener(&o, &toy_aead, 1), want);
        assert_null(s.aead);
        assert_null(o.aead);
        assert_int_equal(memory.live_blocks, 0);
        assert_int_equal(toy.live, 0);
    }
}

// A failed re-keying leaves no usable key, and no plaintext either.
static void second_install_fails(void **state)
{
    struct ptn_sealer s;
    struct ptn_opener o;
    (void)state;
    install_both(&s, &o);
    assert_err(ptn_sealer_seal(&s, 23, NULL, 0, (patina_mspan){record, 22}), PATINA_OK);
    toy.fail_at = toy.calls + 1;
    assert_err(install_sealer(&s, &toy_aead, 1), PATINA_ERR_PROVIDER);
    toy.fail_at = toy.calls + 1;
    assert_err(install_opener(&o, &toy_aead, 1), PATINA_ERR_PROVIDER);
    assert_non_null(s.aead);
    assert_false(ptn_sealer_has_room(&s));
    assert_err(ptn_sealer_seal(&s, 23, NULL, 0, (patina_mspan){text_out, 22}),
               PATINA_ERR_SEAL_LIMIT);
    open_fails(&o, (patina_span){record, 21}, PATINA_ERR_INTERNAL);
    ptn_sealer_clear(&s);
    ptn_opener_clear(&o);
}

// An AEAD that cannot be had leaves the old key as it was.
static void other_install_fails(void **state)
{
    (void)state;
    for (int by_memory = 0; by_memory <= 1; by_memory++) {
        struct ptn_sealer s;
        struct ptn_opener o;
        uint8_t type;
        patina_mspan text;
        (void)setup(NULL);
        install_both(&s, &o);
        memory.fail_at = by_memory ? 3 : 0;
        toy.fail_at = by_memory ? 0 : 3;
        assert_err(install_sealer(&s, &toy_aead_gcm, 1),
                   by_memory ? PATINA_ERR_NO_MEMORY : PATINA_ERR_PROVIDER);
        assert_ptr_equal(s.aead, &toy_aead);
        assert_err(ptn_sealer_seal(&s, 23, NULL, 0, (patina_mspan){record, 22}), PATINA_OK);
        assert_err(
            ptn_opener_open(&o, (patina_span){record, 22}, PTN_MSPAN_OF(text_out), &type, &text),
            PATINA_OK);
        ptn_sealer_clear(&s);
        ptn_opener_clear(&o);
    }
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

static const struct CMUnitTest tests[] = {
    TEST(round_trips),
    NONCE("record 0, RFC 9846 §5.3", 0, "f0f1f2f3 f4f5f6f7f8f9fafb"),
    NONCE("record 1", 1, "f0f1f2f3 f4f5f6f7f8f9fafa"),
    NONCE("record 255", 255, "f0f1f2f3 f4f5f6f7f8f9fa04"),
    NONCE("record 256", 256, "f0f1f2f3 f4f5f6f7f8f9fbfb"),
    NONCE("record 2^32", UINT64_C(1) << 32, "f0f1f2f3 f4f5f6f6f8f9fafb"),
    NONCE("all bytes of the number", UINT64_C(0x0102030405060708), "f0f1f2f3 f5f7f5f3fdfffdf3"),
    TEST(every_bit),
    TEST(too_short),
    TEST(replayed_or_reordered),
    TEST(provider_fails_to_open),
    INNER("no padding, RFC 9846 §5.4", 3, 22, 0, OK),
    INNER("padding", 3, 22, 100, OK),
    INNER("no content", 0, 23, 0, OK),
    INNER("no content, padding", 0, 23, 5, OK),
    INNER("any type is told", 3, 255, 1, OK),
    INNER("full", 16384, 23, 0, OK),
    INNER("full with padding", 16000, 23, 384, OK),
    INNER("only padding", 0, 23, 16384, OK),
    INNER("one byte of content too many", 16385, 23, 0, ERR_RECORD_OVERFLOW),
    INNER("one byte of padding too many", 16000, 23, 385, ERR_RECORD_OVERFLOW),
    INNER("zeros past the limit", 0, 0, 16386, ERR_RECORD_OVERFLOW),
    INNER("nothing at all", 0, 0, 0, ERR_NO_CONTENT_TYPE),
    INNER("one zero", 0, 0, 1, ERR_NO_CONTENT_TYPE),
    INNER("only zeros", 0, 0, 16385, ERR_NO_CONTENT_TYPE),
    TEST(seal_limit),
    TEST(update_is_due),
    TEST(seal_fails),
    TEST(no_key),
    TEST(one_context),
    TEST(keys_differ),
    TEST(first_install_fails),
    TEST(second_install_fails),
    TEST(other_install_fails),
};

int main(void)
{
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// From handshake fragments to messages, RFC 9846 §5.1: any split gives the same messages.
#include "rows.h"

#include "counting.h"

#include "record/record.h"

enum { CAP = 70000, MAX_MESSAGES = 16 };

// ---- A joiner under watch

struct watch {
    struct counting memory;
    struct ptn_join join;
    size_t judged;               // calls of the limit
    uint8_t types[MAX_MESSAGES]; // in their order
    uint32_t lens[MAX_MESSAGES];
    uint8_t refuse;          // a type to refuse; 0: none
    size_t kept_when_judged; // the most bytes in the buffer at such a call
};

static patina_err limit(void *arg, uint8_t type, uint32_t body_len)
{
    struct watch *w = arg;
    size_t kept = ptn_buf_len(&w->join.buf);
    assert_in_range(w->judged, 0, MAX_MESSAGES - 1);
    w->types[w->judged] = type;
    w->lens[w->judged] = body_len;
    w->judged++;
    w->kept_when_judged = kept > w->kept_when_judged ? kept : w->kept_when_judged;
    return w->refuse != 0 && type == w->refuse ? PATINA_ERR_MESSAGE_TOO_LARGE : PATINA_OK;
}

static void watch_init(struct watch *w, size_t cap)
{
    *w = (struct watch){0};
    counting_init(&w->memory);
    ptn_join_init(&w->join, &w->memory.alloc, cap);
}

// Nothing is left behind and nothing was given back unwiped.
static void watch_clear(struct watch *w)
{
    ptn_join_clear(&w->join);
    assert_int_equal(w->memory.live_blocks, 0);
    assert_int_equal(w->memory.unwiped, 0);
}

static patina_err next(struct watch *w, patina_span *fragment, struct ptn_message *out, bool *have)
{
    return ptn_join_next(&w->join, fragment, limit, w, out, have);
}

// Takes one message that must come whole.
static struct ptn_message take(struct watch *w, patina_span *fragment)
{
    struct ptn_message m;
    bool have = false;
    assert_err(next(w, fragment, &m, &have), PATINA_OK);
    assert_true(have);
    return m;
}

static void take_none(struct watch *w, patina_span *fragment)
{
    struct ptn_message m = {.type = 99};
    bool have = true;
    assert_err(next(w, fragment, &m, &have), PATINA_OK);
    assert_false(have);
    assert_int_equal(m.type, 0);
    assert_empty(m.whole);
    assert_empty(*fragment);
}

// ---- Splits

static const char *const messages[] = {
    "01 3(5*11)", "02 3()",      "08 3(aa)",       "0b 3(300*22)",
    "0f 3(aabb)", "14 3(32*33)", "0b 3(20000*44)", "18 3(01)",
};
static const char stream_text[] =
    "01 3(5*11) 02 3() 08 3(aa) 0b 3(300*22) 0f 3(aabb) 14 3(32*33) 0b 3(20000*44) 18 3(01)";

// Feeds a fragment in memory of its own, so that a span kept into it is seen.
static void feed(struct watch *w, patina_span part, size_t *found)
{
    patina_span copy = exact_copy(part.ptr, part.len);
    patina_span fragment = copy;
    for (bool have = true; have;) {
        struct ptn_message m;
        assert_err(next(w, &fragment, &m, &have), PATINA_OK);
        if (have) {
            assert_in_range(*found, 0, PTN_COUNT(messages) - 1);
            assert_span(m.whole, messages[*found]);
            assert_int_equal(m.type, m.whole.ptr[0]);
            assert_int_equal(m.body.len, m.whole.len - 4);
            assert_true(m.body.len == 0 || m.body.ptr == m.whole.ptr + 4);
            (*found)++;
        }
    }
    assert_empty(fragment);
    notation_free(copy);
}

static void check_end(struct watch *w, size_t found)
{
    assert_int_equal(found, PTN_COUNT(messages));
    assert_int_equal(w->judged, PTN_COUNT(messages));
    assert_true(w->kept_when_judged <= 4);
    assert_true(ptn_join_is_aligned(&w->join));
    for (size_t i = 0; i < PTN_COUNT(messages); i++) {
        patina_span m = notation_bytes(messages[i]);
        assert_int_equal(w->types[i], m.ptr[0]);
        assert_int_equal(w->lens[i], m.len - 4);
        notation_free(m);
    }
    watch_clear(w);
}

static void one_piece(void **state)
{
    patina_span stream = notation_bytes(stream_text);
    struct watch w;
    size_t found = 0;
    (void)state;
    watch_init(&w, CAP);
    feed(&w, stream, &found);
    assert_int_equal(w.memory.allocations, 0); // all of them lie in the fragment
    check_end(&w, found);
    notation_free(stream);
}

static void two_pieces(void **state)
{
    patina_span stream = notation_bytes(stream_text);
    (void)state;
    for (size_t cut = 0; cut <= stream.len; cut += cut < 460 || cut > stream.len - 20 ? 1 : 97) {
        struct watch w;
        size_t found = 0;
        watch_init(&w, CAP);
        feed(&w, ptn_span_first(stream, cut), &found);
        feed(&w, ptn_span_skip(stream, cut), &found);
        check_end(&w, found);
    }
    notation_free(stream);
}

static void equal_pieces(void **state)
{
    patina_span stream = notation_bytes(stream_text);
    (void)state;
    for (size_t step = 1; step <= 40; step++) {
        struct watch w;
        size_t found = 0;
        watch_init(&w, CAP);
        for (size_t at = 0; at < stream.len; at += step) {
            feed(&w, ptn_span_part(stream, at, step), &found);
        }
        check_end(&w, found);
    }
    notation_free(stream);
}

static void random_pieces(void **state)
{
    patina_span stream = notation_bytes(stream_text);
    uint32_t x = 2463534242;
    (void)state;
    for (int round = 0; round < 200; round++) {
        struct watch w;
        size_t found = 0;
        watch_init(&w, CAP);
        for (size_t at = 0; at < stream.len;) {
            x ^= x << 13;
            x ^= x >> 17;
            x ^= x << 5;
            size_t len = x % (x & 0x1000 ? 4000 : 12);
            feed(&w, ptn_span_part(stream, at, len), &found);
            at += len;
        }
        check_end(&w, found);
    }
    notation_free(stream);
}

// ---- Where messages lie

static void not_copied(void **state)
{
    patina_span whole = notation_bytes("14 3(aabbcc) 18 3(01) 02 3()");
    patina_span fragment = whole;
    struct watch w;
    (void)state;
    watch_init(&w, CAP);
    struct ptn_message m = take(&w, &fragment);
    assert_ptr_equal(m.whole.ptr, whole.ptr);
    assert_false(m.in_buffer);
    assert_int_equal(fragment.len, 9);
    m = take(&w, &fragment);
    assert_ptr_equal(m.whole.ptr, whole.ptr + 7);
    m = take(&w, &fragment); // a header and nothing else
    assert_ptr_equal(m.whole.ptr, whole.ptr + 12);
    assert_false(m.in_buffer);
    assert_empty(fragment);
    take_none(&w, &fragment);
    assert_int_equal(w.memory.allocations, 0);
    notation_free(whole);
    watch_clear(&w);
}

static void stable_in_buffer(void **state)
{
    patina_span head = notation_bytes("14 000003 aa");
    patina_span tail = notation_bytes("bbcc 18 3(01)");
    patina_span fragment = head;
    struct watch w;
    (void)state;
    watch_init(&w, CAP);
    take_none(&w, &fragment);
    fragment = tail;
    struct ptn_message m = take(&w, &fragment);
    assert_true(m.in_buffer);
    assert_int_equal(fragment.len, 5);
    notation_free(head);
    patina_span rest = exact_copy(fragment.ptr, fragment.len);
    notation_free(tail);
    assert_span(m.whole, "14 3(aabbcc)"); // both fragments are gone
    fragment = rest;
    m = take(&w, &fragment);
    assert_false(m.in_buffer); // nothing waited any more
    assert_span(m.whole, "18 3(01)");
    notation_free(rest);
    watch_clear(&w);
}

// A completed message takes no byte more into the buffer than its own.
static void takes_what_it_needs(void **state)
{
    patina_span head = notation_bytes("0b 000400 1023*aa");
    patina_span tail = notation_bytes("aa 60000*ff");
    patina_span fragment = head;
    struct watch w;
    (void)state;
    watch_init(&w, 1028);
    take_none(&w, &fragment);
    fragment = tail;
    struct ptn_message m = take(&w, &fragment);
    assert_int_equal(m.whole.len, 1028);
    assert_int_equal(fragment.len, 60000);
    notation_free(head);
    notation_free(tail);
    watch_clear(&w);
}

// ---- Limits

static void refused_on_header(void **state)
{
    static const char *const texts[] = {"0b 00ffff", "0b 00ffff 100*aa", "0b 3(7*aa)"};
    (void)state;
    for (size_t i = 0; i < PTN_COUNT(texts); i++) {
        patina_span whole = notation_bytes(texts[i]);
        for (size_t cut = 0; cut <= 4; cut++) {
            struct ptn_message m = {.type = 99};
            bool have = true;
            struct watch w;
            watch_init(&w, CAP);
            w.refuse = PTN_HS_CERTIFICATE;
            patina_span fragment = ptn_span_first(whole, cut);
            patina_err err = next(&w, &fragment, &m, &have);
            if (cut < 4) {
                assert_err(err, PATINA_OK);
                fragment = ptn_span_skip(whole, cut);
                err = next(&w, &fragment, &m, &have);
            }
            assert_err(err, PATINA_ERR_MESSAGE_TOO_LARGE);
            assert_false(have);
            assert_empty(m.whole);
            assert_int_equal(w.judged, 1);
            assert_true(ptn_buf_len(&w.join.buf) <= 4);
            watch_clear(&w);
        }
        notation_free(whole);
    }
}

// The cap counts for a message however it comes, also where it would not be kept.
static void past_the_cap(void **state)
{
    (void)state;
    for (size_t cut = 0; cut <= 105; cut++) {
        patina_span fits = notation_bytes("0b 3(96*aa)");
        patina_span over = notation_bytes("0b 3(97*aa)");
        bool have = false;
        struct ptn_message m;
        struct watch w;
        watch_init(&w, 100);
        patina_span fragment = ptn_span_first(fits, cut);
        assert_err(next(&w, &fragment, &m, &have), PATINA_OK);
        fragment = ptn_span_skip(fits, cut);
        if (!have) {
            (void)take(&w, &fragment);
        }
        fragment = ptn_span_first(over, cut);
        patina_err err = next(&w, &fragment, &m, &have);
        if (err == PATINA_OK) {
            assert_true(cut < 4);
            fragment = ptn_span_skip(over, cut);
            err = next(&w, &fragment, &m, &have);
        }
        assert_err(err, PATINA_ERR_HANDSHAKE_TOO_LARGE);
        watch_clear(&w);
        notation_free(fits);
        notation_free(over);
    }
}

// Memory grows with bytes received, never with bytes announced.
static void announced_is_not_allocated(void **state)
{
    patina_span head = notation_bytes("0b 00ffff aa");
    patina_span more = notation_bytes("1000*aa");
    patina_span fragment = head;
    struct watch w;
    size_t received = head.len;
    (void)state;
    watch_init(&w, CAP);
    take_none(&w, &fragment);
    assert_true(w.memory.live_bytes <= 256);
    for (int i = 0; i < 60; i++) {
        fragment = more;
        take_none(&w, &fragment);
        received += more.len;
        assert_true(w.memory.live_bytes <= 2 * received);
    }
    assert_int_equal(w.judged, 1);
    notation_free(head);
    notation_free(more);
    watch_clear(&w);
}

// ---- Keeping a rest

static void keep_several(void **state)
{
    patina_span rest = notation_bytes("02 3(aa) 08 3() 0b 3(bbcc) 0f 0000");
    patina_span tail = notation_bytes("02 dddd 14 3(ee)");
    patina_span fragment = {0};
    struct watch w;
    (void)state;
    watch_init(&w, CAP);
    assert_err(ptn_join_keep(&w.join, rest), PATINA_OK);
    notation_free(rest);
    assert_span(take(&w, &fragment).whole, "02 3(aa)");
    assert_false(ptn_join_is_aligned(&w.join));
    assert_span(take(&w, &fragment).whole, "08 3()");
    assert_span(take(&w, &fragment).whole, "0b 3(bbcc)");
    take_none(&w, &fragment);
    assert_int_equal(w.judged, 3);
    fragment = tail;
    assert_span(take(&w, &fragment).whole, "0f 3(dddd)");
    assert_true(ptn_join_is_aligned(&w.join));
    assert_span(take(&w, &fragment).whole, "14 3(ee)");
    assert_true(ptn_join_is_aligned(&w.join));
    assert_int_equal(w.judged, 5);
    notation_free(tail);
    watch_clear(&w);
}

// A fragment that still waits behind kept bytes comes after them.
static void keep_then_fragment(void **state)
{
    patina_span rest = notation_bytes("02 3(aa) 08");
    patina_span more = notation_bytes("000000 18 3(01)");
    patina_span fragment = more;
    struct watch w;
    (void)state;
    watch_init(&w, CAP);
    assert_err(ptn_join_keep(&w.join, rest), PATINA_OK);
    assert_span(take(&w, &fragment).whole, "02 3(aa)");
    assert_int_equal(fragment.len, more.len); // not needed yet
    assert_span(take(&w, &fragment).whole, "08 3()");
    assert_span(take(&w, &fragment).whole, "18 3(01)");
    notation_free(rest);
    notation_free(more);
    watch_clear(&w);
}

static void keep_after_buffered(void **state)
{
    patina_span head = notation_bytes("02 0000");
    patina_span tail = notation_bytes("01 aa 08 3(bb)");
    patina_span fragment = head;
    struct watch w;
    (void)state;
    watch_init(&w, CAP);
    take_none(&w, &fragment);
    fragment = tail;
    assert_true(take(&w, &fragment).in_buffer);
    assert_err(ptn_join_keep(&w.join, fragment), PATINA_OK);
    assert_false(ptn_join_is_aligned(&w.join));
    fragment = (patina_span){0};
    assert_span(take(&w, &fragment).whole, "08 3(bb)");
    assert_true(ptn_join_is_aligned(&w.join));
    take_none(&w, &fragment);
    notation_free(head);
    notation_free(tail);
    watch_clear(&w);
}

static void keep_past_the_cap(void **state)
{
    patina_span rest = notation_bytes("18 3(01) 96*aa");
    struct watch w;
    (void)state;
    watch_init(&w, 100);
    assert_err(ptn_join_keep(&w.join, rest), PATINA_ERR_HANDSHAKE_TOO_LARGE);
    assert_true(ptn_join_is_aligned(&w.join));
    assert_err(ptn_join_keep(&w.join, ptn_span_first(rest, 100)), PATINA_OK);
    assert_err(ptn_join_keep(&w.join, ptn_span_first(rest, 1)), PATINA_ERR_HANDSHAKE_TOO_LARGE);
    notation_free(rest);
    watch_clear(&w);
}

// A message handed out is used up when the next rest comes: it takes no room.
static void keep_does_not_count_the_used(void **state)
{
    patina_span whole = notation_bytes("0b 3(96*aa) 08 3(50*bb)");
    patina_span fragment = ptn_span_first(whole, 50);
    struct watch w;
    (void)state;
    watch_init(&w, 100);
    take_none(&w, &fragment);
    fragment = ptn_span_skip(whole, 50);
    assert_true(take(&w, &fragment).in_buffer);
    assert_err(ptn_join_keep(&w.join, fragment), PATINA_OK);
    fragment = (patina_span){0};
    assert_span(take(&w, &fragment).whole, "08 3(50*bb)");
    notation_free(whole);
    watch_clear(&w);
}

static void keep_nothing(void **state)
{
    struct watch w;
    (void)state;
    watch_init(&w, CAP);
    assert_err(ptn_join_keep(&w.join, (patina_span){0}), PATINA_OK);
    assert_true(ptn_join_is_aligned(&w.join));
    assert_int_equal(w.memory.allocations, 0);
    watch_clear(&w);
}

// ---- Alignment, memory

static void alignment(void **state)
{
    patina_span whole = notation_bytes("14 3(aabb)");
    (void)state;
    for (size_t cut = 1; cut < whole.len; cut++) {
        patina_span fragment = ptn_span_first(whole, cut);
        struct watch w;
        watch_init(&w, CAP);
        assert_true(ptn_join_is_aligned(&w.join));
        take_none(&w, &fragment);
        assert_false(ptn_join_is_aligned(&w.join));
        fragment = ptn_span_skip(whole, cut);
        (void)take(&w, &fragment);
        assert_true(ptn_join_is_aligned(&w.join));
        watch_clear(&w);
    }
    notation_free(whole);
}

static void clear_starts_anew(void **state)
{
    patina_span part = notation_bytes("0b 000010 aaaa");
    patina_span whole = notation_bytes("14 3(bb)");
    patina_span fragment = part;
    struct watch w;
    (void)state;
    watch_init(&w, CAP);
    take_none(&w, &fragment);
    watch_clear(&w);
    assert_true(ptn_join_is_aligned(&w.join));
    fragment = ptn_span_first(whole, 3);
    take_none(&w, &fragment);
    fragment = ptn_span_skip(whole, 3);
    assert_span(take(&w, &fragment).whole, "14 3(bb)");
    assert_int_equal(w.judged, 2); // the new header too
    notation_free(part);
    notation_free(whole);
    watch_clear(&w);
}

// Also while a message stands in the buffer, behind others.
static void clear_while_handed_out(void **state)
{
    patina_span rest = notation_bytes("02 3(aa) 08 3(bbcc)");
    patina_span part = notation_bytes("14 0000");
    patina_span tail = notation_bytes("01 dd");
    patina_span fragment = {0};
    struct watch w;
    (void)state;
    watch_init(&w, CAP);
    assert_err(ptn_join_keep(&w.join, rest), PATINA_OK);
    assert_span(take(&w, &fragment).whole, "02 3(aa)");
    assert_span(take(&w, &fragment).whole, "08 3(bbcc)");
    watch_clear(&w);
    assert_true(ptn_join_is_aligned(&w.join));
    fragment = part;
    take_none(&w, &fragment);
    assert_false(ptn_join_is_aligned(&w.join));
    fragment = tail;
    assert_span(take(&w, &fragment).whole, "14 3(dd)");
    notation_free(rest);
    notation_free(part);
    notation_free(tail);
    watch_clear(&w);
}

static void no_memory(void **state)
{
    patina_span stream = notation_bytes("0b 3(1000*aa)");
    (void)state;
    for (size_t n = 1;; n++) {
        bool have = false;
        patina_err err = PATINA_OK;
        struct ptn_message m;
        struct watch w;
        watch_init(&w, CAP);
        w.memory.fail_at = n;
        for (size_t at = 0; at < stream.len && err == PATINA_OK; at += 200) {
            patina_span fragment = ptn_span_part(stream, at, 200);
            err = next(&w, &fragment, &m, &have);
        }
        watch_clear(&w);
        if (err == PATINA_OK) {
            assert_true(have);
            assert_true(n > 2);
            break;
        }
        assert_err(err, PATINA_ERR_NO_MEMORY);
        assert_false(have);
    }
    notation_free(stream);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(one_piece),
    cmocka_unit_test(two_pieces),
    cmocka_unit_test(equal_pieces),
    cmocka_unit_test(random_pieces),
    cmocka_unit_test(not_copied),
    cmocka_unit_test(stable_in_buffer),
    cmocka_unit_test(takes_what_it_needs),
    cmocka_unit_test(refused_on_header),
    cmocka_unit_test(past_the_cap),
    cmocka_unit_test(announced_is_not_allocated),
    cmocka_unit_test(keep_several),
    cmocka_unit_test(keep_then_fragment),
    cmocka_unit_test(keep_after_buffered),
    cmocka_unit_test(keep_past_the_cap),
    cmocka_unit_test(keep_nothing),
    cmocka_unit_test(keep_does_not_count_the_used),
    cmocka_unit_test(clear_while_handed_out),
    cmocka_unit_test(alignment),
    cmocka_unit_test(clear_starts_anew),
    cmocka_unit_test(no_memory),
};

int main(void)
{
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}

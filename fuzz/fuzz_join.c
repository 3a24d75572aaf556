// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The joiner, RFC 9846 §5.1: a stream gives the same messages and the same error in one piece and
// in any pieces, also when what is left of a piece is kept and taken up later; a message is judged
// once, before its body is kept; memory stays within twice what was received. Input: four bytes
// that cut, then the stream.
#include "pieces.h"

#include "record/record.h"

enum { CAP = 3000 };

struct watch {
    struct ptn_join join;
    uint64_t messages; // a checksum
    size_t count, judged, bytes;
    patina_err err;
};

static patina_err limit(void *arg, uint8_t type, uint32_t body_len)
{
    struct watch *w = arg;
    w->judged++;
    // Kept bytes may stand there, but of this message no more than its header.
    return type == 0x55 || body_len > 5000 ? PATINA_ERR_MESSAGE_TOO_LARGE : PATINA_OK;
}

static void note(struct watch *w, const struct ptn_message *m)
{
    MUST(m->whole.len == 4 + m->body.len && m->whole.len <= CAP);
    MUST(ptn_span_at(m->whole, 0) == m->type);
    for (size_t i = 0; i < m->whole.len; i++) {
        w->messages = (w->messages << 9 | w->messages >> 55) ^ ptn_span_at(m->whole, i);
    }
    w->count++;
    w->bytes += m->whole.len;
    MUST(w->judged == w->count);
}

// One fragment, in memory of its own. With `keep`, the rest after the first message is kept and
// taken up again.
static void feed(struct watch *w, patina_span part, bool keep)
{
    patina_mspan copy = fuzz_exact(part);
    patina_span fragment = ptn_span(copy);
    for (bool have = true; have && w->err == PATINA_OK;) {
        struct ptn_message m;
        w->err = ptn_join_next(&w->join, &fragment, limit, w, &m, &have);
        MUST(w->err == PATINA_OK || !have);
        if (have) {
            note(w, &m);
        }
        if (have && keep && fragment.len != 0) {
            w->err = ptn_join_keep(&w->join, fragment);
            MUST(w->err == PATINA_OK); // CAP leaves room for a piece
            fragment = (patina_span){0};
        }
    }
    MUST(w->err != PATINA_OK || fragment.len == 0);
    free(copy.ptr);
}

static void run(struct watch *w, patina_span stream, uint32_t *cuts)
{
    *w = (struct watch){0};
    ptn_join_init(&w->join, &ptn_heap, CAP);
    for (size_t at = 0; at < stream.len && w->err == PATINA_OK;) {
        size_t len = cuts == NULL ? stream.len : fuzz_piece(cuts);
        bool keep = cuts != NULL && (fuzz_next(cuts) & 0x30) == 0;
        feed(w, ptn_span_part(stream, at, len), keep);
        at += ptn_min_size(len, stream.len - at);
        if (w->err == PATINA_OK) {
            MUST(ptn_join_is_aligned(&w->join) == (w->bytes == at));
        }
    }
    ptn_join_clear(&w->join);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ptn_reader r = ptn_reader_of((patina_span){data, size});
    struct watch whole, pieces;
    uint32_t cuts;
    if (!ptn_read_u32(&r, &cuts)) {
        return 0;
    }
    run(&whole, ptn_reader_rest(&r), NULL);
    run(&pieces, ptn_reader_rest(&r), &cuts);
    MUST(whole.messages == pieces.messages && whole.count == pieces.count);
    MUST(whole.judged == pieces.judged && whole.err == pieces.err);
    return 0;
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The deframer, RFC 9846 §5.1: a stream gives the same records and the same error in one piece,
// byte by byte, and in any pieces; and it never asks for less than it has or more than a record.
// Input: one byte (bit 0: no record was accepted before; the rest cuts), then the stream.
#include "pieces.h"

#include "record/record.h"

struct result {
    uint64_t records; // a checksum of their headers
    size_t count, end;
    patina_err err;
};

static void note(struct result *r, const struct ptn_record *record)
{
    uint64_t header = ((uint64_t)record->header.type << 32) |
                      ((uint64_t)record->header.version << 16) | record->header.len;
    r->records = (r->records << 7 | r->records >> 57) ^ header;
    r->count++;
    r->end += record->whole_len;
}

// Takes all records of the first `have` bytes; false when more bytes are wanted.
static bool step(patina_span stream, size_t have, bool first, struct result *r, size_t *want)
{
    struct ptn_record record;
    patina_mspan in = fuzz_exact(ptn_span_part(stream, r->end, have - r->end));
    r->err = ptn_deframe(ptn_span(in), first && r->count == 0, &record, want);
    bool whole = r->err == PATINA_OK && *want == 0;
    if (whole) {
        MUST(record.whole_len <= in.len && record.whole_len == 5 + (size_t)record.header.len);
        bool short_enough = record.header.len <= PTN_MAX_PLAINTEXT_BYTES;
        MUST((ptn_check_plaintext_record(&record.header) == PATINA_OK) == short_enough);
        note(r, &record);
    } else if (r->err == PATINA_OK) {
        MUST(*want > in.len && *want <= PATINA_RECORD_MAX);
        MUST(record.whole_len == 0);
    } else {
        MUST(patina_err_class(r->err) == PATINA_CLASS_PEER && record.whole_len == 0);
    }
    free(in.ptr);
    return whole;
}

static struct result deframe(patina_span stream, bool first, uint32_t *cuts)
{
    struct result r = {0};
    size_t have = cuts == NULL ? stream.len : 0;
    size_t want = 0;
    for (;;) {
        while (step(stream, have, first, &r, &want)) {
        }
        if (r.err != PATINA_OK || have == stream.len) {
            return r;
        }
        have += ptn_min_size(stream.len - have, fuzz_piece(cuts));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0) {
        return 0;
    }
    patina_span input = {data, size};
    patina_span stream = ptn_span_skip(input, 1);
    bool first = (ptn_span_at(input, 0) & 1) != 0;
    uint32_t cuts = ptn_span_at(input, 0);
    struct result whole = deframe(stream, first, NULL);
    struct result pieces = deframe(stream, first, &cuts);
    MUST(whole.records == pieces.records && whole.count == pieces.count);
    MUST(whole.end == pieces.end && whole.err == pieces.err);
    return 0;
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_join_keep
// SOURCES: src/record/join.c src/base/bytes.c src/base/mem.c
// ENFORCE: no
// UNWIND: 13
// OBJECT_BITS: 9
// SOLVER: cadical
// COVERS: drop_pending append
// MUTANT: src/record/join.c s/j->start_ += j->pending_;/j->start_ += j->pending_ + 1;/
#include "proof.h"

#include "record/record.h"
#include "stubs.h"

#define IS_JOIN(j)                                                 \
    ((j).buf.len_ <= (j).buf.cap_ && (j).start_ <= (j).buf.len_ && \
     (j).pending_ <= (j).buf.len_ - (j).start_)

// Judges a message by its header; anything goes.
static patina_err any_limit(void *arg, uint8_t type, uint32_t body_len)
{
    (void)arg;
    (void)type;
    CLAIM(body_len <= 0xffffff, "a length of three bytes");
    return any_bool() ? PATINA_OK : PATINA_ERR_HANDSHAKE_TOO_LARGE;
}

// A joiner in any state: a buffer of any size, some of it used, some of it handed out.
static struct ptn_join any_join(void)
{
    struct ptn_join j;
    ptn_join_init(&j, &stub_allocator, any_size());
    patina_mspan block = any_mspan();
    j.buf.ptr_ = block.len == 0 ? NULL : block.ptr;
    j.buf.cap_ = block.len;
    j.buf.len_ = any_size();
    j.start_ = any_size();
    j.pending_ = any_size();
    j.judged_ = any_bool();
    ASSUME(j.max_bytes <= PTN_MAX_HANDSHAKE_BYTES && j.buf.cap_ <= j.max_bytes && IS_JOIN(j));
    ASSUME(block.len == 0 || block.len >= 256 || block.len == j.max_bytes); // as the buffer grows
    return j;
}

void harness(void)
{
    struct ptn_join j = any_join();
    size_t waits = j.buf.len_ - j.start_ - j.pending_;
    patina_span rest = any_span();
    if (ptn_join_keep(&j, rest) == PATINA_OK) {
        PTN_REACH("kept");
        CLAIM(j.buf.len_ - j.start_ == waits + rest.len, "all of it waits");
    } else {
        PTN_REACH("no room");
    }
    CLAIM(IS_JOIN(j) && j.pending_ == 0, "the joiner is in order");
}

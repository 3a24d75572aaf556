// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_join_next
// SOURCES: src/record/join.c src/base/bytes.c
// ENFORCE: no
// UNWIND: 4
// OBJECT_BITS: 8
// COVERS: drop_pending waiting append collect judge message_of
// MUTANT: src/record/join.c s/j->pending_ = whole_len;/j->pending_ = whole_len + 1;/
#include "proof.h"

#include "record/record.h"
#include "stubs.h"

#define IS_JOIN(j)                                                 \
    ((j).buf.len_ <= (j).buf.cap_ && (j).start_ <= (j).buf.len_ && \
     (j).pending_ <= (j).buf.len_ - (j).start_)

// The buffer without its contents: room may run out at any call. ptn_join_keep is proved with the
// true one.
void ptn_buf_init(struct ptn_buf *b, const struct patina_allocator *alloc, size_t max)
{
    *b = (struct ptn_buf){.alloc = alloc, .max_ = max};
}

patina_span ptn_buf_span(const struct ptn_buf *b)
{
    return b->len_ == 0 ? (patina_span){0} : (patina_span){b->ptr_, b->len_};
}

bool ptn_buf_append(struct ptn_buf *b, patina_span s)
{
    CLAIM(SPAN(s) && s.len <= SIZE_MAX - b->len_, "what is appended can be read");
    if (any_bool()) {
        return false;
    }
    b->len_ += s.len;
    b->cap_ = b->len_;
    b->ptr_ = any_object(b->cap_);
    return true;
}

void ptn_buf_drop_front(struct ptn_buf *b, size_t n)
{
    b->len_ -= n < b->len_ ? n : b->len_;
}

void ptn_buf_truncate(struct ptn_buf *b, size_t len)
{
    b->len_ = len < b->len_ ? len : b->len_;
}

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
    patina_span given = any_span();
    patina_span fragment = given;
    struct ptn_message message;
    bool have;
    if (ptn_join_next(&j, &fragment, any_limit, NULL, &message, &have) != PATINA_OK) {
        PTN_REACH("refused");
        CLAIM(!have, "no message");
    } else if (!have) {
        PTN_REACH("no whole message yet");
        CLAIM(fragment.len == 0, "all of the fragment is kept");
    } else if (message.in_buffer) {
        PTN_REACH("from the buffer");
        CLAIM(is_within(message.whole, ptn_buf_span(&j.buf)), "within the buffer");
    } else {
        PTN_REACH("from the fragment");
        CLAIM(is_within(message.whole, given), "within the fragment");
    }
    CLAIM(IS_JOIN(j), "the joiner is in order");
    CLAIM(is_within(fragment, given), "the rest of the fragment is a part of it");
    CLAIM(!have || message.whole.len == message.body.len + 4, "header and body");
}

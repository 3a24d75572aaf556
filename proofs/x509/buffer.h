// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The growable buffer of base/mem.h as proofs see it: lengths alone. Its contents are arbitrary and
// another object at each look, and room may run out at any call.
#ifndef PTN_PROOF_BUFFER_H
#define PTN_PROOF_BUFFER_H

#include "base/mem.h"
#include "proof.h"

static inline struct ptn_buf any_buf(void)
{
    struct ptn_buf b = {.len_ = any_size(), .cap_ = any_size(), .max_ = any_size()};
    ASSUME(BUF(&b));
    return b;
}

void ptn_buf_init(struct ptn_buf *b, const struct patina_allocator *alloc, size_t max)
{
    *b = (struct ptn_buf){.alloc = alloc, .max_ = max};
}

void ptn_buf_clear(struct ptn_buf *b)
{
    CLAIM(BUF(b), "what is cleared is a buffer");
    b->len_ = 0;
    b->cap_ = 0;
}

patina_span ptn_buf_span(const struct ptn_buf *b)
{
    return b->len_ == 0 ? (patina_span){0} : (patina_span){any_object(b->len_), b->len_};
}

static inline bool grow(struct ptn_buf *b, size_t len)
{
    CLAIM(BUF(b), "what grows is a buffer");
    if (any_bool() || len > b->max_ - b->len_) {
        return false;
    }
    b->len_ += len;
    b->cap_ = b->len_ > b->cap_ ? b->len_ : b->cap_;
    return true;
}

bool ptn_buf_extend(struct ptn_buf *b, size_t len, patina_mspan *out)
{
    *out = (patina_mspan){0};
    if (!grow(b, len)) {
        return false;
    }
    if (len != 0) {
        *out = (patina_mspan){any_object(len), len};
    }
    return true;
}

bool ptn_buf_append(struct ptn_buf *b, patina_span s)
{
    CLAIM(SPAN(s), "what is appended can be read");
    return grow(b, s.len);
}

void ptn_buf_truncate(struct ptn_buf *b, size_t len)
{
    CLAIM(BUF(b), "what is cut is a buffer");
    b->len_ = len < b->len_ ? len : b->len_;
}

#endif

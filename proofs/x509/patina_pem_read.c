// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: patina_pem_read
// SOURCES: src/x509/inspect.c
// ENFORCE: no
// REPLACE: ptn_pem_line ptn_mspan_part ptn_span_copy
// MUTANT: src/x509/inspect.c s/decoded.len > room.len/decoded.len > room.len + 1/
#include "proof.h"

#include "patina/inspect.h"
#include "x509/pem.h"

const struct patina_allocator ptn_heap;

// The next block by a stand-in: any decoded bytes, any error, a position that only goes forward.
static patina_span decoded;

patina_err ptn_pem_next(patina_span text, size_t *position, struct ptn_pem_block *out,
                        struct ptn_buf *der, bool *out_have)
{
    (void)der;
    CLAIM(SPAN(text) && *position <= text.len, "within the text");
    size_t at = any_size();
    ASSUME(at >= *position && at <= text.len);
    *position = at;
    *out = (struct ptn_pem_block){.start = any_size()};
    ASSUME(out->start <= at);
    *out_have = any_bool();
    patina_err err = any_bool()   ? PATINA_OK
                     : any_bool() ? PATINA_ERR_BAD_PEM
                                  : PATINA_ERR_NO_MEMORY;
    if (err != PATINA_OK) {
        *out_have = false;
    }
    if (*out_have) {
        decoded = any_span();
        out->label = any_bool() ? text : (patina_span){0};
    }
    return err;
}

void ptn_buf_init(struct ptn_buf *b, const struct patina_allocator *alloc, size_t max)
{
    *b = (struct ptn_buf){.alloc = alloc, .max_ = max};
}

patina_span ptn_buf_span(const struct ptn_buf *b)
{
    (void)b;
    return decoded;
}

static size_t cleared;
void ptn_buf_clear(struct ptn_buf *b)
{
    (void)b;
    cleared++;
}

void harness(void)
{
    patina_span text = any_span();
    patina_mspan room = any_mspan();
    size_t position = any_size();
    size_t before = position;
    struct patina_pem_block block;
    decoded = (patina_span){0};
    cleared = 0;
    patina_err err = patina_pem_read(text, &position, room, &block);
    if (err == PATINA_OK) {
        PTN_REACH("read");
        CLAIM(position >= before && position <= text.len, "only forward");
        CLAIM(is_within(block.der, ptn_span(room)), "decoded into the room");
        CLAIM(is_within(block.label, text), "a label of the text");
    } else if (err == PATINA_ERR_MISUSE) {
        PTN_REACH("misuse");
        CLAIM(position == before, "nothing has changed");
    } else {
        PTN_REACH("refused");
        CLAIM(block.der.len == 0, "no bytes");
    }
    CLAIM(cleared == 1 || before > text.len, "the decoded bytes are given back");
}

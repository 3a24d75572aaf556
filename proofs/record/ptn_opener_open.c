// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_opener_open
// SOURCES: src/record/protect.c src/base/bytes.c src/base/mem.c
// ENFORCE: no
// REPLACE: ptn_span_len_without_trailing_zeros
// UNWIND: 9
// OBJECT_BITS: 9
// COVERS: split_inner nonce_for
// MUTANT: src/record/protect.c s/sealed.len >= o->aead->tag_len/sealed.len >= 0/
#include "proof.h"

#include "record/record.h"
#include "stubs.h"

void harness(void)
{
    struct ptn_opener opener = {.aead = any_bool() ? &stub_aead : NULL, .seq = any_u64()};
    uint64_t seq = opener.seq;
    patina_span record = any_span();
    patina_mspan out = any_mspan();
    ASSUME(record.len >= 5 && out.len >= record.len - 5);
    uint8_t type;
    patina_mspan text;
    patina_err err = ptn_opener_open(&opener, record, out, &type, &text);
    if (err == PATINA_OK) {
        PTN_REACH("opened");
        CLAIM(type != 0 && opener.seq == seq + 1, "a type; the sequence number moves");
        CLAIM(is_within(ptn_span(text), ptn_span(out)) && text.len <= 16384,
              "the content is in `out`");
    } else {
        PTN_REACH("refused");
        CLAIM(text.len == 0 && opener.seq == seq, "nothing comes out");
    }
}

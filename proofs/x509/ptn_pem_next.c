// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_pem_next
// REPLACE: find_begin find_body decode_body
// OBJECT_BITS: 9
// SOLVER: cadical
// UNWIND: 13
// MUTANT: src/x509/pem.c s/    ptn_buf_truncate(der, 0);/    ptn_buf_truncate(der, 1);/
#include "proof.h"

#include "x509/buffer.h"
#include "x509/pem.c"

void harness(void)
{
    patina_span text = any_span();
    size_t position = any_size();
    ASSUME(position <= text.len);
    size_t before = position;
    struct ptn_buf der = any_buf();
    struct ptn_pem_block block;
    bool have;
    patina_err err = ptn_pem_next(text, &position, &block, &der, &have);
    if (have) {
        PTN_REACH("a block");
    } else if (err == PATINA_OK) {
        PTN_REACH("the end");
        CLAIM(position == text.len, "of the text");
    } else {
        PTN_REACH("refused");
        CLAIM(text.len > PTN_MAX_PEM_BYTES || position > before, "behind its BEGIN line");
    }
}

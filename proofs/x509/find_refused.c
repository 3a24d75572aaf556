// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: find_refused
// REPLACE: ptn_pem_next judge_block
// COVERS: note is_broken
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 9
// SOLVER: cadical
// MUTANT: src/x509/bundle.c s/position <= before || err == PATINA_ERR_NO_MEMORY/err == PATINA_ERR_NO_MEMORY/
#include "proof.h"

#include "x509/bundle.c"

// What a block decodes to: made once, for a loop under its contract makes nothing.
static patina_span decoded;
patina_span ptn_buf_span(const struct ptn_buf *b)
{
    (void)b;
    return decoded;
}

void harness(void)
{
    struct ptn_buf der = {.len_ = any_size(), .cap_ = any_size(), .max_ = any_size()};
    ASSUME(BUF(&der));
    decoded = any_span();
    struct patina_roots_refused refused = {0};
    find_refused(any_span(), &der, &refused);
    if (refused.err == PATINA_OK) {
        PTN_REACH("nothing");
    } else {
        PTN_REACH("found");
    }
}

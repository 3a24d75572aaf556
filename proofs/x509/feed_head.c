// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: feed_head
// SOURCES: src/base/bytes.c
// REPLACE: ptn_crl_scan_step ptn_span_at
// OBJECT_BITS: 9
// SOLVER: cadical
// MUTANT: src/x509/crl_loader.c s/    if (l->head_len == HEAD_BYTES) {/    if (l->head_len > HEAD_BYTES) {/
#include "proof.h"

#include "x509/crl_loader.c"

#include "x509/any_loader.h"

void harness(void)
{
    struct patina_crl_loader l = any_loader();
    size_t done = any_size();
    if (feed_head(&l, any_span(), &done) != PATINA_OK) {
        PTN_REACH("refused");
    } else if (l.is_open) {
        PTN_REACH("a whole header");
    } else {
        PTN_REACH("a part of one");
    }
}

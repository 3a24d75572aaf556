// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: bit_of
// REPLACE: ptn_id_ce_arc ptn_span_part ptn_span_equal ptn_span_at
// ASSIGNS_NOTHING: yes
// COVERS: bit_below_id_ce
// MUTANT: src/x509/cert_ext.c s/if (oid.len == 8 .. ptn_span_equal(ptn_span_first(oid, 7)/if (ptn_span_equal(ptn_span_first(oid, 7)/
#include "proof.h"

#include "x509/cert_ext.c"

void harness(void)
{
    if (bit_of(any_span()) != 0) {
        PTN_REACH("read here");
    } else {
        PTN_REACH("another one");
    }
}

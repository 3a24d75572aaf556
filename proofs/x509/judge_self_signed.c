// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: judge_self_signed
// REPLACE: ptn_span_equal
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 9
// CBMC: --max-field-sensitivity-array-size 8
// COVERS: slot_cert
// MUTANT: src/x509/path.c s/    for (size_t i = 1; i < s->slots_count; i++)/    for (size_t i = 1; i <= s->slots_count; i++)/
#include "proof.h"

#include "x509/path.c"

#include "x509/any_search.h"

#include "x509/any_root.h"

void harness(void)
{
    SMALL_SEARCH(s, q);
    if (judge_self_signed(&s) == PATINA_OK) {
        PTN_REACH("not one of those");
    } else {
        PTN_REACH("self-signed");
    }
}

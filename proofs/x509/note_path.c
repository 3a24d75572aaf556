// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: note_path
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 9
// CBMC: --no-array-field-sensitivity
// MUTANT: src/x509/path.c s/PTN_AT(s->frames, level)\.index;/PTN_AT(s->frames, level + 1).index;/
#include "proof.h"

#include "x509/path.c"

#include "x509/any_search.h"

void harness(void)
{
    ANY_SEARCH(s, q);
    struct ptn_path_result result;
    note_path(&s, &result);
    PTN_REACH("noted");
}

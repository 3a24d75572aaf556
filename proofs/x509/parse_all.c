// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: parse_all
// REPLACE: ptn_read_bytes parse_root
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 9
// MUTANT: src/x509/roots.c s/PTN_ITEM(roots->order, roots->roots_count, i) = (uint32_t)i;/PTN_ITEM(roots->order, roots->roots_count + 1, i + 1) = (uint32_t)i;/
#include "proof.h"

#include "x509/roots.c"

#include "x509/any_roots.h"

void harness(void)
{
    ANY_ROOTS(roots);
    uint32_t lengths[any_count];
    if (parse_all(&roots, lengths) == PATINA_OK) {
        PTN_REACH("all of them");
    } else {
        PTN_REACH("one that is none");
    }
}

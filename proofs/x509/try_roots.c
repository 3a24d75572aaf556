// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: try_roots
// REPLACE: try_root out_of_budget ptn_path_other_name
// LOOP_CONTRACTS: yes
// UNWIND: 14
// OBJECT_BITS: 9
// CBMC: --max-field-sensitivity-array-size 8
// COVERS: next_root top slot_cert
// MUTANT: src/x509/path.c s/^        s->steps_left--;/        s->steps_left -= 2;/
#include "proof.h"

#include "x509/path.c"

#include "x509/any_search.h"

#include "x509/any_root.h"

void harness(void)
{
    SMALL_SEARCH(s, q);
    root_name = any_span();
    bool stop = false;
    if (try_roots(&s, &stop) == PATINA_OK) {
        PTN_REACH("a path");
    } else if (stop) {
        PTN_REACH("the end of the search");
    } else {
        PTN_REACH("none of them");
    }
}

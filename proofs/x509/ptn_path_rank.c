// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_path_rank
// ASSIGNS_NOTHING: yes
// OBJECT_BITS: 9
// MUTANT: src/x509/path_judge.c s/        return PTN_MOST_RANK;/        return PTN_MOST_RANK + 1;/
#include "proof.h"

#include "x509/any_path.h"
#include "x509/path_judge.c"

void harness(void)
{
    uint32_t rank = ptn_path_rank((patina_err)any_int());
    if (rank == PTN_MOST_RANK) {
        PTN_REACH("the most specific");
    } else if (rank == 0) {
        PTN_REACH("the least");
    } else {
        PTN_REACH("between them");
    }
}

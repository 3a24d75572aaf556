// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: spend
// MUTANT: src/x509/constraints.c s/enough = \*budget >= cost/enough = *budget + 1 >= cost/
#include "proof.h"

#include "x509/constraints.c"

void harness(void)
{
    size_t budget = any_size();
    if (spend(&budget, any_size())) {
        PTN_REACH("enough");
    } else {
        PTN_REACH("too little");
    }
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: first_place
// REPLACE: ptn_span_compare
// LOOP_CONTRACTS: yes
// ASSIGNS_NOTHING: yes
// OBJECT_BITS: 9
// MUTANT: src/x509/crls.c s/            end = middle;/            end = middle + 1;/
#include "proof.h"

#include "x509/crls.c"

#include "x509/any_lists.h"

void harness(void)
{
    ANY_LISTS(crls);
    if (first_place(&crls, any_span()) < crls.lists_count) {
        PTN_REACH("before some list");
    } else {
        PTN_REACH("behind all lists");
    }
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_crls_next
// REPLACE: first_place ptn_span_equal
// OBJECT_BITS: 9
// MUTANT: src/x509/crls.c s/    if (place >= crls->lists_count ||/    if (place > crls->lists_count ||/
#include "proof.h"

#include "x509/crls.c"

#include "x509/any_lists.h"

void harness(void)
{
    ANY_LISTS(crls);
    size_t position = any_size();
    if (ptn_crls_next(&crls, any_span(), &position) != NULL) {
        PTN_REACH("a list");
        CLAIM(position <= crls.lists_count, "one of them");
    } else {
        PTN_REACH("no more");
    }
}

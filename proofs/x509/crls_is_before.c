// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: is_before
// REPLACE: compare_lists
// ASSIGNS_NOTHING: yes
// OBJECT_BITS: 9
// MUTANT: src/x509/crls.c s/list_at(crls, i)->crl) < 0;/list_at(crls, i + 1)->crl) < 0;/
#include "proof.h"

#include "x509/crls.c"

#include "x509/any_lists.h"

void harness(void)
{
    ANY_LISTS(crls);
    struct ptn_listed_crl list = {.crl = any_crl()};
    if (is_before(&list, &crls, any_size())) {
        PTN_REACH("before it");
    } else {
        PTN_REACH("not before it");
    }
}

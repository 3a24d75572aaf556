// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: insert
// REPLACE: is_before
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 9
// COVERS: list_at
// MUTANT: src/x509/crls.c s/    size_t place = crls->lists_count;/    size_t place = crls->lists_count + 1;/
#include "proof.h"

#include "x509/crls.c"

#include "x509/any_lists.h"

void harness(void)
{
    ANY_LISTS(crls);
    struct ptn_listed_crl list = {.crl = any_crl()};
    insert(&crls, &list);
    PTN_REACH("in its place");
}

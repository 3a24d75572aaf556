// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: compare_lists
// REPLACE: compare_numbers ptn_span_compare
// COVERS: compare_times
// ASSIGNS_NOTHING: yes
// OBJECT_BITS: 9
// MUTANT: src/x509/crls.c s/ptn_span_compare(a->issuer, b->issuer)/ptn_span_compare(a->issuer, b->entries)/
#include "proof.h"

#include "x509/crls.c"

#include "x509/any_lists.h"

void harness(void)
{
    struct ptn_crl a = any_crl();
    struct ptn_crl b = any_crl();
    a.entries.len = any_size(); // no bytes of theirs are looked at
    b.entries.len = any_size();
    if (compare_lists(&a, &b) == 0) {
        PTN_REACH("equal");
    } else {
        PTN_REACH("not equal");
    }
}

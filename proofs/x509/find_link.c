// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: find_link
// LOOP_CONTRACTS: yes
// ASSIGNS_NOTHING: yes
// OBJECT_BITS: 9
// CBMC: --no-array-field-sensitivity
// MUTANT: src/x509/path.c s/    while (i < s->links_count)/    while (i <= s->links_count)/
#include "proof.h"

#include "x509/path.c"

#include "x509/any_search.h"

void harness(void)
{
    ANY_SEARCH(s, q);
    const struct ptn_cert child = any_cert();
    const struct ptn_cert issuer = any_cert();
    if (find_link(&s, &child, &issuer) < s.links_count) {
        PTN_REACH("known");
    } else {
        PTN_REACH("new");
    }
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: note_links
// REPLACE: find_link
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 9
// CBMC: --no-array-field-sensitivity
// COVERS: issuer_of frame_cert slot_cert
// MUTANT: src/x509/path.c s/        if (known == s->links_count) {/        if (known > s->links_count) {/
#include "proof.h"

#include "x509/path.c"

#include "x509/any_search.h"

void harness(void)
{
    ANY_SEARCH(s, q);
    const struct ptn_cert root = any_cert();
    note_links(&s, &root);
    if (s.accepted.count == 0) {
        PTN_REACH("nothing new");
    } else {
        PTN_REACH("some links");
    }
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: check_links
// REPLACE: check_link
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 9
// CBMC: --no-array-field-sensitivity
// COVERS: issuer_of frame_cert slot_cert
// MUTANT: src/x509/path.c s/level > 0; level--)\(.*\)/level + 1 > 0; level--)/
#include "proof.h"

#include "x509/path.c"

#include "x509/any_search.h"

void harness(void)
{
    ANY_SEARCH(s, q);
    const struct ptn_cert root = any_cert();
    bool exhausted = false;
    if (check_links(&s, &root, &exhausted) == PATINA_OK) {
        PTN_REACH("the whole path");
    } else {
        PTN_REACH("a bad link");
    }
}

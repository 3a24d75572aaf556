// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: is_loop
// REPLACE: ptn_span_equal
// LOOP_CONTRACTS: yes
// ASSIGNS_NOTHING: yes
// OBJECT_BITS: 9
// CBMC: --max-field-sensitivity-array-size 8
// COVERS: frame_cert slot_cert
// MUTANT: src/x509/path.c s/frame_cert(s, level);/frame_cert(s, level + 1);/
#include "proof.h"

#include "x509/path.c"

#include "x509/any_search.h"

void harness(void)
{
    SMALL_SEARCH(s, q);
    const struct ptn_cert cert = any_cert();
    if (is_loop(&s, &cert)) {
        PTN_REACH("there already");
    } else {
        PTN_REACH("new");
    }
}

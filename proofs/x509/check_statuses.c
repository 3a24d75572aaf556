// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: check_statuses
// REPLACE: check_status out_of_budget
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 9
// CBMC: --no-array-field-sensitivity
// COVERS: issuer_of frame_cert slot_cert
// MUTANT: src/x509/path.c s/check_status(s, level - 1,/check_status(s, level,/
#include "proof.h"

#include "x509/path.c"

#include "x509/any_search.h"

void harness(void)
{
    ANY_SEARCH(s, q);
    const struct ptn_cert root = any_cert();
    bool exhausted = false;
    patina_err err = check_statuses(&s, &root, &exhausted);
    if (exhausted) {
        PTN_REACH("a used-up budget");
    } else if (err == PATINA_OK) {
        PTN_REACH("the whole path");
    } else {
        PTN_REACH("one that is revoked");
    }
}

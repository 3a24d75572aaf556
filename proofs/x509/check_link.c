// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: check_link
// REPLACE: find_link judge_link note_bad_link out_of_budget
// OBJECT_BITS: 9
// CBMC: --no-array-field-sensitivity
// COVERS: frame_cert slot_cert
// MUTANT: src/x509/path.c s/    if (s->links_count == PTN_MAX_PATH_SIGNATURES || /    if (/
#include "proof.h"

#include "x509/path.c"

#include "x509/any_search.h"

void harness(void)
{
    ANY_SEARCH(s, q);
    const struct ptn_cert issuer = any_cert();
    bool exhausted = false;
    patina_err err = check_link(&s, any_size(), &issuer, &exhausted);
    if (exhausted) {
        PTN_REACH("no signature left");
    } else if (err == PATINA_OK) {
        PTN_REACH("good");
    } else {
        PTN_REACH("bad");
    }
}

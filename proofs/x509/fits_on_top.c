// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: fits_on_top
// REPLACE: note_unparsed is_loop note_failure find_link is_usable_issuer ptn_path_is_issuer
// OBJECT_BITS: 9
// CBMC: --max-field-sensitivity-array-size 8
// COVERS: top slot_cert
// MUTANT: src/x509/path.c s/ || s->depth == MAX_FRAMES) {/) {/
#include "proof.h"

#include "x509/path.c"

#include "x509/any_search.h"

void harness(void)
{
    SMALL_SEARCH(s, q);
    if (fits_on_top(&s, any_size())) {
        PTN_REACH("fits");
    } else {
        PTN_REACH("does not");
    }
}

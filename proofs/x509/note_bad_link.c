// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: note_bad_link
// REPLACE: note_failure
// OBJECT_BITS: 9
// CBMC: --no-array-field-sensitivity
// MUTANT: src/x509/path.c s/\.index = (int16_t)PTN_AT(s->frames, level)\.index,/.index = (int16_t)PTN_AT(s->frames, level + 1).index,/
#include "proof.h"

#include "x509/path.c"

#include "x509/any_search.h"

void harness(void)
{
    ANY_SEARCH(s, q);
    const struct link link = {.err = PATINA_ERR_CERT_BAD_SIGNATURE};
    note_bad_link(&s, any_size(), &link);
    PTN_REACH("noted");
}

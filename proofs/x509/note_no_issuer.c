// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: note_no_issuer
// REPLACE: note_failure
// OBJECT_BITS: 9
// CBMC: --max-field-sensitivity-array-size 8
// COVERS: top slot_cert
// MUTANT: src/x509/path.c s/\.cert = slot_cert(s, top(s)->index)};/.cert = slot_cert(s, top(s)->next)};/
#include "proof.h"

#include "x509/path.c"

#include "x509/any_search.h"

void harness(void)
{
    SMALL_SEARCH(s, q);
    note_no_issuer(&s);
    PTN_REACH("noted");
}

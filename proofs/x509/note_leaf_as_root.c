// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: note_leaf_as_root
// REPLACE: note_failure
// OBJECT_BITS: 9
// CBMC: --no-array-field-sensitivity
// MUTANT: src/x509/path.c s/                                 \.other = root};/                                 .other = root}; s->depth = 0;/
#include "proof.h"

#include "x509/path.c"

#include "x509/any_search.h"

void harness(void)
{
    ANY_SEARCH(s, q);
    const struct ptn_cert root = any_cert();
    note_leaf_as_root(&s, &root);
    PTN_REACH("noted");
}

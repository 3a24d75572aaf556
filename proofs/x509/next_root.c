// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: next_root
// REPLACE: ptn_path_other_name
// OBJECT_BITS: 9
// CBMC: --max-field-sensitivity-array-size 8
// COVERS: top slot_cert
// MUTANT: src/x509/path.c s/    s->root = position - 1;/    s->root = position - 2;/
#include "proof.h"

#include "x509/path.c"

#include "x509/any_search.h"

#include "x509/any_root.h"

void harness(void)
{
    SMALL_SEARCH(s, q);
    root_name = any_span();
    if (next_root(&s) != NULL) {
        PTN_REACH("a root");
    } else {
        PTN_REACH("no more");
    }
}

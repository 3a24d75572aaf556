// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: note_unparsed
// REPLACE: note_failure
// OBJECT_BITS: 9
// CBMC: --no-array-field-sensitivity
// MUTANT: src/x509/path.c s/PTN_ITEM(s->slots, s->slots_count, index)\.err,/PTN_ITEM(s->slots, s->slots_count + 1, index + 1).err,/
#include "proof.h"

#include "x509/path.c"

#include "x509/any_search.h"

void harness(void)
{
    ANY_SEARCH(s, q);
    note_unparsed(&s, any_size());
    PTN_REACH("noted");
}

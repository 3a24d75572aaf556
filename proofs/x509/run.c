// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: run
// REPLACE: parse_chain judge_self_signed judge_leaf find_path
// UNWIND: 14
// OBJECT_BITS: 9
// CBMC: --max-field-sensitivity-array-size 8
// MUTANT: src/x509/path.c s/    return find_path(s);/    s->depth = 1; return find_path(s);/
#include "proof.h"

#include "x509/path.c"

#include "x509/any_search.h"

void harness(void)
{
    ANY_SEARCH(s, q);
    struct ptn_path_request with_chain = q;
    with_chain.chain = uniform_spans(s.slots_count, PTN_MAX_CERTIFICATES);
    with_chain.chain_count = s.slots_count;
    s.q = &with_chain;
    if (run(&s) == PATINA_OK) {
        PTN_REACH("a path");
    } else {
        PTN_REACH("none");
    }
}

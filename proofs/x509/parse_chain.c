// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: parse_chain
// REPLACE: parse_slot
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 9
// CBMC: --no-array-field-sensitivity
// MUTANT: src/x509/path.c s/\&PTN_ITEM(s->slots, s->slots_count, i));/\&PTN_ITEM(s->slots, s->slots_count + 1, i + 1));/
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
    if (parse_chain(&s) == PATINA_OK) {
        PTN_REACH("a leaf");
    } else {
        PTN_REACH("none");
    }
}

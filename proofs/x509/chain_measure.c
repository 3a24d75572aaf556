// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: measure
// LOOP_CONTRACTS: yes
// MUTANT: src/x509/chain.c s/ptn_add_size(size, sizeof(struct patina_chain), out_head)/ptn_add_size(size, 8, out_head)/
#include "proof.h"

#include "x509/chain.c"

#include "x509/any_chain.h"

void harness(void)
{
    struct ptn_chain_parts parts = {.count = any_size(), .staple.len = any_size()};
    ASSUME(parts.count <= __CPROVER_max_malloc_size / sizeof(patina_span));
    parts.certificates = any_object(parts.count * sizeof(patina_span));
    size_t head;
    size_t size;
    if (measure(&parts, &head, &size)) {
        PTN_REACH("a size");
    } else {
        PTN_REACH("too much");
    }
}

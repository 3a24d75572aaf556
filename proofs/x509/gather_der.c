// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: gather_der
// REPLACE: ptn_cert_parse_anchor
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 9
// MUTANT: src/x509/roots.c s/        PTN_AT(g->lengths, i) =/        PTN_AT(g->lengths, i + 1) =/
#include "proof.h"

#include "x509/roots.c"

#include "x509/buffer.h"

void harness(void)
{
    struct gathering g = {.block = any_buf(), .all = any_buf(), .count = any_size()};
    ASSUME(g.count <= PTN_MAX_ROOTS);
    size_t count = any_size();
    patina_span *certificates = uniform_spans(count, PTN_MAX_ROOTS);
    if (gather_der(&g, certificates, count) == PATINA_OK) {
        PTN_REACH("all of them");
    } else {
        PTN_REACH("one that is none, or no memory");
    }
}

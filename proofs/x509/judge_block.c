// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: judge_block
// REPLACE: ptn_pem_is_certificate ptn_cert_parse_anchor
// OBJECT_BITS: 9
// SOLVER: cadical
// MUTANT: src/x509/bundle.c s/\*taken < PTN_MAX_ROOTS/*taken <= PTN_MAX_ROOTS/
#include "proof.h"

#include "x509/bundle.c"

void harness(void)
{
    struct ptn_pem_block block = {.label = any_span()};
    size_t taken = any_size();
    ASSUME(taken <= PTN_MAX_ROOTS);
    size_t before = taken;
    patina_err err = judge_block(&block, any_span(), &taken);
    if (err == PATINA_OK && taken != before) {
        PTN_REACH("taken");
    } else if (err == PATINA_OK) {
        PTN_REACH("none of ours");
    } else if (err == PATINA_ERR_TOO_MANY_OPTIONS) {
        PTN_REACH("too many");
    } else {
        PTN_REACH("refused");
        CLAIM(taken == before, "not counted");
    }
}

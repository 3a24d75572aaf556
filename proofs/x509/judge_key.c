// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Bound: a provider of one row at most; the loop over its rows is unwound.
//
// PROOF: judge_key
// SOURCES: src/x509/key.c
// REPLACE: ptn_key_is_sound ptn_span_equal
// OBJECT_BITS: 9
// COVERS: refuse
// MUTANT: src/x509/path_judge.c s/    out->err = err;/    out->err = PATINA_OK;/
#include "proof.h"

#include "x509/any_path.h"
#include "x509/path_judge.c"

void harness(void)
{
    const struct patina_verify_alg row = {.key_alg_id = any_span()};
    const struct patina_verify_alg *rows[1] = {&row};
    const struct patina_provider p = {.verify_algs = rows, .verify_algs_count = any_bool()};
    struct ptn_path_request q = any_request(NULL);
    const struct ptn_spki spki = {any_span(), any_span(), any_span()};
    struct ptn_path_failure failure = {0};
    q.provider = &p;
    if (judge_key(&q, &spki, &failure) == PATINA_OK) {
        PTN_REACH("accepted");
    } else {
        PTN_REACH("refused");
    }
}

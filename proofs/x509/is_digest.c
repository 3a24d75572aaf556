// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: is_digest
// REPLACE: ptn_span_equal ptn_span_part
// OBJECT_BITS: 9
// SOLVER: cadical
// COVERS: is_algorithm has_sha1
// MUTANT: src/x509/ocsp_judge.c s/ \&\& has_sha1(p)) {/) {/
#include "x509/any_status.h"
#include "x509/ocsp_judge.c"

void harness(void)
{
    const struct patina_provider provider = any_provider();
    bool same;
    patina_err err = is_digest(&provider, any_span(), any_span(), any_span(), &same);
    if (err == PATINA_OK && same) {
        PTN_REACH("the digest");
    } else {
        PTN_REACH("not");
    }
}

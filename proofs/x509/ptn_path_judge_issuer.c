// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_path_judge_issuer
// REPLACE: are_policies_understood ptn_dn_is_empty serves_purpose judge_key judge_serial ptn_profile_refuses ptn_span_equal
// OBJECT_BITS: 9
// UNWIND: 20
// COVERS: is_authority judge_critical judge_dates judge_profile refuse
// MUTANT: src/x509/path_judge.c s/    out->number = issuer->ext.path_len;/    out->number = issuer->ext.path_len + 1;/
#include "proof.h"

#include "x509/any_path.h"
#include "x509/path_judge.c"

void harness(void)
{
    struct ptn_path_request q = any_request(NULL);
    struct ptn_cert issuer = any_cert();
    struct ptn_path_place place = {.index = any_i16(), .is_root = any_bool(), .below = any_u32()};
    struct ptn_path_failure failure;
    patina_err err = ptn_path_judge_issuer(&q, &issuer, place, &failure);
    if (err == PATINA_OK) {
        PTN_REACH("accepted");
    } else {
        PTN_REACH("refused");
        CLAIM(failure.err == err && failure.rule != NULL, "with its reason");
    }
}

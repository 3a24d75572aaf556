// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_path_judge_leaf
// REPLACE: are_policies_understood ptn_dn_is_empty serves_purpose ptn_cert_match_name judge_key judge_serial ptn_profile_refuses
// OBJECT_BITS: 9
// UNWIND: 20
// COVERS: judge_critical judge_dates judge_name judge_profile refuse
// MUTANT: src/x509/path_judge.c s/    if (q->name == NULL) {/    if (leaf == NULL) {/
#include "proof.h"

#include "x509/any_path.h"
#include "x509/path_judge.c"

void harness(void)
{
    struct ptn_server_name name = any_name();
    struct ptn_path_request q = any_request(any_bool() ? &name : NULL);
    struct ptn_cert leaf = any_cert();
    size_t comparisons = any_size();
    struct ptn_path_failure failure;
    patina_err err = ptn_path_judge_leaf(&q, &leaf, &comparisons, &failure);
    if (err == PATINA_OK) {
        PTN_REACH("accepted");
    } else {
        PTN_REACH("refused");
        CLAIM(failure.err == err && failure.rule != NULL, "with its reason");
    }
}

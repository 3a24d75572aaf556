// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: check_status
// REPLACE: note_failure
// OBJECT_BITS: 9
// CBMC: --no-array-field-sensitivity
// COVERS: frame_cert slot_cert
// MUTANT: src/x509/path.c s/PTN_MAX_PATH_SIGNATURES - s->signatures;/PTN_MAX_PATH_SIGNATURES + 1 - s->signatures;/
#include "proof.h"

#include "x509/path.c"

#include "x509/any_search.h"

patina_err ptn_revocation_check(struct ptn_status_query *q, struct ptn_status *out)
{
    CLAIM(READABLE(q->cert) && READABLE(q->issuer), "a certificate and its issuer");
    CLAIM(READABLE(q->revocation), "what came along");
    size_t signatures = any_size();
    size_t comparisons = any_size();
    ASSUME(signatures <= q->signatures_left && comparisons <= q->comparisons_left);
    q->signatures_left = signatures;
    q->comparisons_left = comparisons;
    *out = (struct ptn_status){.reason = any_u8()};
    return any_bool() ? PATINA_OK : PATINA_ERR_CERT_REVOKED;
}

void harness(void)
{
    ANY_SEARCH(s, q);
    const struct ptn_cert issuer = any_cert();
    if (check_status(&s, any_size(), &issuer) == PATINA_OK) {
        PTN_REACH("not revoked");
    } else {
        PTN_REACH("revoked, or not known");
    }
}

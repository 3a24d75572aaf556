// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_crl_reasons_for
// SOURCES: src/base/mem.c
// REPLACE: has_name reasons_of_points
// OBJECT_BITS: 10
// SOLVER: cadical
// COVERS: is_of_the_kind
// MUTANT: src/x509/crl_points.c s/budget) & crl->scope.reasons;/budget) | 1;/
#include "x509/any.h"

#include "x509/crl_points.c"

void harness(void)
{
    struct ptn_cert cert = any_cert();
    const struct ptn_crl crl = {
        .scope = {.point = any_span(),
                  .only_user = any_bool(),
                  .only_ca = any_bool(),
                  .only_attribute = any_bool(),
                  .reasons = any_u32() & PTN_ALL_REASONS},
    };
    size_t budget = any_size();
    if (ptn_crl_reasons_for(&crl, &cert, &budget) != 0) {
        PTN_REACH("it speaks");
    } else {
        PTN_REACH("it says nothing");
    }
}

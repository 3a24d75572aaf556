// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_has_other_time_form
// REPLACE: enter_validity ptn_der_is_next ptn_der_read_time
// ASSIGNS_NOTHING: yes
// OBJECT_BITS: 9
// COVERS: is_other_form
// MUTANT: src/x509/profile_read.c s/enter_validity(cert->tbs, .times)/enter_validity((patina_span){cert->tbs.ptr, cert->tbs.len + 1}, \&times)/
#include "proof.h"

#include "x509/profile_read.c"

void harness(void)
{
    struct ptn_cert cert = {.tbs = any_span(), .not_before_s = any_i64(), .not_after_s = any_i64()};
    if (ptn_has_other_time_form(&cert)) {
        PTN_REACH("another form");
    } else {
        PTN_REACH("the right one");
    }
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_has_server_purpose
// REPLACE: ptn_has_purpose
// ASSIGNS_NOTHING: yes
// MUTANT: src/x509/profile_read.c s/return ptn_has_purpose(eku, PTN_SPAN_OF(id_kp_server_auth));/return ptn_has_purpose((patina_span){eku.ptr, eku.len + 1}, PTN_SPAN_OF(id_kp_server_auth));/
#include "proof.h"

#include "x509/profile_read.c"

void harness(void)
{
    if (ptn_has_server_purpose(any_span())) {
        PTN_REACH("servers");
    } else {
        PTN_REACH("not servers");
    }
}

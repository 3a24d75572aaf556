// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: describe_name
// REPLACE: ptn_text_untrusted ptn_text_add ptn_text_ip ptn_dn_text
// OBJECT_BITS: 9
// MUTANT: src/x509/describe.c s/name.len == 4 || name.len == 16/name.len >= 4/
#include "x509/any.h"

#include "x509/describe.c"

void harness(void)
{
    struct ptn_text t = any_text();
    describe_name(any_u8(), any_span(), &t);
    if (t.cut_) {
        PTN_REACH("cut");
    } else {
        PTN_REACH("all of it");
    }
}

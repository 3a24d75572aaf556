// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: value_text
// REPLACE: ptn_text_untrusted ptn_text_add ptn_text_hex wide_text
// OBJECT_BITS: 9
// MUTANT: src/x509/dn.c s/        ptn_text_hex(t, value);/        ptn_text_hex(t, (patina_span){value.ptr, value.len + 1});/
#include "proof.h"

#include "x509/any.h"
#include "x509/dn.c"

void harness(void)
{
    struct ptn_text t = any_text();
    value_text(any_u8(), any_span(), &t);
    if (t.cut_) {
        PTN_REACH("cut");
    } else {
        PTN_REACH("all of it");
    }
}

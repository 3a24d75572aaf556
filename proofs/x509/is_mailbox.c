// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: is_mailbox
// REPLACE: local_len ptn_is_dns_name ptn_span_part
// ASSIGNS_NOTHING: yes
// OBJECT_BITS: 9
// MUTANT: src/x509/constraint_forms.c s/ptn_is_dns_name(ptn_span_skip(s, local + 1))/ptn_is_dns_name((patina_span){s.ptr + local + 1, s.len})/
#include "proof.h"

#include "x509/constraint_forms.c"

void harness(void)
{
    if (is_mailbox(any_span())) {
        PTN_REACH("yes");
    } else {
        PTN_REACH("no");
    }
}

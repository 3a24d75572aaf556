// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: is_mailbox_inside
// REPLACE: local_len is_host_inside ptn_span_equal ptn_span_equal_nocase ptn_span_part
// ASSIGNS_NOTHING: yes
// OBJECT_BITS: 9
// MUTANT: src/x509/constraint_forms.c s/patina_span base_user = ptn_span_first(base, base_local);/patina_span base_user = {base.ptr, base_local + 1};/
#include "proof.h"

#include "x509/constraint_forms.c"

void harness(void)
{
    if (is_mailbox_inside(any_span(), any_span(), any_bool())) {
        PTN_REACH("yes");
    } else {
        PTN_REACH("no");
    }
}

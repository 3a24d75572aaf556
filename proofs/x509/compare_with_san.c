// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: compare_with_san
// REPLACE: ptn_der_read_any ptn_span_equal is_text_of_address is_below
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 9
// UNWIND: 20
// MUTANT: src/x509/profile_read.c /compare_with_san/,/^}/s/cn->repeated = ptn_span_equal(cn->value, name)/cn->repeated = ptn_span_equal(cn->value, (patina_span){name.ptr, name.len + 1})/
#include "proof.h"

#include "x509/profile_read.c"

void harness(void)
{
    struct common_name cn = {.value = any_span()};
    compare_with_san(any_span(), &cn);
    if (cn.repeated) {
        PTN_REACH("repeated");
    } else {
        PTN_REACH("not repeated");
    }
}

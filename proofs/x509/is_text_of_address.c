// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: is_text_of_address
// REPLACE: ptn_text_over ptn_text_ip ptn_span_equal ptn_span_part
// ASSIGNS_NOTHING: yes
// MUTANT: src/x509/profile_read.c s/octets.len != 4 \&\& octets.len != 16/octets.len < 4/
#include "proof.h"

#include "x509/profile_read.c"

void harness(void)
{
    if (is_text_of_address(any_span(), any_span())) {
        PTN_REACH("its text");
    } else {
        PTN_REACH("another");
    }
}

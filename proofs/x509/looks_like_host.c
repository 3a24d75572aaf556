// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: looks_like_host
// REPLACE: ptn_span_at
// LOOP_CONTRACTS: yes
// ASSIGNS_NOTHING: yes
// MUTANT: src/x509/profile_read.c /looks_like_host/,/^}/s/i < value.len; i++/i <= value.len; i++/
#include "proof.h"

#include "x509/profile_read.c"

void harness(void)
{
    if (looks_like_host(any_span())) {
        PTN_REACH("a host");
    } else {
        PTN_REACH("none");
    }
}

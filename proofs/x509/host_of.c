// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: host_of
// REPLACE: find_byte is_number ptn_span_at ptn_span_part
// ASSIGNS_NOTHING: yes
// OBJECT_BITS: 9
// MUTANT: src/x509/uri.c s/if (host.len != 0 \&\& ptn_span_at(host, 0) == /if (ptn_span_at(host, 0) == /
#include "proof.h"

#include "x509/uri.c"

void harness(void)
{
    if (host_of(any_span()).len != 0) {
        PTN_REACH("a host");
    } else {
        PTN_REACH("none");
    }
}

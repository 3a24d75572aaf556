// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: parse_ipv6
// SOURCES: src/base/bytes.c
// REPLACE: find_gap parse_groups ptn_span_part ptn_mspan_part ptn_mspan_fill ptn_span_copy ptn_writer_finish
// MUTANT: src/x509/name.c s/back_bytes\[16\]/back_bytes[18]/
#include "proof.h"

#include "x509/name.c"

void harness(void)
{
    uint8_t out[16];
    if (parse_ipv6(any_span(), PTN_MSPAN_OF(out))) {
        PTN_REACH("an address");
    } else {
        PTN_REACH("none");
    }
}

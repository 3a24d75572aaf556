// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_reason_flags
// SOURCES: src/x509/crl_points.c
// REPLACE: ptn_read_u8
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 9
// MUTANT: src/x509/crl_points.c s/ || unused > 7 || ptn_reader_left/ || ptn_reader_left/
#include "proof.h"

#include "x509/crl_points.h"

void harness(void)
{
    uint32_t reasons;
    if (ptn_reason_flags(any_span(), &reasons)) {
        PTN_REACH("read");
    } else {
        PTN_REACH("refused");
        CLAIM(reasons == 0, "nothing");
    }
}

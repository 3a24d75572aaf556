// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: bucket_of
// REPLACE: ptn_read_u8
// LOOP_CONTRACTS: yes
// ASSIGNS_NOTHING: yes
// MUTANT: src/x509/crl_index.c s/return h & (buckets - 1);/return h;/
#include "proof.h"

#include "x509/crl_index.c"

void harness(void)
{
    size_t bucket = bucket_of(any_span(), any_size());
    if (bucket != 0) {
        PTN_REACH("some bucket");
    } else {
        PTN_REACH("the first bucket");
    }
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_is_dns_name
// SOURCES: src/x509/name.c
// REPLACE: ptn_read_u8
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 9
// ASSIGNS_NOTHING: yes
// COVERS: is_digit is_label_byte
// UNWIND: 13
// MUTANT: src/x509/name.c s/label_len == MAX_LABEL_BYTES) {/label_len > MAX_LABEL_BYTES) {/
#include "proof.h"

#include "x509/name.h"

void harness(void)
{
    if (ptn_is_dns_name(any_span())) {
        PTN_REACH("a name");
    } else {
        PTN_REACH("none");
    }
}

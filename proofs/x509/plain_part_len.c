// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: plain_part_len
// REPLACE: ptn_read_u16 ptn_read_u32 ptn_read_bytes
// ASSIGNS_NOTHING: yes
// OBJECT_BITS: 9
// MUTANT: src/x509/dn.c s/? ptn_reader_position(&r) : 0;/? ptn_reader_position(\&r) + 1 : 0;/
#include "proof.h"

#include "x509/dn.c"

void harness(void)
{
    if (plain_part_len(any_span()) != 0) {
        PTN_REACH("a plain one");
    } else {
        PTN_REACH("another");
    }
}

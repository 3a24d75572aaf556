// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: decode_base64
// SOURCES: src/base/mem.c
// REPLACE: ptn_read_u8 ptn_write_u8 ptn_write_u16 ptn_write_u24
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 9
// COVERS: finish_group
// UNWIND: 13
// MUTANT: src/x509/pem.c s/if (digits == 4) {/if (digits == 5) {/
#include "proof.h"

#include "x509/pem.c"

void harness(void)
{
    struct ptn_writer w = any_writer();
    if (decode_base64(any_span(), &w)) {
        PTN_REACH("decoded");
    } else {
        PTN_REACH("refused");
    }
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_der_u32
// SOURCES: src/base/bytes.c src/x509/der.c
// REPLACE: ptn_span_at ptn_read_u8 ptn_read_u16 ptn_read_u24 ptn_read_u32
// COVERS: is_minimal
// MUTANT: src/x509/der.c s/if (octets.len < 2) {/if (octets.len < 1) {/
#include "proof.h"

#include "x509/der.h"

void harness(void)
{
    uint32_t value;
    if (ptn_der_u32(any_span(), &value)) {
        PTN_REACH("read");
    } else {
        PTN_REACH("refused");
    }
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_der_read_bits
// SOURCES: src/base/bytes.c src/x509/der.c
// REPLACE: ptn_der_enter ptn_read_u8 ptn_reader_rest ptn_span_at
// MUTANT: src/x509/der.c s/        if (bits.len == 0) {/        if (bits.len == 7) {/
#include "proof.h"

#include "x509/der.h"

void harness(void)
{
    struct ptn_reader r = any_reader();
    patina_span bits;
    uint8_t unused;
    if (ptn_der_read_bits(&r, &bits, &unused)) {
        PTN_REACH("read");
        CLAIM(unused == 0 || bits.len != 0, "only octets have unused bits");
    } else {
        PTN_REACH("refused");
    }
}

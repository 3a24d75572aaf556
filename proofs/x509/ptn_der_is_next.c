// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_der_is_next
// SOURCES: src/base/bytes.c src/x509/der.c
// REPLACE: ptn_reader_rest ptn_span_at
// ASSIGNS_NOTHING: yes
// MUTANT: src/x509/der.c s/rest.len != 0 && ptn_span_at/ptn_span_at/
#include "proof.h"

#include "x509/der.h"

void harness(void)
{
    struct ptn_reader r = any_reader();
    if (ptn_der_is_next(&r, any_u8())) {
        PTN_REACH("next");
    } else {
        PTN_REACH("not next");
    }
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_crl_read_reason
// SOURCES: src/x509/crl_ext.c
// REPLACE: ptn_der_read ptn_span_at
// OBJECT_BITS: 9
// MUTANT: src/x509/crl_ext.c s/ || reason.len != 1) {/) {/
#include "proof.h"

#include "x509/crl.h"

void harness(void)
{
    struct ptn_reader r = any_reader();
    uint8_t reason;
    if (ptn_crl_read_reason(&r, &reason)) {
        PTN_REACH("read");
        CLAIM(reason <= 10, "one of RFC 5280");
    } else {
        PTN_REACH("refused");
    }
}

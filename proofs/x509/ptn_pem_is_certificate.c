// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_pem_is_certificate
// SOURCES: src/x509/bundle.c
// ASSIGNS_NOTHING: yes
// REPLACE: ptn_span_equal
// MUTANT: src/x509/bundle.c s/ptn_span_equal(block->label, PTN_SPAN_LITERAL("CERT/ptn_span_equal((patina_span){block->label.ptr, block->label.len + 1}, PTN_SPAN_LITERAL("CERT/
#include "proof.h"

#include "x509/pem.h"

void harness(void)
{
    struct ptn_pem_block block = {.label = any_span()};
    if (ptn_pem_is_certificate(&block)) {
        PTN_REACH("a certificate");
    } else {
        PTN_REACH("something else");
    }
}

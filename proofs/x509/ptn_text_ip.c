// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_text_ip
// SOURCES: src/base/bytes.c
// REPLACE: append_byte append_ipv6 ptn_text_number ptn_span_at
// LOOP_CONTRACTS: yes
// MUTANT: src/x509/text.c /if (octets.len == 16)/s/== 16/>= 15/
#include "proof.h"

#include "x509/any.h"
#include "x509/text.c"

void harness(void)
{
    struct ptn_text t = any_text();
    ptn_text_ip(&t, any_span());
    if (t.cut_) {
        PTN_REACH("cut");
    } else {
        PTN_REACH("all of it");
    }
}

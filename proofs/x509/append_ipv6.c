// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: append_ipv6
// SOURCES: src/base/bytes.c
// REPLACE: append_byte ptn_text_add ptn_span_at append_group find_zero_run
// LOOP_CONTRACTS: yes
// COVERS: group_at
// MUTANT: src/x509/text.c s/octets, 2 . i + 1/octets, 2 * i + 2/
#include "proof.h"

#include "x509/any.h"
#include "x509/text.c"

void harness(void)
{
    struct ptn_text t = any_text();
    append_ipv6(&t, any_span());
    if (t.cut_) {
        PTN_REACH("cut");
    } else {
        PTN_REACH("all of it");
    }
}

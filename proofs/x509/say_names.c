// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: say_names
// SOURCES: src/base/bytes.c
// REPLACE: ptn_der_read_any ptn_text_add ptn_text_untrusted ptn_text_ip ptn_span_part
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 10
// SOLVER: cadical
// MUTANT: src/x509/path_text.c s/ptn_text_ip(t, ptn_span_first(name, 16))/ptn_text_ip(t, name)/
#include "x509/any_path.h"
#include "x509/path_text.c"

void harness(void)
{
    struct ptn_cert cert = any_words();
    struct ptn_text t = any_text();
    (void)say_names(&t, &cert, any_u8());
    if (t.cut_) {
        PTN_REACH("cut");
    } else {
        PTN_REACH("all of it");
    }
}

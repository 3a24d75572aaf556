// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: quote_subject
// REPLACE: ptn_span_part ptn_text_over ptn_dn_short_text ptn_text_mark_cut ptn_text_add ptn_text_untrusted
// REPLACE:
// OBJECT_BITS: 9
// SOLVER: cadical
// MUTANT: src/x509/path_text.c s/ptn_dn_short_text(cert->subject, /ptn_dn_short_text((patina_span){cert->subject.ptr, cert->subject.len + 1}, /
#include "x509/any_path.h"
#include "x509/path_text.c"

void harness(void)
{
    struct ptn_cert cert = any_words();
    struct ptn_text t = any_text();
    quote_subject(&t, &cert);
    if (t.cut_) {
        PTN_REACH("cut");
    } else {
        PTN_REACH("all of it");
    }
}

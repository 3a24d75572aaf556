// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: quote_issuer
// REPLACE: quote_subject
// UNWIND: 26
// OBJECT_BITS: 9
// MUTANT: src/x509/path_text.c s/{.subject = cert->issuer}/{.subject = {cert->issuer.ptr, cert->issuer.len + 1}}/
#include "x509/any_path.h"
#include "x509/path_text.c"

void harness(void)
{
    struct ptn_cert cert = any_words();
    struct ptn_text t = any_text();
    quote_issuer(&t, &cert);
    if (t.cut_) {
        PTN_REACH("cut");
    } else {
        PTN_REACH("all of it");
    }
}

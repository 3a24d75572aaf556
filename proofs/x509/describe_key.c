// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: describe_key
// REPLACE: ptn_rsa_key_read ptn_der_read ptn_span_equal ptn_text_add ptn_text_number ptn_oid_text
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 10
// MUTANT: src/x509/describe.c s/return PTN_AT(keys, i).bits;/return PTN_AT(keys, i + 1).bits;/
#include "x509/any.h"

#include "x509/describe.c"

void harness(void)
{
    struct ptn_spki spki = {any_span(), any_span(), any_cert_bytes()};
    struct ptn_text t = any_text();
    if (describe_key(&spki, &t) == 0) {
        PTN_REACH("of no size");
    } else {
        PTN_REACH("of some size");
    }
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_dn_read_attribute
// SOURCES: src/base/bytes.c
// REPLACE: ptn_der_enter ptn_der_read ptn_der_read_any
// MUTANT: src/x509/dn.c s/ptn_der_enter(set, PTN_DER_SEQUENCE, &fields) \&\&/ptn_der_enter(set, PTN_DER_SEQUENCE, \&fields) ||/
#include "proof.h"

#include "x509/dn.c"

void harness(void)
{
    struct ptn_reader set = any_reader();
    struct ptn_dn_attribute a;
    if (ptn_dn_read_attribute(&set, &a)) {
        PTN_REACH("read");
    } else {
        PTN_REACH("malformed");
    }
}

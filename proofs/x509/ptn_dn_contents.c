// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_dn_contents
// SOURCES: src/base/bytes.c
// REPLACE: ptn_der_read
// OBJECT_BITS: 9
// MUTANT: src/x509/dn.c s/return ptn_der_read(&r, PTN_DER_SEQUENCE, out) \&\& ptn_read_end(&r);/out->len = name.len + 1; return ptn_der_read(\&r, PTN_DER_SEQUENCE, \&(patina_span){0}) \&\& ptn_read_end(\&r);/
#include "proof.h"

#include "x509/dn.c"

void harness(void)
{
    patina_span contents;
    if (ptn_dn_contents(any_span(), &contents)) {
        PTN_REACH("yes");
    } else {
        PTN_REACH("no");
    }
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_dn_is_empty
// SOURCES: src/x509/dn.c
// REPLACE: ptn_der_read
// ASSIGNS_NOTHING: yes
// OBJECT_BITS: 9
// COVERS: ptn_dn_contents
// MUTANT: src/x509/dn.c s/ptn_dn_contents(name, \&contents) \&\& contents.len == 0/!ptn_dn_contents(name, \&contents) || contents.len == 0/
#include "proof.h"

#include "x509/dn.h"

void harness(void)
{
    if (ptn_dn_is_empty(any_span())) {
        PTN_REACH("empty");
    } else {
        PTN_REACH("some parts, or malformed");
    }
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_dn_has_prefix
// SOURCES: src/x509/dn.c
// REPLACE: ptn_der_read ptn_span_part ptn_span_equal
// ASSIGNS_NOTHING: yes
// OBJECT_BITS: 9
// COVERS: name_contents
// MUTANT: src/x509/dn.c s/return name_contents(name, \&whole) \&\& name_contents(prefix, \&start)/return name_contents(name, \&whole) || name_contents(prefix, \&start)/
#include "proof.h"

#include "x509/dn.h"

void harness(void)
{
    if (ptn_dn_has_prefix(any_span(), any_span())) {
        PTN_REACH("begins with it");
    } else {
        PTN_REACH("does not");
    }
}

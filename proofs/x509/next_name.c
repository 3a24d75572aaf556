// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: next_name
// SOURCES: src/base/mem.c
// REPLACE: ptn_der_read_any
// OBJECT_BITS: 9
// MUTANT: src/x509/crl_points.c s/return ptn_der_read_any(names, &out->tag, &out->contents);/return ptn_der_read_any(names, \&out->tag, \&out->contents) || true;/
#include "proof.h"

#include "x509/crl_points.c"

void harness(void)
{
    struct ptn_reader names = any_reader();
    struct name name;
    if (next_name(&names, &name)) {
        PTN_REACH("one");
    } else {
        PTN_REACH("none");
    }
}

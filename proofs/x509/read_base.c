// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: read_base
// SOURCES: src/base/bytes.c
// REPLACE: ptn_der_enter ptn_der_read_any
// OBJECT_BITS: 9
// MUTANT: src/x509/constraints.c s/return ptn_der_enter(list, PTN_DER_SEQUENCE, &fields) \&\&/return ptn_der_enter(list, PTN_DER_SEQUENCE, \&fields) ||/
#include "proof.h"

#include "x509/constraints.c"

void harness(void)
{
    struct ptn_reader list = any_reader();
    struct general_name base;
    if (read_base(&list, &base)) {
        PTN_REACH("read");
    } else {
        PTN_REACH("malformed");
    }
}

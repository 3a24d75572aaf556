// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: names_of
// SOURCES: src/base/mem.c
// REPLACE: ptn_der_is_next ptn_der_enter
// OBJECT_BITS: 9
// ASSIGNS_NOTHING: yes
// MUTANT: src/x509/crl_points.c s/        return ptn_der_enter(&box, FULL_NAME, &list) ? list : ptn_reader_of((patina_span){0});/        (void)ptn_der_enter(\&box, FULL_NAME, \&list); box.pos_ = 1; return box;/
#include "proof.h"

#include "x509/crl_points.c"

void harness(void)
{
    struct ptn_reader names = names_of(any_span());
    if (ptn_reader_is_empty(&names)) {
        PTN_REACH("none");
    } else {
        PTN_REACH("some");
    }
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: is_known_qualifier
// REPLACE: ptn_der_read ptn_span_equal
// ASSIGNS_NOTHING: yes
// OBJECT_BITS: 9
// MUTANT: src/x509/path_judge.c s/ptn_span_equal(id, PTN_SPAN_OF(id_qt_cps))/ptn_span_equal((patina_span){id.ptr, id.len + 1}, PTN_SPAN_OF(id_qt_cps))/
#include "proof.h"

#include "x509/path_judge.c"

void harness(void)
{
    if (is_known_qualifier(any_span())) {
        PTN_REACH("known");
    } else {
        PTN_REACH("another kind");
    }
}

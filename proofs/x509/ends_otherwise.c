// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ends_otherwise
// REPLACE: ptn_span_at
// ASSIGNS_NOTHING: yes
// OBJECT_BITS: 9
// MUTANT: src/x509/path_name.c s/ptn_span_at(b, b.len - 1)/ptn_span_at(b, b.len)/
#include "proof.h"

#include "x509/any_path.h"
#include "x509/path_name.c"

void harness(void)
{
    if (ends_otherwise(any_span(), any_span())) {
        PTN_REACH("another name");
    } else {
        PTN_REACH("perhaps the same");
    }
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: judge_line
// SOURCES: src/base/mem.c
// REPLACE: boundary_label ptn_span_equal
// OBJECT_BITS: 9
// MUTANT: src/x509/pem.c s/        \*out_end = true;/        *out_end = *label.ptr != 0;/
#include "proof.h"

#include "x509/pem.c"

void harness(void)
{
    bool is_end;
    patina_err err = judge_line(any_span(), any_span(), &is_end);
    if (err != PATINA_OK) {
        PTN_REACH("refused");
    } else if (is_end) {
        PTN_REACH("the end");
    } else {
        PTN_REACH("a line of the body");
    }
}

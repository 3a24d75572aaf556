// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_der_read_bool
// SOURCES: src/base/bytes.c src/x509/der.c
// REPLACE: ptn_der_read ptn_span_at
// MUTANT: src/x509/der.c s/contents.len != 1/contents.len > 1/
#include "proof.h"

#include "x509/der.h"

void harness(void)
{
    struct ptn_reader r = any_reader();
    bool value;
    if (ptn_der_read_bool(&r, &value)) {
        PTN_REACH("read");
    } else {
        PTN_REACH("refused");
    }
}

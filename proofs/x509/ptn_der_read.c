// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_der_read
// SOURCES: src/base/bytes.c src/x509/der.c
// REPLACE: ptn_der_read_any
// MUTANT: src/x509/der.c /bool ptn_der_read(/,/^}/s/\*out_contents = (patina_span){0};/out_contents->len++;/
#include "proof.h"

#include "x509/der.h"

void harness(void)
{
    struct ptn_reader r = any_reader();
    patina_span contents;
    if (ptn_der_read(&r, any_u8(), &contents)) {
        PTN_REACH("read");
    } else {
        PTN_REACH("refused");
    }
}

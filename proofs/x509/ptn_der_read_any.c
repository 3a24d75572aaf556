// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_der_read_any
// SOURCES: src/base/bytes.c src/x509/der.c
// REPLACE: ptn_der_read_header ptn_read_bytes
// MUTANT: src/x509/der.c s/^    \*out_contents = (patina_span){0};//
#include "proof.h"

#include "x509/der.h"

void harness(void)
{
    struct ptn_reader r = any_reader();
    uint8_t tag;
    patina_span contents;
    if (ptn_der_read_any(&r, &tag, &contents)) {
        PTN_REACH("read");
    } else {
        PTN_REACH("refused");
    }
}

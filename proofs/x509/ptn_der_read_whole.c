// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_der_read_whole
// SOURCES: src/base/bytes.c src/x509/der.c
// REPLACE: ptn_der_read ptn_span_part
// MUTANT: src/x509/der.c s/ptn_reader_position(r) - start/1/
#include "proof.h"

#include "x509/der.h"

void harness(void)
{
    struct ptn_reader r = any_reader();
    patina_span whole;
    patina_span contents;
    if (ptn_der_read_whole(&r, any_u8(), &whole, &contents)) {
        PTN_REACH("read");
    } else {
        PTN_REACH("refused");
    }
}

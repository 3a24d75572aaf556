// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_der_enter
// SOURCES: src/base/bytes.c src/x509/der.c
// REPLACE: ptn_der_read
// MUTANT: src/x509/der.c s/\*out = ptn_reader_of(contents);/*out = ptn_reader_of(contents);\n    out->len_++;/
#include "proof.h"

#include "x509/der.h"

void harness(void)
{
    struct ptn_reader r = any_reader();
    struct ptn_reader inner;
    if (ptn_der_enter(&r, any_u8(), &inner)) {
        PTN_REACH("read");
    } else {
        PTN_REACH("refused");
    }
}

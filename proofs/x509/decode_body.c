// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: decode_body
// REPLACE: decode_base64 ptn_writer_finish
// OBJECT_BITS: 9
// UNWIND: 13
// MUTANT: src/x509/pem.c s/ \&\& decoded.len != 0;/;/
#include "proof.h"

#include "x509/buffer.h"
#include "x509/pem.c"

void harness(void)
{
    struct ptn_buf der = any_buf();
    der.len_ = 0;
    if (decode_body(any_span(), &der) == PATINA_OK) {
        PTN_REACH("decoded");
    } else {
        PTN_REACH("refused");
    }
}

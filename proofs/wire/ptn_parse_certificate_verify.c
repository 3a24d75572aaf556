// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_parse_certificate_verify
// SOURCES: src/wire/certificate_verify.c
// REPLACE: ptn_read_u16 ptn_read_vec16
// MUTANT: src/wire/certificate_verify.c s/ptn_reader_whole(&signature)}/{signature.base_, signature.len_ + 1}}/
#include "proof.h"

#include "wire/messages.h"

void harness(void)
{
    struct ptn_certificate_verify verify;
    if (ptn_parse_certificate_verify(any_body(), &verify) == PATINA_OK) {
        PTN_REACH("accepted");
    } else {
        PTN_REACH("refused");
    }
}

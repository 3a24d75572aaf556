// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: read_octet
// SOURCES: src/base/bytes.c
// LOOP_CONTRACTS: yes
// COVERS: is_digit
// MUTANT: src/x509/name.c s/while (digits < 3 \&\& !ptn_reader_is_empty(r) \&\&/while (digits < 3 \&\&/
#include "proof.h"

#include "x509/name.c"

void harness(void)
{
    struct ptn_reader r = any_reader();
    uint8_t octet;
    if (read_octet(&r, &octet)) {
        PTN_REACH("an octet");
    } else {
        PTN_REACH("none");
    }
}

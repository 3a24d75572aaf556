// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_der_read_time
// SOURCES: src/base/bytes.c src/x509/der.c
// REPLACE: ptn_der_read_any ptn_read_u16 ptn_read_u8
// COVERS: read_two_digits days_in_month days_since_1970
// MUTANT: src/x509/der.c s/month < 1 || day < 1/day < 1/;s/return value;/value += 400;/;s/if (value > most)/if (value > most + 60)/;s/(day - 1);/(day - 1) - 1;/
#include "proof.h"

#include "x509/der.h"

void harness(void)
{
    struct ptn_reader r = any_reader();
    int64_t seconds;
    if (ptn_der_read_time(&r, &seconds)) {
        PTN_REACH("read");
    } else {
        PTN_REACH("refused");
    }
}

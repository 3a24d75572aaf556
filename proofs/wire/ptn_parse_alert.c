// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_parse_alert
// SOURCES: src/wire/alert.c
// REPLACE: ptn_read_u8
// MUTANT: src/wire/alert.c s/ptn_read_end(&r),/true,/
#include "proof.h"

#include "wire/messages.h"

void harness(void)
{
    struct ptn_alert alert;
    if (ptn_parse_alert(any_body(), &alert) == PATINA_OK) {
        PTN_REACH("accepted");
    } else {
        PTN_REACH("refused");
    }
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_certificate_at
// SOURCES: src/wire/certificate.c
// REPLACE: ptn_certificate_next
// LOOP_CONTRACTS: yes
// SOLVER: cadical
// MUTANT: src/wire/certificate.c s/return entry;/return (entry.der.len++, entry);/
#include "proof.h"

#include "wire/messages.h"

void harness(void)
{
    struct ptn_certificate_message message = {.list = any_span(), .count = any_size()};
    struct ptn_certificate_entry entry = ptn_certificate_at(&message, any_size());
    if (entry.der.len != 0) {
        PTN_REACH("an entry");
    } else {
        PTN_REACH("past the end");
    }
}

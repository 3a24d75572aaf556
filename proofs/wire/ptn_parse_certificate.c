// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_parse_certificate
// SOURCES: src/wire/certificate.c
// REPLACE: ptn_read_vec8 ptn_read_vec24 parse_entry
// LOOP_CONTRACTS: yes
// SOLVER: cadical
// MUTANT: src/wire/certificate.c s/count < PTN_MAX_CERTIFICATES/count <= PTN_MAX_CERTIFICATES/
#include "proof.h"

#include "wire/messages.h"

void harness(void)
{
    struct ptn_certificate_message message;
    if (ptn_parse_certificate(any_body(), any_u32(), &message) == PATINA_OK) {
        PTN_REACH("accepted");
    } else {
        PTN_REACH("refused");
    }
}

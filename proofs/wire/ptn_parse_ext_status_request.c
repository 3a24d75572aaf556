// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_parse_ext_status_request
// SOURCES: src/wire/ext_status_request.c
// REPLACE: ptn_read_u8 ptn_read_vec16
// LOOP_CONTRACTS: yes
// COVERS: check_responders
// MUTANT: src/wire/ext_status_request.c s/\*out_wants_ocsp = false;/*out_wants_ocsp = true;/
#include "proof.h"

#include "wire/ext.h"

void harness(void)
{
    bool wants;
    if (ptn_parse_ext_status_request(any_body(), &wants) == PATINA_OK) {
        PTN_REACH("accepted");
    } else {
        PTN_REACH("refused");
    }
}

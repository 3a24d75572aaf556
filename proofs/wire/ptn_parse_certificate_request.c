// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_parse_certificate_request
// SOURCES: src/base/bytes.c
// REPLACE: ptn_read_vec8 ptn_read_vec16 ptn_ext_walk_start ptn_ext_walk_next
// REPLACE: parse_extension
// UNWIND: 9
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 9
// SOLVER: cadical
// MUTANT: src/wire/certificate_request.c s/request.context = ptn_reader_whole(&context);/request.context = ptn_reader_whole(\&r);\n    request.context.len++;/
#include "proof.h"

#include "wire/certificate_request.c"

void harness(void)
{
    struct ptn_certificate_request request;
    if (ptn_parse_certificate_request(any_body(), &request) == PATINA_OK) {
        PTN_REACH("accepted");
    } else {
        PTN_REACH("refused");
    }
}

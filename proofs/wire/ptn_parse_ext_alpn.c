// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_parse_ext_alpn
// SOURCES: src/wire/ext_alpn.c
// REPLACE: ptn_read_vec8 ptn_read_vec16
// LOOP_CONTRACTS: yes
// COVERS: parse_names
// MUTANT: src/wire/ext_alpn.c s/ptn_min_size(count, PTN_MAX_PROTOCOL_NAMES)/count/
#include "proof.h"

#include "wire/ext.h"

void harness(void)
{
    struct ptn_name_list names;
    if (ptn_parse_ext_alpn(any_body(), &names) == PATINA_OK) {
        PTN_REACH("accepted");
    } else {
        PTN_REACH("refused");
    }
}

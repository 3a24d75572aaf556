// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_parse_ext_server_name
// SOURCES: src/wire/ext_server_name.c
// REPLACE: ptn_read_u8 ptn_read_vec16 ptn_span_at
// LOOP_CONTRACTS: yes
// COVERS: read_name type_set_add is_host_name_form
// MUTANT: src/wire/ext_server_name.c s/name.len > PTN_MAX_SERVER_NAME_BYTES/false/
#include "proof.h"

#include "wire/ext.h"

void harness(void)
{
    patina_span name;
    if (ptn_parse_ext_server_name(any_body(), &name) == PATINA_OK) {
        PTN_REACH("accepted");
    } else {
        PTN_REACH("refused");
    }
}

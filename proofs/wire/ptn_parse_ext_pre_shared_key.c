// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_parse_ext_pre_shared_key
// SOURCES: src/wire/ext_pre_shared_key.c
// REPLACE: ptn_read_u32 ptn_read_vec8 ptn_read_vec16
// LOOP_CONTRACTS: yes
// COVERS: parse_identities parse_binders
// MUTANT: src/wire/ext_pre_shared_key.c s/identity_count == binder_count/identity_count >= binder_count/
#include "proof.h"

#include "wire/ext.h"

void harness(void)
{
    size_t identities;
    size_t binders;
    if (ptn_parse_ext_pre_shared_key(any_body(), &identities, &binders) == PATINA_OK) {
        PTN_REACH("accepted");
    } else {
        PTN_REACH("refused");
    }
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: next_fixed
// REPLACE: ptn_read_extension
// LOOP_CONTRACTS: yes
// COVERS: may_change
// MUTANT: src/wire/client_hello.c s/^    \*out = (struct ptn_extension){0};/    out->body.len = 1;/
#include "proof.h"

#include "wire/client_hello.c"

void harness(void)
{
    struct ptn_reader block = any_reader();
    struct ptn_extension extension;
    if (next_fixed(&block, &extension)) {
        PTN_REACH("yes");
    } else {
        PTN_REACH("no");
    }
}

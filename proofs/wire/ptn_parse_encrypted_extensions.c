// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_parse_encrypted_extensions
// SOURCES: src/base/bytes.c
// REPLACE: ptn_read_vec16 ptn_ext_walk_start ptn_ext_walk_next parse_extension
// UNWIND: 9
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 9
// SOLVER: cadical
// MUTANT: src/wire/encrypted_extensions.c s/^    \*out = ee;$/    ee.alpn.len++;\n    *out = ee;/
#include "proof.h"

#include "wire/encrypted_extensions.c"

void harness(void)
{
    struct ptn_encrypted_extensions ee;
    if (ptn_parse_encrypted_extensions(any_body(), any_u32(), &ee) == PATINA_OK) {
        PTN_REACH("accepted");
    } else {
        PTN_REACH("refused");
    }
}

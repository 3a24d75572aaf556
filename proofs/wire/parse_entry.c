// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: parse_entry
// SOURCES: src/base/bytes.c
// REPLACE: ptn_read_vec16 ptn_read_vec24 ptn_ext_walk_start ptn_ext_walk_next
// REPLACE: parse_extension
// UNWIND: 9
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 9
// SOLVER: cadical
// COVERS: read_entry parse_entry_extensions
// MUTANT: src/wire/certificate.c s/!ptn_reader_is_empty(&der) \&\&/(der.len_++, true) \&\&/
#include "proof.h"

#include "wire/certificate.c"

void harness(void)
{
    struct ptn_reader list = any_reader();
    struct ptn_certificate_entry entry;
    if (parse_entry(&list, any_u32(), &entry) == PATINA_OK) {
        PTN_REACH("read");
    } else {
        PTN_REACH("refused");
    }
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_crl_index_build
// REPLACE: count_entries sum_up place_entries
// LOOP_CONTRACTS: yes
// COVERS: ptn_crl_index_clear
// MUTANT: src/x509/crl_index.c s/index.starts_count = buckets + 1;/index.starts_count = buckets;/
#include "proof.h"

#include "x509/any_index.h"
#include "x509/crl_index.c"
#include "x509/heap.h"

void harness(void)
{
    struct patina_allocator alloc;
    struct ptn_crl_index index;
    patina_err err = ptn_crl_index_build(&alloc, any_list_bytes(), any_size(), &index);
    if (err == PATINA_ERR_NO_MEMORY) {
        PTN_REACH("no memory");
    } else if (err != PATINA_OK) {
        PTN_REACH("refused");
    } else if (index.places_count == 0) {
        PTN_REACH("no entries");
    } else {
        PTN_REACH("built");
    }
}

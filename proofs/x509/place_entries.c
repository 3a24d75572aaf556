// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: place_entries
// REPLACE: next_serial bucket_of
// LOOP_CONTRACTS: yes
// MUTANT: src/x509/crl_index.c s/ || \*free_place >= index->places_count//
#include "proof.h"

#include "x509/any_index.h"
#include "x509/crl_index.c"

void harness(void)
{
    struct ptn_crl_index index = any_index();
    if (place_entries(any_list_bytes(), &index) == PATINA_OK) {
        PTN_REACH("placed");
    } else {
        PTN_REACH("refused");
    }
}

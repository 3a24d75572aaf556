// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_crl_index_find
// SOURCES: src/base/bytes.c
// REPLACE: bucket_of ptn_crl_read_entry ptn_span_equal ptn_span_part
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 9
// MUTANT: src/x509/crl_index.c s/ && place < index->places_count;/;/
#include "proof.h"

#include "x509/any_index.h"
#include "x509/crl_index.c"

void harness(void)
{
    const struct ptn_crl_index index = any_index();
    struct ptn_crl_entry entry;
    if (ptn_crl_index_find(&index, any_list_bytes(), any_span(), &entry)) {
        PTN_REACH("found");
    } else {
        PTN_REACH("not there");
    }
}

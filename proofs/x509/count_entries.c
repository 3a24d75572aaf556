// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: count_entries
// REPLACE: next_serial bucket_of
// LOOP_CONTRACTS: yes
// MUTANT: src/x509/crl_index.c s/starts_count, bucket + 1)/starts_count, bucket + 2)/
#include "proof.h"

#include "x509/any_index.h"
#include "x509/crl_index.c"

void harness(void)
{
    struct ptn_crl_index index = any_index();
    patina_err err = count_entries(any_list_bytes(), &index);
    if (err == PATINA_OK) {
        PTN_REACH("counted");
    } else if (err == PATINA_ERR_CRL_TOO_LARGE) {
        PTN_REACH("a full bucket");
    } else {
        PTN_REACH("not an entry");
    }
}

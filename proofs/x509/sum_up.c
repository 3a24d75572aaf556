// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: sum_up
// LOOP_CONTRACTS: yes
// MUTANT: src/x509/crl_index.c s/if (\*start > PTN_MAX_CRL_ENTRIES - sum)/if (*start > PTN_MAX_CRL_ENTRIES)/
#include "proof.h"

#include "x509/any_index.h"
#include "x509/crl_index.c"

void harness(void)
{
    struct ptn_crl_index index = any_index();
    if (sum_up(&index) == PATINA_OK) {
        PTN_REACH("as many as was said");
    } else {
        PTN_REACH("not so many");
    }
}

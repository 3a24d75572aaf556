// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: end_list
// OBJECT_BITS: 9
// SOLVER: cadical
// COVERS: begin_list
// MUTANT: src/x509/crl_loader.c s/    l->bytes_left -= len;/    l->bytes_left -= len + 1;/
#include "proof.h"

#include "x509/crl_loader.c"

#include "x509/any_loader.h"

void harness(void)
{
    struct patina_crl_loader l = any_loader();
    if (end_list(&l) == PATINA_OK) {
        PTN_REACH("one more in the set");
    } else {
        PTN_REACH("refused");
    }
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: feed_whole
// REPLACE: feed
// OBJECT_BITS: 9
// SOLVER: cadical
// COVERS: is_amid_a_list
// MUTANT: src/x509/crl_loader.c s/    return l->err;/    l->head_len++;\n    return l->err;/
#include "proof.h"

#include "x509/crl_loader.c"

#include "x509/any_loader.h"

void harness(void)
{
    struct patina_crl_loader l = any_loader();
    if (feed_whole(&l, any_span()) == PATINA_OK) {
        PTN_REACH("taken");
    } else {
        PTN_REACH("refused");
    }
}

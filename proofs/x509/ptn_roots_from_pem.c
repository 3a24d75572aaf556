// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_roots_from_pem
// REPLACE: gather roots_new
// OBJECT_BITS: 9
// MUTANT: src/x509/roots.c s/    PTN_REQUIRE(pem.len <= PTN_MAX_PEM_BYTES, PATINA_ERR_BAD_PEM);//
#include "proof.h"

#include "x509/roots.c"

#include "x509/buffer.h"
#include "x509/heap.h"

void harness(void)
{
    struct patina_roots *roots;
    size_t skipped;
    patina_err err =
        ptn_roots_from_pem(any_span(), any_bool() ? &ptn_heap : NULL, &roots, &skipped);
    if (err == PATINA_OK) {
        PTN_REACH("roots");
    } else {
        PTN_REACH("refused");
    }
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: patina_roots_from_der
// REPLACE: gather_der roots_new
// OBJECT_BITS: 9
// MUTANT: src/x509/roots.c s/    PTN_REQUIRE(count <= PTN_MAX_ROOTS, PATINA_ERR_TOO_MANY_OPTIONS);//
#include "proof.h"

#include "x509/roots.c"

#include "x509/buffer.h"
#include "x509/heap.h"

void harness(void)
{
    struct patina_roots *roots;
    size_t count = any_size();
    size_t there = count <= PTN_MAX_ROOTS ? count : 0; // what is too much is not looked at
    patina_span *certificates = any_bool() ? NULL : uniform_spans(there, PTN_MAX_ROOTS);
    patina_err err = patina_roots_from_der(certificates, count, any_bool() ? &ptn_heap : NULL,
                                           any_bool() ? &roots : NULL);
    if (err == PATINA_OK) {
        PTN_REACH("roots");
    } else if (err == PATINA_ERR_MISUSE) {
        PTN_REACH("misused");
    } else {
        PTN_REACH("refused");
    }
}

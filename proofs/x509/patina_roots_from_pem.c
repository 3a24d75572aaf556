// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: patina_roots_from_pem
// ENFORCE: no
// REPLACE: ptn_roots_from_pem find_refused ptn_pem_line
// OBJECT_BITS: 9
// UNWIND: 260
// MUTANT: src/x509/bundle.c s/if (out_refused == NULL ||/if (/
#include "proof.h"

#include "x509/buffer.h"
#include "x509/bundle.c"

const struct patina_allocator ptn_heap;
const struct patina_allocator *ptn_allocator_or_heap(const struct patina_allocator *alloc)
{
    return alloc != NULL ? alloc : &ptn_heap;
}

void harness(void)
{
    struct patina_roots *roots = NULL;
    struct patina_roots_refused refused;
    bool asked = any_bool();
    patina_err err = patina_roots_from_pem(any_span(), NULL, any_bool() ? &roots : NULL,
                                           asked ? &refused : NULL);
    if (err == PATINA_ERR_MISUSE) {
        PTN_REACH("misuse");
    } else if (asked && refused.count != 0) {
        PTN_REACH("something was refused");
        CLAIM((refused.err == PATINA_OK) == (refused.line == 0), "by its line");
        CLAIM(refused.file[0] == 0, "of no file");
    } else {
        PTN_REACH("all was used, or nobody asks");
    }
}

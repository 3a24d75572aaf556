// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: fill
// REPLACE: parse_all sort_by_subject drop_repeated
// OBJECT_BITS: 9
// MUTANT: src/x509/roots.c s/sizeof \*roots->order)/sizeof(char))/
#include "proof.h"

#include "x509/roots.c"

#include "x509/any_roots.h"
#include "x509/heap.h"

void harness(void)
{
    struct patina_roots *roots = any_object(sizeof(*roots));
    *roots = (struct patina_roots){.alloc = &ptn_heap};
    size_t count = any_size();
    ASSUME(count >= 1 && count <= PTN_MAX_ROOTS);
    uint32_t lengths[count];
    if (fill(roots, any_span(), lengths, count) == PATINA_OK) {
        PTN_REACH("filled");
    } else {
        PTN_REACH("refused");
    }
    free_roots(roots); // what is half filled can be freed, too
}

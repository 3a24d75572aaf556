// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: roots_new
// REPLACE: parse_all sort_by_subject drop_repeated
// COVERS: fill free_roots
// OBJECT_BITS: 9
// MUTANT: src/x509/roots.c s/    ptn_free(alloc, roots, sizeof \*roots);/    ptn_free(alloc, roots, sizeof *roots + 1);/
#include "proof.h"

#include "x509/roots.c"

#include "x509/any_roots.h"
#include "x509/heap.h"

void harness(void)
{
    size_t count = any_size();
    ASSUME(count <= PTN_MAX_ROOTS);
    uint32_t lengths[count == 0 ? 1 : count];
    struct patina_roots *roots = NULL;
    if (roots_new(&ptn_heap, any_span(), lengths, count, &roots) == PATINA_OK) {
        PTN_REACH("made");
        CLAIM(roots->ref.count_ == 1 && roots->roots_count == count, "with one owner");
    } else {
        PTN_REACH("refused");
    }
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: patina_roots_unref patina_roots_ref
// ENFORCE: no
// COVERS: free_roots
// OBJECT_BITS: 9
// MUTANT: src/x509/roots.c s/roots->roots_count \* sizeof \*roots->order/(roots->roots_count + 1) * sizeof *roots->order/
#include "proof.h"

#include "x509/roots.c"

#include "x509/any.h"
#include "x509/heap.h"

static struct patina_roots *any_heap_roots(void)
{
    struct patina_roots *roots = any_object(sizeof(*roots));
    size_t count = any_size();
    ASSUME(count >= 1 && count <= PTN_MAX_ROOTS);
    *roots = (struct patina_roots){.alloc = &ptn_heap,
                                   .bytes = any_span(),
                                   .roots = any_object(count * sizeof(struct ptn_root)),
                                   .roots_count = count,
                                   .order = any_object(count * sizeof(uint32_t)),
                                   .order_count = any_size()};
    ASSUME(roots->order_count <= count);
    return roots;
}

void harness(void)
{
    struct patina_roots *roots = any_bool() ? NULL : any_heap_roots();
    if (roots != NULL) {
        size_t references = any_size();
        ASSUME(references != 0 && references < SIZE_MAX / 2);
        roots->ref.count_ = references;
        CLAIM(patina_roots_ref(roots) == roots, "the same object");
        patina_roots_unref(roots);
        CLAIM(roots->ref.count_ == references, "one more and one less");
        patina_roots_unref(roots);
        if (references == 1) {
            PTN_REACH("the last reference");
        } else {
            PTN_REACH("still in use");
            CLAIM(roots->ref.count_ == references - 1, "one less");
        }
    } else {
        PTN_REACH("nothing");
        CLAIM(patina_roots_ref(roots) == NULL, "stays nothing");
        patina_roots_unref(roots);
    }
}

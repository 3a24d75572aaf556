// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Bound: at most two lists; the loop over them is unwound.
//
// PROOF: patina_crls_unref patina_crls_ref
// SOURCES: src/x509/crl_index.c
// ENFORCE: no
// COVERS: free_list list_at
// OBJECT_BITS: 9
// MUTANT: src/x509/crls.c s/crls->lists_room \* sizeof \*crls->lists/(crls->lists_room + 1) * sizeof *crls->lists/
#include "proof.h"

#include "x509/crls.c"

#include "x509/buffer.h"
#include "x509/heap.h"

static struct ptn_listed_crl *any_heap_list(void)
{
    struct ptn_listed_crl *list = any_object(sizeof(*list));
    size_t starts = any_size();
    size_t places = any_size();
    ASSUME(starts <= 2 * PTN_MAX_CRL_ENTRIES + 1 && places <= PTN_MAX_CRL_ENTRIES);
    *list = (struct ptn_listed_crl){.bytes = any_buf()};
    list->index = (struct ptn_crl_index){.starts = any_object(starts * sizeof(uint32_t)),
                                         .starts_count = starts,
                                         .places = any_object(places * sizeof(uint32_t)),
                                         .places_count = places};
    return list;
}

static struct patina_crls *any_heap_set(void)
{
    struct patina_crls *crls = any_object(sizeof(*crls));
    *crls = (struct patina_crls){
        .alloc = &ptn_heap, .lists_count = any_size(), .lists_room = FIRST_ROOM};
    ASSUME(crls->lists_count <= 2);
    crls->lists = malloc(FIRST_ROOM * sizeof(*crls->lists));
    ASSUME(crls->lists != NULL);
    for (size_t i = 0; i < crls->lists_count; i++) {
        crls->lists[i] = any_heap_list();
    }
    return crls;
}

void harness(void)
{
    struct patina_crls *crls = any_bool() ? NULL : any_heap_set();
    if (crls != NULL) {
        size_t references = any_size();
        ASSUME(references != 0 && references < SIZE_MAX / 2);
        crls->ref.count_ = references;
        CLAIM(patina_crls_ref(crls) == crls, "the same object");
        patina_crls_unref(crls);
        CLAIM(crls->ref.count_ == references, "one more and one less");
        patina_crls_unref(crls);
        if (references == 1) {
            PTN_REACH("the last reference");
        } else {
            PTN_REACH("still in use");
            CLAIM(crls->ref.count_ == references - 1, "one less");
        }
    } else {
        PTN_REACH("nothing");
        CLAIM(patina_crls_ref(crls) == NULL, "stays nothing");
        patina_crls_unref(crls);
    }
}

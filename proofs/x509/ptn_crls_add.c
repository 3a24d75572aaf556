// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Bound: an array of eight places; make_room is proved for any.
//
// PROOF: ptn_crls_add
// SOURCES: src/x509/crl_index.c
// ENFORCE: no
// REPLACE: ptn_crl_scan_finish ptn_crl_index_build insert
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 9
// SOLVER: cadical
// COVERS: make_room free_list list_at
// MUTANT: src/x509/crls.c s/    PTN_TRY(make_room(crls));//
#include "proof.h"

#include "x509/crls.c"

#include "x509/any_scan.h"
#include "x509/buffer.h"
#include "x509/heap.h"

// A set of lists on the heap, full or not; none of them is looked at.
static struct patina_crls any_set(void)
{
    bool has_room = any_bool();
    struct patina_crls crls = {.alloc = &ptn_heap, .lists_room = has_room ? FIRST_ROOM : 0};
    if (has_room) {
        crls.lists = malloc(FIRST_ROOM * sizeof(*crls.lists));
        ASSUME(crls.lists != NULL);
        crls.lists_count = any_size();
        ASSUME(crls.lists_count <= FIRST_ROOM);
    }
    return crls;
}

void harness(void)
{
    struct patina_crls crls = any_set();
    size_t before = crls.lists_count;
    struct ptn_crl_scan scan = any_scan();
    struct ptn_buf bytes = any_buf();
    patina_err err = ptn_crls_add(&crls, &scan, &bytes);
    CLAIM(CRLS(&crls), "the set holds");
    if (err == PATINA_OK) {
        PTN_REACH("one more");
        CLAIM(crls.lists_count == before + 1 && bytes.len_ == 0, "its bytes went over");
    } else if (err == PATINA_ERR_NO_MEMORY) {
        PTN_REACH("no memory");
    } else {
        PTN_REACH("refused");
        CLAIM(crls.lists_count == before, "no list was added");
    }
}

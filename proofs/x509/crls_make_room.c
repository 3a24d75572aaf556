// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: make_room
// ENFORCE: no
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 9
// COVERS: list_at
// MUTANT: src/x509/crls.c s/PTN_REQUIRE(crls->lists_count < PTN_MAX_CRLS, PATINA_ERR_CRL_TOO_LARGE);//
#include "proof.h"

#include "x509/crls.c"

#include "x509/heap.h"

// A set of lists on the heap, whose array may be full; none of them is looked at.
static struct patina_crls any_set(void)
{
    struct patina_crls crls = {
        .alloc = &ptn_heap, .lists_count = any_size(), .lists_room = any_size()};
    ASSUME(crls.lists_room <= PTN_MAX_CRLS && crls.lists_count <= crls.lists_room);
    ASSUME(crls.lists_room <= PTN_MAX_CRLS / 2 || crls.lists_room == PTN_MAX_CRLS);
    crls.lists = crls.lists_room == 0 ? NULL : malloc(crls.lists_room * sizeof(*crls.lists));
    ASSUME(crls.lists_room == 0 || crls.lists != NULL);
    return crls;
}

void harness(void)
{
    struct patina_crls crls = any_set();
    size_t before = crls.lists_count;
    patina_err err = make_room(&crls);
    CLAIM(CRLS(&crls) && crls.lists_count == before, "the set holds");
    if (err == PATINA_OK) {
        PTN_REACH("room for one more");
        CLAIM(crls.lists_count < crls.lists_room, "of a list");
    } else if (err == PATINA_ERR_NO_MEMORY) {
        PTN_REACH("no memory");
    } else {
        PTN_REACH("as many as there may be");
    }
}

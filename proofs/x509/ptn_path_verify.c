// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_path_verify
// REPLACE: run_and_tell
// UNWIND: 14
// OBJECT_BITS: 9
// CBMC: --max-field-sensitivity-array-size 8
// MUTANT: src/x509/path.c s/    s->steps_left = PTN_MAX_PATH_STEPS;/    s->steps_left = PTN_MAX_PATH_STEPS + 1;/
#include "proof.h"

#include "x509/path.c"

#include "x509/any_search.h"

// Zeroed, or NULL.
void *ptn_arena_alloc(struct ptn_arena *a, size_t size)
{
    (void)a;
    ASSUME(size <= __CPROVER_max_malloc_size);
    return any_bool() ? NULL : calloc(1, size);
}

void harness(void)
{
    struct ptn_server_name name = any_name();
    struct ptn_path_request q = any_request(any_bool() ? &name : NULL);
    size_t there = q.chain_count <= PTN_MAX_CERTIFICATES ? q.chain_count : 0;
    q.chain = uniform_spans(there, PTN_MAX_CERTIFICATES);
    struct ptn_path_result result;
    if (ptn_path_verify(&q, &result) == PATINA_OK) {
        PTN_REACH("a path");
    } else {
        PTN_REACH("none");
    }
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: run_and_tell
// REPLACE: run note_path
// UNWIND: 14
// OBJECT_BITS: 9
// CBMC: --max-field-sensitivity-array-size 8
// COVERS: is_final
// MUTANT: src/x509/path.c s/    if (err == PATINA_OK) {$/    if (err == PATINA_OK \&\& s->depth != 0) {/
#include "proof.h"

#include "x509/path.c"

#include "x509/any_search.h"

int patina_err_class(patina_err e)
{
    (void)e;
    return any_bool() ? PATINA_CLASS_CERTIFICATE : any_int();
}

void ptn_path_explain(const struct ptn_path_request *q, const struct ptn_path_failure *failure,
                      struct ptn_path_result *out)
{
    CLAIM(READABLE(q) && READABLE(failure) && WRITABLE(out), "what the words need");
    struct ptn_path_result any;
    *out = any;
}

void harness(void)
{
    ANY_SEARCH(s, q);
    struct ptn_path_request with_chain = q;
    with_chain.chain = uniform_spans(s.slots_count, PTN_MAX_CERTIFICATES);
    with_chain.chain_count = s.slots_count;
    s.q = &with_chain;
    struct ptn_path_result result;
    if (run_and_tell(&s, &result) == PATINA_OK) {
        PTN_REACH("a path");
    } else {
        PTN_REACH("none");
    }
}

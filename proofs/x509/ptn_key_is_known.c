// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Bound: a provider of at most four rows; the loop over them is unwound.
//
// PROOF: ptn_key_is_known
// SOURCES: src/x509/key.c
// ENFORCE: no
// REPLACE: ptn_span_equal
// UNWIND: 6
// OBJECT_BITS: 9
// MUTANT: src/x509/key.c s/PTN_ITEM(p->verify_algs, p->verify_algs_count, i)/PTN_ITEM(p->verify_algs, p->verify_algs_count, i + 1)/
#include "proof.h"

#include "x509/key.h"

static struct patina_verify_alg rows[4];
static const struct patina_verify_alg *table[4];

void harness(void)
{
    struct patina_provider p = {.verify_algs = table, .verify_algs_count = any_size()};
    const struct ptn_spki spki = {any_span(), any_span(), any_span()};
    ASSUME(p.verify_algs_count <= 4);
    for (size_t i = 0; i < 4; i++) {
        rows[i].key_alg_id = any_span();
        table[i] = &rows[i];
    }
    if (ptn_key_is_known(&p, &spki)) {
        PTN_REACH("known");
        CLAIM(p.verify_algs_count != 0, "one of the rows");
    } else {
        PTN_REACH("unknown");
    }
}

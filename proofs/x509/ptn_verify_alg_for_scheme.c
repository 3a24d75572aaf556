// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Bound: a provider of at most four rows of three schemes; the loops over them are unwound.
//
// PROOF: ptn_verify_alg_for_scheme
// SOURCES: src/x509/spki.c
// ENFORCE: no
// REPLACE: ptn_span_equal
// UNWIND: 6
// OBJECT_BITS: 9
// COVERS: has_scheme
// MUTANT: src/x509/spki.c s/PTN_ITEM(alg->schemes, alg->schemes_count, i)/PTN_ITEM(alg->schemes, alg->schemes_count, i + 1)/
#include "proof.h"

#include "x509/cert.h"

// A provider of up to four rows, each for up to three schemes.
static struct patina_verify_alg rows[4];
static const struct patina_verify_alg *table[4];
static uint16_t schemes[4][3];

static struct patina_provider any_provider(void)
{
    struct patina_provider p = {.verify_algs = table, .verify_algs_count = any_size()};
    ASSUME(p.verify_algs_count <= 4);
    for (size_t i = 0; i < 4; i++) {
        rows[i].key_alg_id = any_span();
        rows[i].sig_alg_id = any_span();
        rows[i].schemes = schemes[i];
        rows[i].schemes_count = any_size();
        ASSUME(rows[i].schemes_count <= 3);
        table[i] = &rows[i];
    }
    return p;
}

void harness(void)
{
    struct patina_provider p = any_provider();
    if (ptn_verify_alg_for_scheme(&p, any_span(), any_u16()) != NULL) {
        PTN_REACH("a row");
        CLAIM(p.verify_algs_count != 0, "one of the rows");
    } else {
        PTN_REACH("none");
    }
}

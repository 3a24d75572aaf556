// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: gather_block
// REPLACE: ptn_cert_parse_anchor ptn_pem_is_certificate
// OBJECT_BITS: 9
// MUTANT: src/x509/roots.c s/if (g->count >= PTN_MAX_ROOTS ||/if (g->count > PTN_MAX_ROOTS ||/
#include "proof.h"

#include "x509/roots.c"

#include "x509/buffer.h"

void harness(void)
{
    struct gathering g = {
        .block = any_buf(), .all = any_buf(), .count = any_size(), .skipped = any_size()};
    struct ptn_pem_block block = {.label = any_span(), .start = any_size()};
    ASSUME(g.count <= PTN_MAX_ROOTS && g.skipped < SIZE_MAX);
    size_t before = g.count;
    size_t skipped = g.skipped;
    if (gather_block(&g, &block) != PATINA_OK) {
        PTN_REACH("no memory");
    } else if (g.count > before) {
        PTN_REACH("one more");
    } else if (g.skipped > skipped) {
        PTN_REACH("not a certificate, or one too many");
    } else {
        PTN_REACH("none of ours");
    }
}

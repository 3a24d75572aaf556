// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: patina_roots_certificate patina_roots_count ptn_roots_subject
// ENFORCE: no
// COVERS: der_at subject_at
// MUTANT: src/x509/roots.c s/roots == NULL || i >= roots->order_count ?/roots == NULL || i > roots->order_count ?/
#include "x509/roots.c"

#include "proof.h"

enum { MOST = 3 };

static struct ptn_root some_roots[MOST];
static uint32_t some_order[MOST];
static uint8_t byte;

void harness(void)
{
    struct patina_roots roots = {.roots = some_roots, .order = some_order};
    roots.roots_count = any_size();
    roots.order_count = any_size();
    ASSUME(roots.roots_count <= MOST && roots.order_count <= roots.roots_count);
    for (size_t i = 0; i < MOST; i++) {
        some_order[i] = any_u32();
        ASSUME(some_order[i] < roots.roots_count || i >= roots.roots_count);
        some_roots[i].cert.der = (patina_span){&byte, 1};
        some_roots[i].cert.subject = (patina_span){&byte, 1};
    }
    size_t i = any_size();
    const struct patina_roots *given = any_bool() ? &roots : NULL;
    patina_span der = patina_roots_certificate(given, i);
    patina_span subject = ptn_roots_subject(given, i);
    CLAIM(patina_roots_count(&roots) == roots.order_count, "as many");
    if (der.len == 0) {
        PTN_REACH("past the end");
        CLAIM(subject.len == 0, "nor a name");
    } else {
        PTN_REACH("a certificate");
        CLAIM(der.ptr == &byte && i < roots.order_count, "one of them");
        CLAIM(subject.ptr == &byte && subject.len == 1, "its name");
    }
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// What the public functions of src/x509/crl_loader.c, which a proof includes, need beside
// any_loader.h: options of any version, the set's birth and end, and words for an error.
#ifndef PTN_PROOF_SET_H
#define PTN_PROOF_SET_H

#include "x509/any_loader.h"
#include "x509/heap.h"

bool ptn_copy_options(void *to, size_t to_size, const void *from, size_t from_size, size_t min_size)
{
    CLAIM(__CPROVER_rw_ok(to, to_size) && min_size <= to_size, "options of ours");
    (void)from_size;
    *(struct patina_crls_options *)to = *(const struct patina_crls_options *)from;
    return any_bool();
}

// The lists that are given are not looked at here.
static inline struct patina_crls_options any_options(void)
{
    struct patina_crls_options o = {
        .struct_size = sizeof(struct patina_crls_options),
        .reserved = any_u32(),
        .der_count = any_size(),
        .pem = any_span(),
        .max_bytes = any_size(),
        .max_entries = any_size(),
    };
    ASSUME(o.der_count <= __CPROVER_max_malloc_size / sizeof(*o.der));
    o.der = any_bool() ? NULL : any_object(o.der_count * sizeof(*o.der));
    return o;
}

static struct patina_crls *made; // from its making to its end; the harness begins with none

struct patina_crls *ptn_crls_empty(const struct patina_allocator *alloc)
{
    CLAIM(READABLE(alloc), "an allocator");
    made = any_bool() ? NULL : any_object(sizeof(*made));
    return made;
}

void patina_crls_unref(struct patina_crls *crls)
{
    CLAIM(crls == NULL || crls == made, "the set, once");
    made = crls == NULL ? made : NULL;
}

void ptn_pem_tell(struct patina_report *report, const char *what, patina_span text)
{
    CLAIM(report == NULL || WRITABLE(report), "somewhere to tell, or nowhere");
    CLAIM(READABLE(what) && SPAN(text), "what is told");
}

const char *patina_err_text(patina_err e)
{
    (void)e;
    return "words";
}

#endif

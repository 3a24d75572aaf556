// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Trust anchors, parsed once and looked up by subject. The public object of patina/cert.h.
#ifndef PTN_X509_ROOTS_H
#define PTN_X509_ROOTS_H

#include "base/mem.h"
#include "base/ref.h"
#include "patina/cert.h"
#include "x509/cert.h"

struct ptn_root {
    struct ptn_cert cert; // borrows from the roots' own bytes
};

// The usable CERTIFICATE blocks of a text, and how many were not. BAD_PEM, NO_ROOTS, NO_MEMORY.
patina_err ptn_roots_from_pem(patina_span pem, const struct patina_allocator *alloc,
                              struct patina_roots **out, size_t *out_skipped)
    PTN_CONTRACT(REQUIRES(SPAN(pem) && (alloc == NULL || READABLE(alloc)) && WRITABLE(out) &&
                          WRITABLE(out_skipped)) ASSIGNS(*out, *out_skipped)
                     ENSURES(IFF(RESULT == PATINA_OK, *out != NULL)));

// The roots with this subject Name (with its header): begins with *position 0; NULL at the end.
const struct ptn_root *ptn_roots_find(const struct patina_roots *roots, patina_span subject,
                                      size_t *position);

// The subject Name (with its header) of the i-th root, in the order of `patina_roots_certificate`:
// that of the subjects; empty past the end.
patina_span ptn_roots_subject(const struct patina_roots *roots, size_t i);

#endif

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PEM, RFC 7468: blocks out of text, comments and CRLF around them ignored.
#ifndef PTN_X509_PEM_H
#define PTN_X509_PEM_H

#include "base/limits.h"
#include "base/mem.h"
#include "patina/base.h"

struct ptn_pem_block {
    patina_span label; // "CERTIFICATE"; borrowed from the text
    size_t start;      // where its BEGIN line starts in the text
};

// Finds the next block from *position on, puts its decoded bytes into `der` (cleared first) and
// moves on. False in *out_have at the end of the text. BAD_PEM for a malformed block: *position
// then stands behind its BEGIN line and *out tells which it is, so that the caller may go on.
patina_err ptn_pem_next(patina_span text, size_t *position, struct ptn_pem_block *out,
                        struct ptn_buf *der, bool *out_have)
    PTN_CONTRACT(REQUIRES(SPAN(text) && WRITABLE(position) && *position <= text.len) REQUIRES(
        WRITABLE(out) && BUF(der) && WRITABLE(out_have)) ASSIGNS(*position, *out, *out_have, *der)
                     ENSURES(WITHIN(out->label, text) && BUF(der) && IFF(*out_have, der->len_ != 0))
                         ENSURES(*position >= OLD(*position) && *position <= text.len)
                             ENSURES(IMPLIES(RESULT == PATINA_ERR_BAD_PEM &&
                                                 text.len <= PTN_MAX_PEM_BYTES,
                                             *position > OLD(*position)))
                                 ENSURES(IMPLIES(*out_have, RESULT == PATINA_OK &&
                                                                *position > OLD(*position))));

// The number of the line, from 1, in which a position stands; for people.
size_t ptn_pem_line(patina_span text, size_t position)
    PTN_CONTRACT(REQUIRES(SPAN(text)) ASSIGNS() ENSURES(RESULT >= 1 && RESULT <= text.len + 1));

// Whether a block holds a certificate, by its label.
bool ptn_pem_is_certificate(const struct ptn_pem_block *block)
    PTN_CONTRACT(REQUIRES(READABLE(block) && SPAN(block->label)) ASSIGNS());

// Says in a report (NULL: nowhere) at which line the first malformed block of `text` begins, if one
// does: "certificates, line 12: malformed PEM text". What is decoded on the way is held in `alloc`.
void ptn_pem_tell(struct patina_report *report, const char *what, patina_span text,
                  const struct patina_allocator *alloc)
    PTN_CONTRACT(REQUIRES(SPAN(text) && READABLE(what) && (report == NULL || WRITABLE(report)))
                     ASSIGNS(report != NULL : report->text));

#endif

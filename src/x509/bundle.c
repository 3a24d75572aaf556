// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PEM bundles (RFC 7468) as callers hand them over: what cannot be used is told by its line.
// Called by who loads roots, credentials and revocation lists. A good text is read once; only one
// with something to refuse is read again, for the line.
#include "x509/pem.h"
#include "x509/roots.h"
#include "x509/text.h"

bool ptn_pem_is_certificate(const struct ptn_pem_block *block)
{
    return ptn_span_equal(block->label, PTN_SPAN_LITERAL("CERTIFICATE")) ||
           ptn_span_equal(block->label, PTN_SPAN_LITERAL("X509 CERTIFICATE"));
}

// ---- Roots

// What is wrong with a decoded block; OK also for those that are none of ours.
static patina_err judge_block(const struct ptn_pem_block *block, patina_span der, size_t *taken)
    PTN_CONTRACT(REQUIRES(READABLE(block) && SPAN(block->label) && SPAN(der) && WRITABLE(taken) &&
                          *taken <= PTN_MAX_ROOTS) ASSIGNS(*taken) ENSURES(*taken <= PTN_MAX_ROOTS))
{
    struct ptn_cert cert;
    if (!ptn_pem_is_certificate(block)) {
        return PATINA_OK;
    }
    PTN_TRY(ptn_cert_parse_anchor(der, &cert));
    PTN_REQUIRE(*taken < PTN_MAX_ROOTS, PATINA_ERR_TOO_MANY_OPTIONS);
    ++*taken;
    return PATINA_OK;
}

// Broken blocks are told before certificates that are whole and refused.
static bool is_broken(patina_err err)
{
    return err == PATINA_ERR_BAD_PEM || err == PATINA_ERR_CERT_ENCODING;
}

static void note(struct patina_roots_refused *out, patina_err err, size_t position)
    PTN_CONTRACT(REQUIRES(WRITABLE(out) && err != PATINA_OK) ASSIGNS(out->err, out->position)
                     ENSURES(out->err != PATINA_OK &&
                             (out->err == err ? true : out->position == OLD(out->position))))
{
    if (out->err == PATINA_OK || (is_broken(err) && !is_broken(out->err))) {
        out->err = err;
        out->position = position;
    }
}

// The same walk as that of ptn_roots_from_pem, for what it passed over.
static void find_refused(patina_span pem, struct ptn_buf *der, struct patina_roots_refused *out)
    PTN_CONTRACT(REQUIRES(SPAN(pem) && BUF(der) && WRITABLE(out))
                     ASSIGNS(out->err, out->position, *der) ENSURES(BUF(der)))
{
    size_t position = 0;
    size_t taken = 0;
    while (position < pem.len)
        PTN_LOOP(ASSIGNS(position, taken, out->err, out->position, *der)
                     INVARIANT(position <= pem.len && BUF(der) && taken <= PTN_MAX_ROOTS)
                         DECREASES(pem.len - position))
    {
        struct ptn_pem_block block;
        bool have = false;
        size_t before = position;
        patina_err err = ptn_pem_next(pem, &position, &block, der, &have);
        if (position <= before || err == PATINA_ERR_NO_MEMORY) {
            return; // the line is not found then; the count stands
        }
        if (have) {
            err = judge_block(&block, ptn_buf_span(der), &taken);
        }
        if (err != PATINA_OK) {
            note(out, err, block.start);
        }
    }
}

patina_err patina_roots_from_pem(patina_span pem, const struct patina_allocator *alloc,
                                 struct patina_roots **out,
                                 struct patina_roots_refused *out_refused)
{
    struct patina_roots_refused refused = {0};
    if (out_refused != NULL) {
        *out_refused = refused;
    }
    PTN_REQUIRE(out != NULL, PATINA_ERR_MISUSE);
    patina_err err = ptn_roots_from_pem(pem, alloc, out, &refused.count);
    if (out_refused == NULL || refused.count == 0) {
        return err;
    }
    struct ptn_buf der;
    ptn_buf_init(&der, ptn_allocator_or_heap(alloc), PTN_MAX_PEM_BYTES);
    find_refused(pem, &der, &refused);
    ptn_buf_clear(&der);
    refused.line = refused.err == PATINA_OK ? 0 : ptn_pem_line(pem, refused.position);
    *out_refused = refused;
    return err;
}

// ---- Reports

// Where the first malformed block begins; false when there is none, or no memory to find it with.
static bool find_malformed(patina_span text, struct ptn_buf *der, size_t *out_start)
    PTN_CONTRACT(REQUIRES(SPAN(text) && BUF(der) && WRITABLE(out_start)) ASSIGNS(*out_start, *der)
                     ENSURES(BUF(der)))
{
    size_t position = 0;
    *out_start = 0;
    while (position < text.len)
        PTN_LOOP(ASSIGNS(position, *out_start, *der) INVARIANT(position <= text.len && BUF(der))
                     DECREASES(text.len - position))
    {
        struct ptn_pem_block block;
        bool have = false;
        size_t before = position;
        patina_err err = ptn_pem_next(text, &position, &block, der, &have);
        if (err == PATINA_ERR_BAD_PEM) {
            *out_start = block.start;
            return position > before; // else it is the text that is too long
        }
        if (err != PATINA_OK || position <= before) {
            return false;
        }
    }
    return false;
}

void ptn_pem_tell(struct patina_report *report, const char *what, patina_span text,
                  const struct patina_allocator *alloc)
{
    if (report == NULL) {
        return;
    }
    struct ptn_buf der;
    size_t start = 0;
    ptn_buf_init(&der, ptn_allocator_or_heap(alloc), PTN_MAX_PEM_BYTES);
    bool found = find_malformed(text, &der, &start);
    ptn_buf_clear(&der);
    if (found) {
        struct ptn_text t = PTN_TEXT_OF(report->text);
        ptn_text_add(&t, what);
        ptn_text_add(&t, ", line ");
        ptn_text_number(&t, ptn_pem_line(text, start));
        ptn_text_add(&t, ": ");
        ptn_text_add(&t, patina_err_text(PATINA_ERR_BAD_PEM));
    }
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Trust anchors: one block of bytes, one of parsed certificates, one of their order by subject.
#include "x509/roots.h"
#include "x509/pem.h"

struct patina_roots {
    struct ptn_ref ref;
    const struct patina_allocator *alloc;
    patina_span bytes; // every certificate, one behind the other
    struct ptn_root *roots;
    size_t roots_count; // as parsed
    uint32_t *order;    // indexes of `roots` by subject
    size_t order_count; // each certificate once
};

// ---- Order by subject, then by the whole certificate, so that equal ones stand together.

static const struct ptn_root *root_at(const struct patina_roots *roots, size_t place)
{
    uint32_t i = PTN_ITEM(roots->order, roots->roots_count, place);
    return &PTN_ITEM(roots->roots, roots->roots_count, i);
}

static int compare_places(const struct patina_roots *roots, size_t a, size_t b)
{
    const struct ptn_cert *x = &root_at(roots, a)->cert;
    const struct ptn_cert *y = &root_at(roots, b)->cert;
    int order = ptn_span_compare(x->subject, y->subject);
    return order != 0 ? order : ptn_span_compare(x->der, y->der);
}

static void swap_places(struct patina_roots *roots, size_t a, size_t b)
{
    uint32_t kept = PTN_ITEM(roots->order, roots->roots_count, a);
    PTN_ITEM(roots->order, roots->roots_count, a) = PTN_ITEM(roots->order, roots->roots_count, b);
    PTN_ITEM(roots->order, roots->roots_count, b) = kept;
}

// Lets the place `at` of the heap sink below the larger of its children.
static void sink(struct patina_roots *roots, size_t at, size_t count)
{
    while (at < count / 2) {
        size_t child = 2 * at + 1;
        if (child + 1 < count && compare_places(roots, child, child + 1) < 0) {
            child++;
        }
        if (compare_places(roots, at, child) >= 0) {
            return;
        }
        swap_places(roots, at, child);
        at = child;
    }
}

// Heap sort: in place, and never slower than its average whatever the bundle is.
static void sort_by_subject(struct patina_roots *roots)
{
    for (size_t at = roots->roots_count / 2; at > 0; at--) {
        sink(roots, at - 1, roots->roots_count);
    }
    for (size_t count = roots->roots_count; count > 1; count--) {
        swap_places(roots, 0, count - 1);
        sink(roots, 0, count - 1);
    }
}

// Bundles and folders hold the same certificate more than once; it is kept once.
static void drop_repeated(struct patina_roots *roots)
{
    size_t kept = 0;
    for (size_t i = 0; i < roots->roots_count; i++) {
        if (kept != 0 &&
            ptn_span_equal(root_at(roots, kept - 1)->cert.der, root_at(roots, i)->cert.der)) {
            continue;
        }
        PTN_ITEM(roots->order, roots->roots_count, kept) =
            PTN_ITEM(roots->order, roots->roots_count, i);
        kept++;
    }
    roots->order_count = kept;
}

patina_span patina_roots_certificate(const struct patina_roots *roots, size_t i)
{
    return roots == NULL || i >= roots->order_count ? (patina_span){0}
                                                    : root_at(roots, i)->cert.der;
}

patina_span ptn_roots_subject(const struct patina_roots *roots, size_t i)
{
    return roots == NULL || i >= roots->order_count ? (patina_span){0}
                                                    : root_at(roots, i)->cert.subject;
}

const struct ptn_root *ptn_roots_find(const struct patina_roots *roots, patina_span subject,
                                      size_t *position)
{
    size_t place = *position;
    if (place == 0) {
        size_t end = roots->order_count;
        while (place < end) {
            size_t middle = place + (end - place) / 2;
            if (ptn_span_compare(root_at(roots, middle)->cert.subject, subject) < 0) {
                place = middle + 1;
            } else {
                end = middle;
            }
        }
    }
    *position = SIZE_MAX;
    if (place >= roots->order_count) {
        return NULL;
    }
    const struct ptn_root *root = root_at(roots, place);
    if (!ptn_span_equal(root->cert.subject, subject)) {
        return NULL;
    }
    *position = place + 1;
    return root;
}

// ---- Making

static void free_roots(struct patina_roots *roots)
{
    const struct patina_allocator *alloc = roots->alloc;
    ptn_span_free(alloc, roots->bytes);
    ptn_free(alloc, roots->roots, roots->roots_count * sizeof *roots->roots);
    ptn_free(alloc, roots->order, roots->roots_count * sizeof *roots->order);
    ptn_free(alloc, roots, sizeof *roots);
}

// Parses the `count` certificates of `all`, whose lengths are `lengths`, into `roots`.
static patina_err fill(struct patina_roots *roots, patina_span all, const uint32_t *lengths,
                       size_t count)
{
    if (!ptn_span_dup(roots->alloc, all, &roots->bytes)) {
        return PATINA_ERR_NO_MEMORY;
    }
    roots->roots = ptn_alloc_array(roots->alloc, count, sizeof *roots->roots);
    roots->order = ptn_alloc_array(roots->alloc, count, sizeof *roots->order);
    roots->roots_count = count;
    if (roots->roots == NULL || roots->order == NULL) {
        return PATINA_ERR_NO_MEMORY;
    }
    patina_span rest = roots->bytes;
    for (size_t i = 0; i < count; i++) {
        uint32_t len = PTN_ITEM(lengths, count, i);
        PTN_TRY(ptn_cert_parse_anchor(ptn_span_first(rest, len),
                                      &PTN_ITEM(roots->roots, count, i).cert));
        PTN_ITEM(roots->order, count, i) = (uint32_t)i;
        rest = ptn_span_skip(rest, len);
    }
    sort_by_subject(roots);
    drop_repeated(roots);
    return PATINA_OK;
}

static patina_err roots_new(const struct patina_allocator *alloc, patina_span all,
                            const uint32_t *lengths, size_t count, struct patina_roots **out)
{
    PTN_REQUIRE(count != 0, PATINA_ERR_NO_ROOTS);
    struct patina_roots *roots = ptn_alloc(alloc, sizeof *roots);
    if (roots == NULL) {
        return PATINA_ERR_NO_MEMORY;
    }
    ptn_ref_init(&roots->ref);
    roots->alloc = alloc;
    patina_err err = fill(roots, all, lengths, count);
    if (err != PATINA_OK) {
        free_roots(roots);
        return err;
    }
    *out = roots;
    return PATINA_OK;
}

// ---- From PEM

struct gathering {
    struct ptn_buf block; // the block at hand
    struct ptn_buf all;
    size_t count, skipped;
    uint32_t lengths[PTN_MAX_ROOTS];
};

static patina_err gather_block(struct gathering *g, const struct ptn_pem_block *block)
{
    struct ptn_cert cert;
    if (!ptn_span_equal(block->label, PTN_SPAN_LITERAL("CERTIFICATE")) &&
        !ptn_span_equal(block->label, PTN_SPAN_LITERAL("X509 CERTIFICATE"))) {
        return PATINA_OK; // a key or a CRL beside the certificates is none of ours
    }
    patina_span der = ptn_buf_span(&g->block);
    if (g->count >= PTN_MAX_ROOTS || ptn_cert_parse_anchor(der, &cert) != PATINA_OK) {
        g->skipped++;
        return PATINA_OK;
    }
    if (!ptn_buf_append(&g->all, der)) {
        return PATINA_ERR_NO_MEMORY;
    }
    PTN_AT(g->lengths, g->count) = (uint32_t)der.len;
    g->count++;
    return PATINA_OK;
}

static patina_err gather(struct gathering *g, patina_span pem)
{
    size_t position = 0;
    while (position < pem.len) {
        struct ptn_pem_block block;
        bool have = false;
        patina_err err = ptn_pem_next(pem, &position, &block, &g->block, &have);
        if (err == PATINA_ERR_BAD_PEM) {
            g->skipped++;
            continue;
        }
        PTN_TRY(err);
        if (!have) {
            return PATINA_OK;
        }
        PTN_TRY(gather_block(g, &block));
    }
    return PATINA_OK;
}

patina_err patina_roots_from_pem(patina_span pem, const struct patina_allocator *alloc,
                                 struct patina_roots **out, size_t *out_skipped)
{
    if (out_skipped != NULL) {
        *out_skipped = 0;
    }
    PTN_REQUIRE(out != NULL, PATINA_ERR_MISUSE);
    *out = NULL;
    PTN_REQUIRE(pem.len <= PTN_MAX_PEM_BYTES, PATINA_ERR_BAD_PEM);
    alloc = ptn_allocator_or_heap(alloc);
    struct gathering *g = ptn_alloc(alloc, sizeof *g);
    if (g == NULL) {
        return PATINA_ERR_NO_MEMORY;
    }
    ptn_buf_init(&g->block, alloc, PTN_MAX_PEM_BYTES);
    ptn_buf_init(&g->all, alloc, PTN_MAX_PEM_BYTES);
    patina_err err = gather(g, pem);
    if (err == PATINA_OK) {
        err = roots_new(alloc, ptn_buf_span(&g->all), g->lengths, g->count, out);
    }
    if (out_skipped != NULL) {
        *out_skipped = g->skipped;
    }
    ptn_buf_clear(&g->block);
    ptn_buf_clear(&g->all);
    ptn_free(alloc, g, sizeof *g);
    return err;
}

// ---- From DER

static patina_err gather_der(struct gathering *g, const patina_span *certificates, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct ptn_cert cert;
        patina_span der = PTN_ITEM(certificates, count, i);
        PTN_REQUIRE(ptn_cert_parse_anchor(der, &cert) == PATINA_OK,
                    PATINA_ERR_BAD_CERTIFICATE_INPUT);
        if (!ptn_buf_append(&g->all, der)) {
            return PATINA_ERR_NO_MEMORY;
        }
        PTN_AT(g->lengths, i) = (uint32_t)der.len;
    }
    return PATINA_OK;
}

patina_err patina_roots_from_der(const patina_span *certificates, size_t count,
                                 const struct patina_allocator *alloc, struct patina_roots **out)
{
    PTN_REQUIRE(out != NULL && (certificates != NULL || count == 0), PATINA_ERR_MISUSE);
    *out = NULL;
    PTN_REQUIRE(count <= PTN_MAX_ROOTS, PATINA_ERR_TOO_MANY_OPTIONS);
    alloc = ptn_allocator_or_heap(alloc);
    struct gathering *g = ptn_alloc(alloc, sizeof *g);
    if (g == NULL) {
        return PATINA_ERR_NO_MEMORY;
    }
    ptn_buf_init(&g->all, alloc, (size_t)PTN_MAX_ROOTS * PTN_MAX_CERT_BYTES);
    patina_err err = gather_der(g, certificates, count);
    if (err == PATINA_OK) {
        err = roots_new(alloc, ptn_buf_span(&g->all), g->lengths, count, out);
    }
    ptn_buf_clear(&g->all);
    ptn_free(alloc, g, sizeof *g);
    return err;
}

// ---- The public object

size_t patina_roots_count(const struct patina_roots *roots)
{
    return roots == NULL ? 0 : roots->order_count;
}

struct patina_roots *patina_roots_ref(struct patina_roots *roots)
{
    if (roots != NULL) {
        ptn_ref_add(&roots->ref);
    }
    return roots;
}

void patina_roots_unref(struct patina_roots *roots)
{
    if (roots != NULL && ptn_ref_drop(&roots->ref)) {
        free_roots(roots);
    }
}

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
    PTN_CONTRACT(REQUIRES(ROOTS(roots) && place < roots->roots_count) ASSIGNS()
                     ENSURES(RESULT != NULL))
{
    uint32_t i = PTN_ITEM(roots->order, roots->roots_count, place);
    return &PTN_ITEM(roots->roots, roots->roots_count, i);
}

static patina_span subject_at(const struct patina_roots *roots, size_t place)
    PTN_CONTRACT(REQUIRES(ROOTS(roots) && place < roots->roots_count) ASSIGNS()
                     ENSURES(WITHIN(RESULT, roots->bytes)))
{
    uint32_t i = PTN_ITEM(roots->order, roots->roots_count, place);
    return PTN_ITEM(roots->roots, roots->roots_count, i).cert.subject;
}

static patina_span der_at(const struct patina_roots *roots, size_t place)
    PTN_CONTRACT(REQUIRES(ROOTS(roots) && place < roots->roots_count) ASSIGNS()
                     ENSURES(WITHIN(RESULT, roots->bytes)))
{
    uint32_t i = PTN_ITEM(roots->order, roots->roots_count, place);
    return PTN_ITEM(roots->roots, roots->roots_count, i).cert.der;
}

static int compare_places(const struct patina_roots *roots, size_t a, size_t b)
    PTN_CONTRACT(REQUIRES(ROOTS(roots) && a < roots->roots_count && b < roots->roots_count)
                     ASSIGNS())
{
    int order = ptn_span_compare(subject_at(roots, a), subject_at(roots, b));
    return order != 0 ? order : ptn_span_compare(der_at(roots, a), der_at(roots, b));
}

static void swap_places(struct patina_roots *roots, size_t a, size_t b)
    PTN_CONTRACT(REQUIRES(ROOTS(roots) && a < roots->roots_count && b < roots->roots_count)
                     ASSIGNS(__CPROVER_object_whole(roots->order)))
{
    uint32_t kept = PTN_ITEM(roots->order, roots->roots_count, a);
    PTN_ITEM(roots->order, roots->roots_count, a) = PTN_ITEM(roots->order, roots->roots_count, b);
    PTN_ITEM(roots->order, roots->roots_count, b) = kept;
}

// Lets the place `at` of the heap sink below the larger of its children.
static void sink(struct patina_roots *roots, size_t at, size_t count)
    PTN_CONTRACT(REQUIRES(ROOTS(roots) && count <= roots->roots_count && at < count)
                     ASSIGNS(__CPROVER_object_whole(roots->order)))
{
    while (at < count / 2)
        PTN_LOOP(ASSIGNS(at, __CPROVER_object_whole(roots->order)) INVARIANT(at < count)
                     DECREASES(count - at))
    {
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
    PTN_CONTRACT(REQUIRES(ROOTS(roots) && roots->roots_count != 0)
                     ASSIGNS(__CPROVER_object_whole(roots->order)))
{
    for (size_t at = roots->roots_count / 2; at > 0; at--)
        PTN_LOOP(ASSIGNS(at, __CPROVER_object_whole(roots->order))
                     INVARIANT(at <= roots->roots_count / 2) DECREASES(at))
    {
        sink(roots, at - 1, roots->roots_count);
    }
    for (size_t count = roots->roots_count; count > 1; count--)
        PTN_LOOP(ASSIGNS(count, __CPROVER_object_whole(roots->order))
                     INVARIANT(count <= roots->roots_count) DECREASES(count))
    {
        swap_places(roots, 0, count - 1);
        sink(roots, 0, count - 1);
    }
}

// Bundles and folders hold the same certificate more than once; it is kept once.
static void drop_repeated(struct patina_roots *roots)
    PTN_CONTRACT(REQUIRES(ROOTS(roots) && WRITABLE(roots))
                     ASSIGNS(roots->order_count, __CPROVER_object_whole(roots->order))
                         ENSURES(roots->order_count <= roots->roots_count))
{
    size_t kept = 0;
    for (size_t i = 0; i < roots->roots_count; i++)
        PTN_LOOP(ASSIGNS(i, kept, __CPROVER_object_whole(roots->order)) INVARIANT(
            kept <= i && i <= roots->roots_count) DECREASES(roots->roots_count - i))
    {
        if (kept != 0 && compare_places(roots, kept - 1, i) == 0) {
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
    return roots == NULL || i >= roots->order_count ? (patina_span){0} : der_at(roots, i);
}

patina_span ptn_roots_subject(const struct patina_roots *roots, size_t i)
{
    return roots == NULL || i >= roots->order_count ? (patina_span){0} : subject_at(roots, i);
}

// The first place whose subject is not before `subject`.
static size_t first_place(const struct patina_roots *roots, patina_span subject)
    PTN_CONTRACT(REQUIRES(ROOTS(roots) && SPAN(subject)) ASSIGNS()
                     ENSURES(RESULT <= roots->order_count))
{
    size_t place = 0;
    size_t end = roots->order_count;
    while (place < end)
        PTN_LOOP(ASSIGNS(place, end) INVARIANT(place <= end && end <= roots->order_count)
                     DECREASES(end - place))
    {
        size_t middle = place + (end - place) / 2;
        if (ptn_span_compare(subject_at(roots, middle), subject) < 0) {
            place = middle + 1;
        } else {
            end = middle;
        }
    }
    return place;
}

const struct ptn_root *ptn_roots_find(const struct patina_roots *roots, patina_span subject,
                                      size_t *position)
    PTN_CONTRACT(REQUIRES(ROOTS(roots) && SPAN(subject) && WRITABLE(position)) ASSIGNS(*position)
                     ENSURES(RESULT == NULL ? *position == SIZE_MAX
                                            : *position >= 1 && *position <= PTN_MAX_ROOTS))
{
    size_t place = *position == 0 ? first_place(roots, subject) : *position;
    *position = SIZE_MAX;
    if (place >= roots->order_count || !ptn_span_equal(subject_at(roots, place), subject)) {
        return NULL;
    }
    *position = place + 1;
    return root_at(roots, place);
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

static patina_err parse_root(patina_span der, struct ptn_root *out)
    PTN_CONTRACT(REQUIRES(SPAN(der) && WRITABLE(out)) ASSIGNS(*out))
{
    return ptn_cert_parse_anchor(der, &out->cert);
}

// Parses the certificates, which stand one behind the other.
static patina_err parse_all(struct patina_roots *roots, const uint32_t *lengths)
    PTN_CONTRACT(REQUIRES(ROOTS(roots) && READABLE_ARRAY(lengths, roots->roots_count))
                     ASSIGNS(__CPROVER_object_whole(roots->roots),
                             __CPROVER_object_whole(roots->order)))
{
    struct ptn_reader r = ptn_reader_of(roots->bytes);
    for (size_t i = 0; i < roots->roots_count; i++)
        PTN_LOOP(ASSIGNS(i, READER_FIELDS(r), __CPROVER_object_whole(roots->roots),
                         __CPROVER_object_whole(roots->order))
                     INVARIANT(i <= roots->roots_count && READER_STATE(r))
                         DECREASES(roots->roots_count - i))
    {
        patina_span der;
        PTN_REQUIRE(ptn_read_bytes(&r, PTN_ITEM(lengths, roots->roots_count, i), &der),
                    PATINA_ERR_INTERNAL);
        PTN_TRY(parse_root(der, &PTN_ITEM(roots->roots, roots->roots_count, i)));
        PTN_ITEM(roots->order, roots->roots_count, i) = (uint32_t)i;
    }
    return PATINA_OK;
}

static patina_err fill(struct patina_roots *roots, patina_span all, const uint32_t *lengths,
                       size_t count)
    PTN_CONTRACT(REQUIRES(WRITABLE(roots) && SPAN(all) && count != 0 && count <= PTN_MAX_ROOTS &&
                          READABLE_ARRAY(lengths, count))
                     ASSIGNS(roots->bytes, roots->roots, roots->order, roots->roots_count,
                             roots->order_count)
                         ENSURES(IMPLIES(RESULT == PATINA_OK, ROOTS(roots))))
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
    PTN_TRY(parse_all(roots, lengths));
    sort_by_subject(roots);
    drop_repeated(roots);
    return PATINA_OK;
}

static patina_err roots_new(const struct patina_allocator *alloc, patina_span all,
                            const uint32_t *lengths, size_t count, struct patina_roots **out)
    PTN_CONTRACT(REQUIRES(READABLE(alloc) && SPAN(all) && count <= PTN_MAX_ROOTS &&
                          READABLE_ARRAY(lengths, count) && WRITABLE(out) && *out == NULL)
                     ASSIGNS(*out) ENSURES(IFF(RESULT == PATINA_OK, *out != NULL)))
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

#define GATHERING(g) \
    (WRITABLE(g) && BUF(&(g)->block) && BUF(&(g)->all) && (g)->count <= PTN_MAX_ROOTS)

static patina_err gather_block(struct gathering *g, const struct ptn_pem_block *block)
    PTN_CONTRACT(REQUIRES(GATHERING(g) && g->skipped < SIZE_MAX && READABLE(block) &&
                          SPAN(block->label)) ASSIGNS(*g)
                     ENSURES(GATHERING(g) && g->skipped <= OLD(g->skipped) + 1))
{
    struct ptn_cert cert;
    if (!ptn_pem_is_certificate(block)) {
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
    PTN_CONTRACT(REQUIRES(GATHERING(g) && g->skipped == 0 && SPAN(pem) &&
                          pem.len <= PTN_MAX_PEM_BYTES) ASSIGNS(*g) ENSURES(GATHERING(g)))
{
    size_t position = 0;
    while (position < pem.len)
        PTN_LOOP(ASSIGNS(position, *g) INVARIANT(position <= pem.len && g->skipped <= position &&
                                                 GATHERING(g)) DECREASES(pem.len - position))
    {
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

patina_err ptn_roots_from_pem(patina_span pem, const struct patina_allocator *alloc,
                              struct patina_roots **out, size_t *out_skipped)
{
    *out = NULL;
    *out_skipped = 0;
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
    *out_skipped = g->skipped;
    ptn_buf_clear(&g->block);
    ptn_buf_clear(&g->all);
    ptn_free(alloc, g, sizeof *g);
    return err;
}

// ---- From DER

static patina_err gather_der(struct gathering *g, const patina_span *certificates, size_t count)
    PTN_CONTRACT(REQUIRES(GATHERING(g) && SPAN_ARRAY(certificates, count, PTN_MAX_ROOTS))
                     ASSIGNS(*g) ENSURES(GATHERING(g)))
{
    for (size_t i = 0; i < count; i++)
        PTN_LOOP(ASSIGNS(i, *g) INVARIANT(i <= count && GATHERING(g)) DECREASES(count - i))
    {
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
    PTN_CONTRACT(REQUIRES(certificates == NULL || count > PTN_MAX_ROOTS ||
                          SPAN_ARRAY(certificates, count, PTN_MAX_ROOTS))
                     REQUIRES((alloc == NULL || READABLE(alloc)) && (out == NULL || WRITABLE(out)))
                         ASSIGNS(out != NULL : *out)
                             ENSURES(IMPLIES(RESULT == PATINA_OK, out != NULL && *out != NULL)))
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

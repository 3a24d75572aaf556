// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Revocation lists as their bytes come: the public loader of patina/revocation.h, and
// patina_crls_new over it.
//
// Implementation notes. The first bytes of a list go into `head` until its length is known and
// allowed; then the buffer is made, which can grow to just that length. The scan reads every
// element as soon as it is there.
#include "x509/crls.h"
#include "x509/pem.h"
#include "x509/text.h"

enum { HEAD_BYTES = 6 }; // the longest header

struct patina_crl_loader {
    const struct patina_allocator *alloc;
    struct patina_crls *crls;
    size_t bytes_left, entries_left; // of what the set may have
    uint8_t head[HEAD_BYTES];
    size_t head_len;
    bool is_open; // the list at hand has its buffer
    struct ptn_buf bytes;
    struct ptn_crl_scan scan;
    patina_err err; // sticky
};

static void begin_list(struct patina_crl_loader *l)
{
    l->head_len = 0;
    l->is_open = false;
    l->scan = (struct ptn_crl_scan){.max_bytes = l->bytes_left, .max_entries = l->entries_left};
}

// For contracts: what a loader is whatever came, and what it is besides without an error.
#define LOADER(l)                                                                             \
    (WRITABLE(l) && BUF(&(l)->bytes) && CRL_SCAN((l)->scan) && (l)->head_len <= HEAD_BYTES && \
     (l)->bytes_left == (l)->scan.max_bytes && (l)->entries_left == (l)->scan.max_entries)
#define IS_IN_STEP(l)                                       \
    (IFF((l)->is_open, (l)->scan.stage != PTN_CRL_OUTER) && \
     IMPLIES((l)->is_open,                                  \
             (l)->scan.at <= (l)->bytes.len_ && (l)->bytes.len_ <= (l)->scan.whole.len))
#define IS_SOUND(l) (LOADER(l) && IMPLIES((l)->err == PATINA_OK, IS_IN_STEP(l)))
// The set and the allocator stay what they are.
#define KEEPS_SET(l) ENSURES((l)->alloc == OLD((l)->alloc) && (l)->crls == OLD((l)->crls))
#define LOOPS_SOUND(l)     \
    INVARIANT(IS_SOUND(l)) \
    INVARIANT((l)->alloc == LOOP_OLD((l)->alloc) && (l)->crls == LOOP_OLD((l)->crls))

// The header of the whole list, a byte at a time: there are six at most. *done counts the bytes
// taken.
static patina_err feed_head(struct patina_crl_loader *l, patina_span piece, size_t *done)
    PTN_CONTRACT(REQUIRES(LOADER(l) && IS_IN_STEP(l) && !l->is_open && SPAN(piece))
                     REQUIRES(WRITABLE(done) && *done < piece.len) ASSIGNS(*l, *done) KEEPS_SET(l)
                         ENSURES(LOADER(l) && l->err == OLD(l->err))
                             ENSURES(IMPLIES(RESULT == PATINA_OK, IS_IN_STEP(l)))
                                 ENSURES(OLD(*done) <= *done && *done <= piece.len)
                                     ENSURES(IMPLIES(RESULT == PATINA_OK || l->is_open,
                                                     *done > OLD(*done))))
{
    bool more = false;
    if (l->head_len == HEAD_BYTES) {
        return PATINA_ERR_INTERNAL; // no header is longer
    }
    PTN_AT(l->head, l->head_len) = ptn_span_at(piece, *done);
    l->head_len++;
    (*done)++;
    patina_span head = ptn_span_first(PTN_SPAN_OF(l->head), l->head_len);
    PTN_TRY(ptn_crl_scan_step(&l->scan, head, &more));
    if (more) {
        return PATINA_OK;
    }
    ptn_buf_init(&l->bytes, l->alloc, l->scan.whole.len);
    l->is_open = true;
    return ptn_buf_append(&l->bytes, head) ? PATINA_OK : PATINA_ERR_NO_MEMORY;
}

// Reads every element that has come.
static patina_err scan_on(struct ptn_crl_scan *s, patina_span bytes)
    PTN_CONTRACT(REQUIRES(WRITABLE(s) && CRL_SCAN(*s) && SPAN(bytes) && s->at <= bytes.len)
                     REQUIRES(s->stage != PTN_CRL_OUTER) ASSIGNS(*s)
                         ENSURES(CRL_SCAN(*s) && s->at <= bytes.len && s->stage != PTN_CRL_OUTER)
                             ENSURES(s->max_bytes == OLD(s->max_bytes) &&
                                     s->max_entries == OLD(s->max_entries) &&
                                     s->whole.len == OLD(s->whole.len)))
{
    bool more = false;
    while (!more)
        PTN_LOOP(ASSIGNS(*s, more)
                     INVARIANT(CRL_SCAN(*s) && s->at <= bytes.len && s->stage != PTN_CRL_OUTER)
                         INVARIANT(s->max_bytes == LOOP_OLD(s->max_bytes) &&
                                   s->max_entries == LOOP_OLD(s->max_entries) &&
                                   s->whole.len == LOOP_OLD(s->whole.len))
                             DECREASES(bytes.len - s->at + (more ? 0 : 1)))
    {
        PTN_TRY(ptn_crl_scan_step(s, bytes, &more));
    }
    return PATINA_OK;
}

// The list at hand goes to the set, and another may begin.
static patina_err end_list(struct patina_crl_loader *l)
    PTN_CONTRACT(REQUIRES(LOADER(l)) ASSIGNS(*l) KEEPS_SET(l)
                     ENSURES(LOADER(l) && l->err == OLD(l->err))
                         ENSURES(IMPLIES(RESULT == PATINA_OK, IS_IN_STEP(l) && !l->is_open)))
{
    PTN_REQUIRE(l->scan.stage == PTN_CRL_WHOLE, PATINA_ERR_CRL_ENCODING);
    size_t entries = l->scan.entries_count;
    size_t len = l->scan.whole.len;
    PTN_TRY(ptn_crls_add(l->crls, &l->scan, &l->bytes));
    l->bytes_left -= len;
    l->entries_left -= entries;
    begin_list(l);
    return PATINA_OK;
}

// What follows the header, as far as the list goes. *done counts the bytes taken.
static patina_err feed_body(struct patina_crl_loader *l, patina_span piece, size_t *done)
    PTN_CONTRACT(REQUIRES(LOADER(l) && IS_IN_STEP(l) && l->is_open && SPAN(piece))
                     REQUIRES(WRITABLE(done) && *done < piece.len) ASSIGNS(*l, *done) KEEPS_SET(l)
                         ENSURES(LOADER(l) && l->err == OLD(l->err))
                             ENSURES(IMPLIES(RESULT == PATINA_OK, IS_IN_STEP(l)))
                                 ENSURES(OLD(*done) <= *done && *done <= piece.len)
                                     ENSURES(IMPLIES(RESULT == PATINA_OK,
                                                     *done > OLD(*done) || !l->is_open)))
{
    size_t wanted = l->scan.whole.len - ptn_buf_len(&l->bytes);
    patina_span taken = ptn_span_part(piece, *done, wanted);
    if (!ptn_buf_append(&l->bytes, taken)) {
        return PATINA_ERR_NO_MEMORY;
    }
    *done += taken.len;
    PTN_TRY(scan_on(&l->scan, ptn_buf_span(&l->bytes)));
    return ptn_buf_len(&l->bytes) == l->scan.whole.len ? end_list(l) : PATINA_OK;
}

static patina_err feed(struct patina_crl_loader *l, patina_span piece)
    PTN_CONTRACT(REQUIRES(IS_SOUND(l) && SPAN(piece)) ASSIGNS(*l) KEEPS_SET(l) ENSURES(IS_SOUND(l))
                     ENSURES(RESULT == l->err))
{
    size_t done = 0;
    while (done < piece.len && l->err == PATINA_OK)
        PTN_LOOP(ASSIGNS(done, *l) INVARIANT(done <= piece.len) LOOPS_SOUND(l) DECREASES(
            2 * (piece.len - done) + (l->is_open ? 1 : 0) + (l->err == PATINA_OK ? 1 : 0)))
    {
        l->err = l->is_open ? feed_body(l, piece, &done) : feed_head(l, piece, &done);
    }
    return l->err;
}

// Whether a list has begun and not ended.
static bool is_amid_a_list(const struct patina_crl_loader *l)
{
    return l->head_len != 0;
}

// ---- What is given whole

static patina_err feed_whole(struct patina_crl_loader *l, patina_span der)
    PTN_CONTRACT(REQUIRES(IS_SOUND(l) && SPAN(der)) ASSIGNS(*l) KEEPS_SET(l) ENSURES(IS_SOUND(l)))
{
    PTN_REQUIRE(der.len != 0, PATINA_ERR_CRL_ENCODING);
    PTN_TRY(feed(l, der));
    if (is_amid_a_list(l)) {
        l->err = PATINA_ERR_CRL_ENCODING; // it ends before its end
    }
    return l->err;
}

// The next block of the text, when it is a list.
static patina_err feed_block(struct patina_crl_loader *l, patina_span pem, size_t *position,
                             struct ptn_buf *der)
    PTN_CONTRACT(REQUIRES(IS_SOUND(l) && SPAN(pem))
                     REQUIRES(WRITABLE(position) && *position < pem.len && BUF(der))
                         ASSIGNS(*l, *position,
                                 *der) KEEPS_SET(l) ENSURES(IS_SOUND(l)) ENSURES(BUF(der))
                             ENSURES(OLD(*position) <= *position && *position <= pem.len)
                                 ENSURES(IMPLIES(RESULT == PATINA_OK, *position > OLD(*position))))
{
    struct ptn_pem_block block;
    bool have = false;
    PTN_TRY(ptn_pem_next(pem, position, &block, der, &have));
    if (!have) {
        *position = pem.len;
        return PATINA_OK;
    }
    return ptn_span_equal(block.label, PTN_SPAN_LITERAL("X509 CRL"))
               ? feed_whole(l, ptn_buf_span(der))
               : PATINA_OK;
}

static patina_err feed_blocks(struct patina_crl_loader *l, patina_span pem, struct ptn_buf *der)
    PTN_CONTRACT(REQUIRES(IS_SOUND(l) && SPAN(pem)) REQUIRES(BUF(der)) ASSIGNS(*l, *der)
                     KEEPS_SET(l) ENSURES(IS_SOUND(l)) ENSURES(BUF(der)))
{
    size_t position = 0;
    while (position < pem.len)
        PTN_LOOP(ASSIGNS(position, *l, *der) INVARIANT(position <= pem.len && BUF(der))
                     LOOPS_SOUND(l) DECREASES(pem.len - position))
    {
        PTN_TRY(feed_block(l, pem, &position, der));
    }
    return PATINA_OK;
}

static patina_err feed_each(struct patina_crl_loader *l, const patina_span *der, size_t count)
    PTN_CONTRACT(REQUIRES(IS_SOUND(l)) REQUIRES(READABLE_ARRAY(der, count)) ASSIGNS(*l) KEEPS_SET(l)
                     ENSURES(IS_SOUND(l)))
{
    for (size_t i = 0; i < count; i++)
        PTN_LOOP(ASSIGNS(i, *l) INVARIANT(i <= count) LOOPS_SOUND(l) DECREASES(count - i))
    {
        PTN_TRY(feed_whole(l, PTN_ITEM(der, count, i)));
    }
    return PATINA_OK;
}

static patina_err feed_options(struct patina_crl_loader *l, const struct patina_crls_options *o)
    PTN_CONTRACT(REQUIRES(IS_SOUND(l))
                     REQUIRES(READABLE(o) && SPAN(o->pem) && READABLE_ARRAY(o->der, o->der_count))
                         ASSIGNS(*l) KEEPS_SET(l) ENSURES(IS_SOUND(l)))
{
    PTN_TRY(feed_each(l, o->der, o->der_count));
    struct ptn_buf der;
    ptn_buf_init(&der, l->alloc, PTN_MAX_PEM_BYTES);
    patina_err err = feed_blocks(l, o->pem, &der);
    ptn_buf_clear(&der);
    return err;
}

// ---- Reports

// The section that an error of a list comes from; all of RFC 5280.
static const char *section_of(patina_err err)
{
    switch ((int)err) {
    case PATINA_ERR_CRL_ENCODING:
        return "5.1";
    case PATINA_ERR_CRL_CRITICAL_EXTENSION:
        return "5.2";
    case PATINA_ERR_CRL_DELTA:
        return "5.2.4";
    case PATINA_ERR_CRL_INDIRECT:
        return "5.2.5";
    default:
        return NULL;
    }
}

static void write_report(const struct patina_crl_loader *l, patina_err err,
                         struct patina_report *out)
{
    if (out == NULL) {
        return;
    }
    *out = (struct patina_report){
        .err = err, .alert = PATINA_ALERT_NONE, .in_message = 255, .certificate = -1};
    const char *section = section_of(err);
    bool is_of_a_list = section != NULL || err == PATINA_ERR_CRL_TOO_LARGE;
    if (l == NULL || l->crls == NULL || !is_of_a_list) {
        return;
    }
    struct ptn_text rule = PTN_TEXT_OF(out->rule);
    struct ptn_text text = PTN_TEXT_OF(out->text);
    ptn_text_add(&rule, section == NULL ? "" : section);
    out->rfc = section == NULL ? 0 : 5280;
    out->certificate = (int16_t)patina_crls_count(l->crls);
    ptn_text_add(&text, "list ");
    ptn_text_number(&text, patina_crls_count(l->crls) + 1);
    ptn_text_add(&text, ", at byte ");
    ptn_text_number(&text, l->scan.at);
    if (l->scan.entries_count != 0) {
        ptn_text_add(&text, ", behind ");
        ptn_text_number(&text, l->scan.entries_count);
        ptn_text_add(&text, " entries");
    }
    ptn_text_add(&text, ": ");
    ptn_text_add(&text, patina_err_text(err));
}

// ---- The public object

static patina_err new_loader(const struct patina_crls_options *o, struct patina_crl_loader **out)
{
    const struct patina_allocator *alloc = ptn_allocator_or_heap(o->alloc);
    PTN_REQUIRE(o->max_bytes <= PTN_MAX_CRL_BYTES && o->max_entries <= PTN_MAX_CRL_ENTRIES &&
                    (o->der != NULL || o->der_count == 0) && o->reserved == 0,
                PATINA_ERR_BAD_OPTION);
    struct patina_crl_loader *l = ptn_alloc(alloc, sizeof *l);
    if (l == NULL) {
        return PATINA_ERR_NO_MEMORY;
    }
    l->alloc = alloc;
    l->bytes_left = o->max_bytes == 0 ? PTN_MAX_CRL_BYTES : o->max_bytes;
    l->entries_left = o->max_entries == 0 ? PTN_MAX_CRL_ENTRIES : o->max_entries;
    ptn_buf_init(&l->bytes, alloc, 0);
    begin_list(l);
    l->crls = ptn_crls_empty(alloc);
    if (l->crls == NULL) {
        patina_crl_loader_free(l);
        return PATINA_ERR_NO_MEMORY;
    }
    *out = l;
    return PATINA_OK;
}

patina_err patina_crl_loader_new(const struct patina_crls_options *options,
                                 struct patina_crl_loader **out, struct patina_report *report)
{
    struct patina_crls_options o;
    PTN_REQUIRE(options != NULL && out != NULL, PATINA_ERR_MISUSE);
    *out = NULL;
    struct patina_crl_loader *l = NULL;
    patina_err err = ptn_copy_options(&o, sizeof o, options, options->struct_size, sizeof o)
                         ? new_loader(&o, &l)
                         : PATINA_ERR_NEWER_OPTIONS;
    err = err != PATINA_OK ? err : feed_options(l, &o);
    if (err != PATINA_OK) {
        write_report(l, err, report);
        if (err == PATINA_ERR_BAD_PEM) {
            ptn_pem_tell(report, "revocation lists", o.pem, o.alloc);
        }
        patina_crl_loader_free(l);
        return err;
    }
    *out = l;
    return PATINA_OK;
}

patina_err patina_crl_loader_feed(struct patina_crl_loader *loader, patina_span bytes,
                                  struct patina_report *report)
{
    PTN_REQUIRE(loader != NULL, PATINA_ERR_MISUSE);
    patina_err err = feed(loader, bytes);
    if (err != PATINA_OK) {
        write_report(loader, err, report);
    }
    return err;
}

static patina_err finish(struct patina_crl_loader *l, struct patina_crls **out)
{
    PTN_TRY(l->err);
    PTN_REQUIRE(!is_amid_a_list(l), PATINA_ERR_CRL_ENCODING);
    PTN_REQUIRE(patina_crls_count(l->crls) != 0, PATINA_ERR_NO_CRLS);
    *out = l->crls;
    l->crls = NULL;
    return PATINA_OK;
}

patina_err patina_crl_loader_finish(struct patina_crl_loader *loader, struct patina_crls **out,
                                    struct patina_report *report)
{
    PTN_REQUIRE(loader != NULL && out != NULL, PATINA_ERR_MISUSE);
    *out = NULL;
    patina_err err = finish(loader, out);
    loader->err = err == PATINA_OK ? PATINA_ERR_MISUSE : err;
    if (err != PATINA_OK) {
        write_report(loader, err, report);
    }
    return err;
}

void patina_crl_loader_free(struct patina_crl_loader *loader)
{
    if (loader == NULL) {
        return;
    }
    const struct patina_allocator *alloc = loader->alloc;
    ptn_buf_clear(&loader->bytes);
    patina_crls_unref(loader->crls);
    ptn_free(alloc, loader, sizeof *loader);
}

patina_err patina_crls_new(const struct patina_crls_options *options, struct patina_crls **out,
                           struct patina_report *report)
{
    struct patina_crl_loader *loader = NULL;
    PTN_REQUIRE(out != NULL, PATINA_ERR_MISUSE);
    *out = NULL;
    PTN_TRY(patina_crl_loader_new(options, &loader, report));
    patina_err err = patina_crl_loader_finish(loader, out, report);
    patina_crl_loader_free(loader);
    return err;
}

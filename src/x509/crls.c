// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The set of revocation lists: see crls.h. How its bytes come is crl_loader.c.
#include "x509/crls.h"

#include "x509/dn.h"
#include "x509/text.h"

enum { MEMO_EMPTY = 0, MEMO_BUSY = 1, MEMO_THERE = 2, FIRST_ROOM = 8 };

// For contracts: what the order looks at.
#define LIST_ORDER(c) (SPAN((c).issuer) && SPAN((c).scope.whole) && SPAN((c).number))

// ---- Order

static struct ptn_listed_crl *list_at(const struct patina_crls *crls, size_t i)
{
    return PTN_ITEM(crls->lists, crls->lists_count, i);
}

static patina_span issuer_at(const struct patina_crls *crls, size_t i)
{
    return list_at(crls, i)->crl.issuer;
}

// A non-negative INTEGER's octets without the zero that keeps it positive.
static patina_span magnitude(patina_span number)
    PTN_CONTRACT(REQUIRES(SPAN(number)) ASSIGNS() ENSURES(WITHIN(RESULT, number)))
{
    bool padded = number.len > 1 && ptn_span_at(number, 0) == 0;
    return ptn_span_skip(number, padded ? 1 : 0);
}

// By size; one that has none comes before all that have one.
static int compare_numbers(patina_span a, patina_span b)
    PTN_CONTRACT(REQUIRES(SPAN(a) && SPAN(b)) ASSIGNS())
{
    patina_span x = magnitude(a);
    patina_span y = magnitude(b);
    if (x.len != y.len) {
        return x.len < y.len ? -1 : 1;
    }
    return ptn_span_compare(x, y);
}

static int compare_times(int64_t a, int64_t b)
{
    return a == b ? 0 : a < b ? -1 : 1;
}

static int compare_lists(const struct ptn_crl *a, const struct ptn_crl *b)
    PTN_CONTRACT(REQUIRES(READABLE(a) && READABLE(b)) REQUIRES(LIST_ORDER(*a) && LIST_ORDER(*b))
                     ASSIGNS())
{
    int order = ptn_span_compare(a->issuer, b->issuer);
    order = order != 0 ? order : ptn_span_compare(a->scope.whole, b->scope.whole);
    order = order != 0 ? order : compare_numbers(b->number, a->number);
    return order != 0 ? order : compare_times(b->this_update_s, a->this_update_s);
}

// The first place whose issuer is not before `issuer`.
static size_t first_place(const struct patina_crls *crls, patina_span issuer)
    PTN_CONTRACT(REQUIRES(CRLS(crls) && SPAN(issuer)) ASSIGNS()
                     ENSURES(RESULT <= crls->lists_count))
{
    size_t place = 0;
    size_t end = crls->lists_count;
    while (place < end)
        PTN_LOOP(ASSIGNS(place, end) INVARIANT(place <= end && end <= crls->lists_count)
                     DECREASES(end - place))
    {
        size_t middle = place + (end - place) / 2;
        if (ptn_span_compare(issuer_at(crls, middle), issuer) < 0) {
            place = middle + 1;
        } else {
            end = middle;
        }
    }
    return place;
}

struct ptn_listed_crl *ptn_crls_next(const struct patina_crls *crls, patina_span issuer,
                                     size_t *position)
{
    size_t place = *position == 0 ? first_place(crls, issuer) : *position;
    *position = SIZE_MAX;
    if (place >= crls->lists_count || !ptn_span_equal(issuer_at(crls, place), issuer)) {
        return NULL;
    }
    *position = place + 1;
    return list_at(crls, place);
}

// ---- Signatures seen to hold

bool ptn_crl_is_known_good(const struct ptn_listed_crl *list, const struct patina_digest *key)
{
    const struct ptn_crl_memo *memo = &list->memo;
    return atomic_load_explicit(&memo->state, memory_order_acquire) == MEMO_THERE &&
           ptn_span_equal(PTN_SPAN_OF(memo->key),
                          ptn_span_first(PTN_SPAN_OF(key->bytes), key->len));
}

void ptn_crl_note_good(struct ptn_listed_crl *list, const struct patina_digest *key)
{
    struct ptn_crl_memo *memo = &list->memo;
    unsigned empty = MEMO_EMPTY;
    if (key->len != PTN_KEY_DIGEST_BYTES ||
        !atomic_compare_exchange_strong_explicit(&memo->state, &empty, MEMO_BUSY,
                                                 memory_order_relaxed, memory_order_relaxed)) {
        return;
    }
    ptn_span_copy(PTN_MSPAN_OF(memo->key), ptn_span_first(PTN_SPAN_OF(key->bytes), key->len));
    atomic_store_explicit(&memo->state, MEMO_THERE, memory_order_release);
}

// ---- Making

struct patina_crls *ptn_crls_empty(const struct patina_allocator *alloc)
{
    struct patina_crls *crls = ptn_alloc(alloc, sizeof *crls);
    if (crls != NULL) {
        ptn_ref_init(&crls->ref);
        crls->alloc = alloc;
    }
    return crls;
}

static void free_list(const struct patina_allocator *alloc, struct ptn_listed_crl *list)
{
    ptn_crl_index_clear(alloc, &list->index);
    ptn_buf_clear(&list->bytes);
    ptn_free(alloc, list, sizeof *list);
}

// Room for one list more.
static patina_err make_room(struct patina_crls *crls)
{
    PTN_REQUIRE(crls->lists_count < PTN_MAX_CRLS, PATINA_ERR_CRL_TOO_LARGE);
    if (crls->lists_count < crls->lists_room) {
        return PATINA_OK;
    }
    size_t room = crls->lists_room == 0 ? FIRST_ROOM : 2 * crls->lists_room;
    struct ptn_listed_crl **lists = ptn_alloc_array(crls->alloc, room, sizeof *lists);
    if (lists == NULL) {
        return PATINA_ERR_NO_MEMORY;
    }
    for (size_t i = 0; i < crls->lists_count; i++)
        PTN_LOOP(ASSIGNS(i, __CPROVER_object_whole(lists)) INVARIANT(i <= crls->lists_count)
                     DECREASES(crls->lists_count - i))
    {
        PTN_ITEM(lists, room, i) = list_at(crls, i);
    }
    ptn_free(crls->alloc, crls->lists, crls->lists_room * sizeof *crls->lists);
    crls->lists = lists;
    crls->lists_room = room;
    return PATINA_OK;
}

static bool is_before(const struct ptn_listed_crl *list, const struct patina_crls *crls, size_t i)
    PTN_CONTRACT(REQUIRES(READABLE(list) && LIST_ORDER(list->crl) && CRLS(crls) &&
                          i < crls->lists_count) ASSIGNS())
{
    return compare_lists(&list->crl, &list_at(crls, i)->crl) < 0;
}

// To its place in the order; there is room.
static void insert(struct patina_crls *crls, struct ptn_listed_crl *list)
    PTN_CONTRACT(REQUIRES(CRLS(crls) && WRITABLE(crls) && crls->lists_count < crls->lists_room)
                     REQUIRES(READABLE(list) && LIST_ORDER(list->crl))
                         ASSIGNS(crls->lists_count, __CPROVER_object_whole(crls->lists))
                             ENSURES(crls->lists_count == OLD(crls->lists_count) + 1))
{
    size_t place = crls->lists_count;
    while (place > 0 && is_before(list, crls, place - 1))
        PTN_LOOP(ASSIGNS(place, __CPROVER_object_whole(crls->lists))
                     INVARIANT(place <= crls->lists_count) DECREASES(place))
    {
        PTN_ITEM(crls->lists, crls->lists_room, place) = list_at(crls, place - 1);
        place--;
    }
    PTN_ITEM(crls->lists, crls->lists_room, place) = list;
    crls->lists_count++;
}

patina_err ptn_crls_add(struct patina_crls *crls, const struct ptn_crl_scan *scan,
                        struct ptn_buf *bytes)
{
    PTN_TRY(make_room(crls));
    struct ptn_listed_crl *list = ptn_alloc(crls->alloc, sizeof *list);
    if (list == NULL) {
        return PATINA_ERR_NO_MEMORY;
    }
    atomic_init(&list->memo.state, MEMO_EMPTY);
    ptn_buf_init(&list->bytes, crls->alloc, 0);
    patina_err err = ptn_crl_scan_finish(scan, ptn_buf_span(bytes), &list->crl);
    err = err != PATINA_OK ? err
                           : ptn_crl_index_build(crls->alloc, list->crl.entries,
                                                 list->crl.entries_count, &list->index);
    if (err != PATINA_OK) {
        free_list(crls->alloc, list);
        return err;
    }
    list->bytes = *bytes;
    ptn_buf_init(bytes, crls->alloc, 0);
    insert(crls, list);
    return PATINA_OK;
}

// ---- The public object

struct patina_crls *patina_crls_ref(struct patina_crls *crls)
{
    if (crls != NULL) {
        ptn_ref_add(&crls->ref);
    }
    return crls;
}

void patina_crls_unref(struct patina_crls *crls)
{
    if (crls == NULL || !ptn_ref_drop(&crls->ref)) {
        return;
    }
    const struct patina_allocator *alloc = crls->alloc;
    for (size_t i = 0; i < crls->lists_count; i++) {
        free_list(alloc, list_at(crls, i));
    }
    ptn_free(alloc, crls->lists, crls->lists_room * sizeof *crls->lists);
    ptn_free(alloc, crls, sizeof *crls);
}

size_t patina_crls_count(const struct patina_crls *crls)
{
    return crls == NULL ? 0 : crls->lists_count;
}

patina_err patina_crls_describe(const struct patina_crls *crls, size_t i,
                                struct patina_crl_info *out)
{
    PTN_REQUIRE(out != NULL, PATINA_ERR_MISUSE);
    *out = (struct patina_crl_info){0};
    PTN_REQUIRE(crls != NULL && i < crls->lists_count, PATINA_ERR_MISUSE);
    const struct ptn_listed_crl *list = list_at(crls, i);
    struct ptn_text issuer = PTN_TEXT_OF(out->issuer);
    struct ptn_text number = PTN_TEXT_OF(out->number);
    ptn_dn_text(list->crl.issuer, &issuer);
    ptn_text_mark_cut(&issuer);
    ptn_text_hex(&number, list->crl.number);
    out->this_update_s = list->crl.this_update_s;
    out->next_update_s = list->crl.next_update_s;
    out->entries = list->crl.entries_count;
    out->bytes = ptn_buf_len(&list->bytes);
    return PATINA_OK;
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The flight queue: see flight.h.
#include "hs/flight.h"

void ptn_flight_init(struct ptn_flight *f, const struct patina_allocator *alloc)
{
    *f = (struct ptn_flight){0};
    ptn_buf_init(&f->bytes, alloc, PTN_MAX_QUEUE_BYTES);
}

void ptn_flight_clear(struct ptn_flight *f)
{
    const struct patina_allocator *alloc = f->bytes.alloc;
    ptn_buf_clear(&f->bytes);
    ptn_wipe(f, sizeof *f);
    ptn_flight_init(f, alloc);
}

bool ptn_flight_is_empty(const struct ptn_flight *f)
{
    return f->count == 0 && f->alerts_count == 0;
}

static struct ptn_flight_item *item_at(struct ptn_flight *f, size_t i)
{
    return &PTN_AT(f->items, (f->first + i) % PTN_MAX_FLIGHT_ITEMS);
}

static patina_err push(struct ptn_flight *f, const struct ptn_flight_item *item)
{
    PTN_REQUIRE(f->count < PTN_MAX_FLIGHT_ITEMS, PATINA_ERR_QUEUE_FULL);
    *item_at(f, f->count) = *item;
    f->count++;
    return PATINA_OK;
}

// Nothing is queued: the buffer's drained front can go.
static void compact(struct ptn_flight *f)
{
    if (f->count == 0) {
        ptn_buf_clear(&f->bytes);
        f->taken = 0;
        f->keys_count = 0;
    }
}

patina_err ptn_flight_reserve(struct ptn_flight *f, size_t max_len, patina_mspan *out)
{
    compact(f);
    size_t need;
    PTN_REQUIRE(ptn_add_size(ptn_buf_len(&f->bytes), max_len, &need) && need <= PTN_MAX_QUEUE_BYTES,
                PATINA_ERR_QUEUE_FULL);
    PTN_REQUIRE(ptn_buf_extend(&f->bytes, max_len, out), PATINA_ERR_NO_MEMORY);
    return PATINA_OK;
}

patina_err ptn_flight_commit(struct ptn_flight *f, uint8_t content_type, size_t reserved,
                             size_t len, bool is_first_hello)
{
    PTN_CHECK(len <= reserved && reserved <= ptn_buf_len(&f->bytes));
    ptn_buf_truncate(&f->bytes, ptn_buf_len(&f->bytes) - (reserved - len));
    if (f->count != 0) {
        struct ptn_flight_item *last = item_at(f, f->count - 1);
        if (last->kind == PTN_FLIGHT_BYTES && last->content_type == content_type &&
            content_type == PTN_CONTENT_HANDSHAKE) {
            last->len += len; // messages under one key share records
            return PATINA_OK;
        }
    }
    const struct ptn_flight_item item = {
        .kind = PTN_FLIGHT_BYTES,
        .content_type = content_type,
        .is_first_hello = is_first_hello,
        .len = len,
    };
    return push(f, &item);
}

patina_err ptn_flight_key_change(struct ptn_flight *f, const struct patina_aead *aead,
                                 struct ptn_traffic_key *key)
{
    compact(f);
    patina_err err = PATINA_ERR_QUEUE_FULL;
    if (f->keys_count < PTN_MAX_FLIGHT_KEYS) {
        const struct ptn_flight_item item = {.kind = PTN_FLIGHT_KEY, .key = (uint8_t)f->keys_count};
        err = push(f, &item);
    }
    if (err == PATINA_OK) {
        PTN_AT(f->keys, f->keys_count).aead = aead;
        PTN_AT(f->keys, f->keys_count).key = *key;
        f->keys_count++;
    }
    ptn_wipe(key, sizeof *key);
    return err;
}

void ptn_flight_alert(struct ptn_flight *f, uint8_t description)
{
    if (f->alerts_count < PTN_MAX_FLIGHT_ALERTS) {
        PTN_AT(f->alerts, f->alerts_count) = description;
        f->alerts_count++;
    }
}

void ptn_flight_drop(struct ptn_flight *f)
{
    size_t kept = 0;
    size_t kept_len = 0;
    while (kept < f->count) {
        const struct ptn_flight_item *item = item_at(f, kept);
        if (item->kind == PTN_FLIGHT_BYTES &&
            item->content_type != PTN_CONTENT_CHANGE_CIPHER_SPEC) {
            break;
        }
        kept_len += item->len; // 0 for a key
        kept++;
    }
    for (size_t i = kept; i < f->count; i++) {
        const struct ptn_flight_item *item = item_at(f, i);
        if (item->kind == PTN_FLIGHT_KEY) {
            ptn_wipe(&PTN_AT(f->keys, item->key), sizeof(struct ptn_flight_key));
        }
    }
    ptn_buf_truncate(&f->bytes, f->taken + kept_len);
    f->count = kept;
    f->alerts_count = 0;
}

const struct ptn_flight_item *ptn_flight_front(const struct ptn_flight *f)
{
    return f->count == 0 ? NULL : &PTN_AT(f->items, f->first);
}

patina_span ptn_flight_bytes(const struct ptn_flight *f)
{
    return ptn_span_part(ptn_buf_span(&f->bytes), f->taken, PTN_AT(f->items, f->first).len);
}

static void pop(struct ptn_flight *f)
{
    f->first = (f->first + 1) % PTN_MAX_FLIGHT_ITEMS;
    f->count--;
}

void ptn_flight_take(struct ptn_flight *f, size_t n)
{
    struct ptn_flight_item *item = item_at(f, 0);
    PTN_CHECK(f->count != 0 && n <= item->len);
    item->len -= n;
    item->is_first_hello = item->is_first_hello && item->len != 0;
    f->taken += n;
    if (item->len == 0) {
        pop(f);
        if (f->count == 0) {
            ptn_buf_clear(&f->bytes);
            f->taken = 0;
        }
    }
}

struct ptn_flight_key *ptn_flight_take_key(struct ptn_flight *f)
{
    const struct ptn_flight_item *item = ptn_flight_front(f);
    PTN_CHECK(item != NULL && item->kind == PTN_FLIGHT_KEY);
    struct ptn_flight_key *key = &PTN_AT(f->keys, item->key);
    pop(f);
    compact(f); // leaves the keys themselves alone
    return key;
}

bool ptn_flight_take_alert(struct ptn_flight *f, uint8_t *out_description)
{
    if (f->count != 0 || f->alerts_count == 0) {
        return false;
    }
    *out_description = PTN_AT(f->alerts, 0);
    PTN_AT(f->alerts, 0) = PTN_AT(f->alerts, 1);
    f->alerts_count--;
    return true;
}

const struct ptn_flight_item *ptn_flight_item_at(const struct ptn_flight *f, size_t i)
{
    return i < f->count ? &PTN_AT(f->items, (f->first + i) % PTN_MAX_FLIGHT_ITEMS) : NULL;
}

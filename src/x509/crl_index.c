// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The index of a revocation list: see crl_index.h.
//
// Implementation notes. Counting sort by hash in two passes over the entries: how many fall into
// each bucket, then where each stands. That the entries are well-formed and as many as is said was
// seen before; what contradicts it is a defect of ours, and INTERNAL. There are at least as many
// buckets as entries, so a bucket holds one or two. The hash has no secret: who wants many numbers
// in one bucket can have them, and gets an error for it.
#include "x509/crl_index.h"
#include "x509/der.h"

static uint32_t times(uint32_t a, uint32_t b)
{
    return (uint32_t)(((uint64_t)a * b) & UINT32_MAX);
}

// FNV-1a, and a last mixing so that numbers in a row fall apart. `buckets` is a power of two.
static size_t bucket_of(patina_span serial, size_t buckets)
    PTN_CONTRACT(REQUIRES(SPAN(serial) && buckets != 0) ASSIGNS() ENSURES(RESULT < buckets))
{
    struct ptn_reader r = ptn_reader_of(serial);
    uint32_t h = 0x811c9dc5u;
    uint8_t octet = 0;
    while (ptn_read_u8(&r, &octet))
        PTN_LOOP(ASSIGNS(READER_FIELDS(r), h, octet) INVARIANT(READING(r))
                     DECREASES(READER_LEFT(r)))
    {
        h = times(h ^ octet, 0x01000193u);
    }
    h = times(h ^ (h >> 16), 0x85ebca6bu);
    h = times(h ^ (h >> 13), 0xc2b2ae35u);
    h ^= h >> 16;
    return h & (buckets - 1);
}

// The serial number of the next entry; an empty one when there is none.
static patina_span next_serial(struct ptn_reader *entries)
    PTN_CONTRACT(REQUIRES(READER(entries)) ASSIGNS(READER_FIELDS(*entries))
                     ENSURES(READER_STATE(*entries) && WITHIN(RESULT, READER_WHOLE(*entries)))
                         ENSURES(IMPLIES(RESULT.len != 0,
                                         READING(*entries) &&
                                             READER_DONE(*entries) > OLD(READER_DONE(*entries)))))
{
    struct ptn_reader fields;
    patina_span serial;
    if (!ptn_der_enter(entries, PTN_DER_SEQUENCE, &fields) ||
        !ptn_der_read_integer(&fields, &serial)) {
        return (patina_span){0};
    }
    return serial;
}

// How many entries fall into each bucket, one place further on.
static patina_err count_entries(patina_span entries, struct ptn_crl_index *index)
    PTN_CONTRACT(REQUIRES(SPAN(entries) && READABLE(index) && index->starts_count >= 2 &&
                          WRITABLE_ARRAY(index->starts, index->starts_count))
                     ASSIGNS(__CPROVER_object_whole(index->starts)))
{
    struct ptn_reader r = ptn_reader_of(entries);
    while (!ptn_reader_is_empty(&r))
        PTN_LOOP(ASSIGNS(READER_FIELDS(r), __CPROVER_object_whole(index->starts))
                     INVARIANT(READING(r)) DECREASES(READER_LEFT(r)))
    {
        patina_span serial = next_serial(&r);
        if (serial.len == 0) {
            return PATINA_ERR_INTERNAL;
        }
        size_t bucket = bucket_of(serial, index->starts_count - 1);
        uint32_t *count = &PTN_ITEM(index->starts, index->starts_count, bucket + 1);
        PTN_REQUIRE(*count < PTN_MAX_CRL_BUCKET, PATINA_ERR_CRL_TOO_LARGE);
        (*count)++;
    }
    return PATINA_OK;
}

// Counts become places: each bucket begins where those before it end.
static patina_err sum_up(struct ptn_crl_index *index)
    PTN_CONTRACT(REQUIRES(READABLE(index) && index->starts_count >= 2 &&
                          WRITABLE_ARRAY(index->starts, index->starts_count))
                     ASSIGNS(__CPROVER_object_whole(index->starts)))
{
    uint32_t sum = 0;
    for (size_t i = 0; i < index->starts_count; i++)
        PTN_LOOP(ASSIGNS(i, sum, __CPROVER_object_whole(index->starts))
                     INVARIANT(i <= index->starts_count && sum <= PTN_MAX_CRL_ENTRIES)
                         DECREASES(index->starts_count - i))
    {
        uint32_t *start = &PTN_ITEM(index->starts, index->starts_count, i);
        if (*start > PTN_MAX_CRL_ENTRIES - sum) {
            return PATINA_ERR_INTERNAL;
        }
        sum += *start;
        *start = sum;
    }
    return sum == index->places_count ? PATINA_OK : PATINA_ERR_INTERNAL;
}

// Every entry goes to the first free place of its bucket; `starts` then says where the next one
// begins, and so is one bucket ahead.
static patina_err place_entries(patina_span entries, struct ptn_crl_index *index) PTN_CONTRACT(
    REQUIRES(SPAN(entries) && entries.len <= PTN_MAX_CRL_BYTES && READABLE(index) &&
             index->starts_count >= 2 && WRITABLE_ARRAY(index->starts, index->starts_count) &&
             index->places_count <= PTN_MAX_CRL_ENTRIES &&
             WRITABLE_ARRAY(index->places, index->places_count))
        ASSIGNS(__CPROVER_object_whole(index->starts), __CPROVER_object_whole(index->places)))
{
    struct ptn_reader r = ptn_reader_of(entries);
    while (!ptn_reader_is_empty(&r))
        PTN_LOOP(ASSIGNS(READER_FIELDS(r), __CPROVER_object_whole(index->starts),
                         __CPROVER_object_whole(index->places)) INVARIANT(READING(r))
                     DECREASES(READER_LEFT(r)))
    {
        size_t at = ptn_reader_position(&r);
        patina_span serial = next_serial(&r);
        size_t bucket = bucket_of(serial, index->starts_count - 1);
        uint32_t *free_place = &PTN_ITEM(index->starts, index->starts_count, bucket);
        if (serial.len == 0 || *free_place >= index->places_count) {
            return PATINA_ERR_INTERNAL;
        }
        PTN_ITEM(index->places, index->places_count, *free_place) = (uint32_t)at;
        (*free_place)++;
    }
    return PATINA_OK;
}

patina_err ptn_crl_index_build(const struct patina_allocator *alloc, patina_span entries,
                               size_t count, struct ptn_crl_index *out)
{
    struct ptn_crl_index index = {0};
    *out = index;
    if (count == 0) {
        return PATINA_OK;
    }
    size_t buckets = 1;
    while (buckets < count)
        PTN_LOOP(ASSIGNS(buckets) INVARIANT(buckets != 0 && buckets < 2 * count)
                     DECREASES(2 * count - buckets))
    {
        buckets *= 2;
    }
    index.starts_count = buckets + 1;
    index.places_count = count;
    index.starts = ptn_alloc_array(alloc, index.starts_count, sizeof *index.starts);
    index.places = ptn_alloc_array(alloc, index.places_count, sizeof *index.places);
    patina_err err =
        index.starts == NULL || index.places == NULL ? PATINA_ERR_NO_MEMORY : PATINA_OK;
    err = err != PATINA_OK ? err : count_entries(entries, &index);
    err = err != PATINA_OK ? err : sum_up(&index);
    err = err != PATINA_OK ? err : place_entries(entries, &index);
    if (err != PATINA_OK) {
        ptn_crl_index_clear(alloc, &index);
        return err;
    }
    *out = index;
    return PATINA_OK;
}

void ptn_crl_index_clear(const struct patina_allocator *alloc, struct ptn_crl_index *index)
{
    ptn_free(alloc, index->starts, index->starts_count * sizeof *index->starts);
    ptn_free(alloc, index->places, index->places_count * sizeof *index->places);
    *index = (struct ptn_crl_index){0};
}

bool ptn_crl_index_find(const struct ptn_crl_index *index, patina_span entries, patina_span serial,
                        struct ptn_crl_entry *out)
{
    *out = (struct ptn_crl_entry){0};
    if (index->places_count == 0 || index->starts_count < 2) {
        return false;
    }
    size_t bucket = bucket_of(serial, index->starts_count - 1);
    size_t place = bucket == 0 ? 0 : PTN_ITEM(index->starts, index->starts_count, bucket - 1);
    size_t end = PTN_ITEM(index->starts, index->starts_count, bucket);
    for (size_t looks = 0; looks < PTN_MAX_CRL_BUCKET && place < end && place < index->places_count;
         looks++)
        PTN_LOOP(ASSIGNS(looks, place, *out)
                     INVARIANT(looks <= PTN_MAX_CRL_BUCKET && WITHIN(out->serial, entries))
                         DECREASES(PTN_MAX_CRL_BUCKET - looks))
    {
        size_t at = PTN_ITEM(index->places, index->places_count, place);
        struct ptn_reader r = ptn_reader_of(ptn_span_skip(entries, at));
        if (ptn_crl_read_entry(&r, out) == PATINA_OK && ptn_span_equal(out->serial, serial)) {
            return true;
        }
        place++;
    }
    *out = (struct ptn_crl_entry){0};
    return false;
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Lists inside messages: see lists.h. The walks trust that a parser has checked the form, and still
// cannot leave the bytes.
#include "wire/lists.h"

size_t ptn_u16_list_count(struct ptn_u16_list list)
{
    return list.bytes.len / 2;
}

uint16_t ptn_u16_list_at(struct ptn_u16_list list, size_t i)
{
    if (i >= ptn_u16_list_count(list)) {
        return 0;
    }
    uint16_t value;
    struct ptn_reader r = ptn_reader_of(ptn_span_part(list.bytes, i * 2, 2));
    return ptn_read_u16(&r, &value) ? value : 0;
}

bool ptn_u16_list_has(struct ptn_u16_list list, uint16_t value)
{
    size_t count = ptn_u16_list_count(list);
    for (size_t i = 0; i < count; i++)
        PTN_LOOP(COUNTS_TO(i, count))
    {
        if (ptn_u16_list_at(list, i) == value) {
            return true;
        }
    }
    return false;
}

bool ptn_read_u16_list(struct ptn_reader *r, size_t min_count, struct ptn_u16_list *out)
{
    patina_span bytes;
    *out = (struct ptn_u16_list){0};
    if (!ptn_read_bytes(r, ptn_reader_left(r), &bytes) || bytes.len % 2 != 0 ||
        bytes.len / 2 < min_count) {
        return false;
    }
    out->bytes = bytes;
    PTN_REACH("list of numbers");
    return true;
}

patina_span ptn_name_list_at(struct ptn_name_list list, size_t i)
{
    struct ptn_reader names = ptn_reader_of(list.bytes);
    for (size_t k = 0; k < list.count; k++)
        PTN_LOOP(READS_ENTRIES(names, k, list.count))
    {
        struct ptn_reader name;
        if (!ptn_read_vec8(&names, &name)) {
            break;
        }
        if (k == i) {
            PTN_REACH("name found");
            return ptn_reader_whole(&name);
        }
    }
    return (patina_span){0};
}

bool ptn_name_list_has(struct ptn_name_list list, patina_span name)
{
    struct ptn_reader names = ptn_reader_of(list.bytes);
    for (size_t k = 0; k < list.count; k++)
        PTN_LOOP(READS_ENTRIES(names, k, list.count))
    {
        struct ptn_reader one;
        if (!ptn_read_vec8(&names, &one)) {
            break;
        }
        if (ptn_span_equal(ptn_reader_whole(&one), name)) {
            return true;
        }
    }
    return false;
}

bool ptn_read_key_share(struct ptn_reader *r, struct ptn_key_share *out)
{
    uint16_t group;
    struct ptn_reader key_exchange;
    *out = (struct ptn_key_share){0};
    if (!ptn_read_u16(r, &group) || !ptn_read_vec16(r, &key_exchange) ||
        ptn_reader_is_empty(&key_exchange)) {
        return false;
    }
    *out = (struct ptn_key_share){.group = group, .key_exchange = ptn_reader_whole(&key_exchange)};
    PTN_REACH("key share");
    return true;
}

struct ptn_key_share ptn_key_share_list_at(struct ptn_key_share_list list, size_t i)
{
    struct ptn_reader shares = ptn_reader_of(list.bytes);
    for (size_t k = 0; k < list.count; k++)
        PTN_LOOP(READS_ENTRIES(shares, k, list.count))
    {
        struct ptn_key_share share;
        if (!ptn_read_key_share(&shares, &share)) {
            break;
        }
        if (k == i) {
            PTN_REACH("key share found");
            return share;
        }
    }
    return (struct ptn_key_share){0};
}

bool ptn_key_share_list_find(struct ptn_key_share_list list, uint16_t group,
                             struct ptn_key_share *out)
{
    struct ptn_reader shares = ptn_reader_of(list.bytes);
    *out = (struct ptn_key_share){0};
    for (size_t k = 0; k < list.count; k++)
        PTN_LOOP(READS_ENTRIES(shares, k, list.count))
    {
        struct ptn_key_share share;
        if (!ptn_read_key_share(&shares, &share)) {
            break;
        }
        if (share.group == group) {
            *out = share;
            PTN_REACH("key share of the group");
            return true;
        }
    }
    return false;
}

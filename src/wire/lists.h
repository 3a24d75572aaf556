// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Lists inside messages: validated once when parsed, then walked by functions that cannot fail. All
// borrow.
#ifndef PTN_WIRE_LISTS_H
#define PTN_WIRE_LISTS_H

#include "base/bytes.h"

// A list of 16-bit numbers; `bytes.len` is even.
struct ptn_u16_list {
    patina_span bytes;
};

size_t ptn_u16_list_count(struct ptn_u16_list list);
uint16_t ptn_u16_list_at(struct ptn_u16_list list, size_t i); // 0 past the end
bool ptn_u16_list_has(struct ptn_u16_list list, uint16_t value);

// Reads all that is left as a list of u16; false when it is odd or has fewer than `min_count`
// numbers.
PTN_MUST bool ptn_read_u16_list(struct ptn_reader *r, size_t min_count, struct ptn_u16_list *out);

// A list of byte strings, each with one length byte and none empty (ALPN names).
struct ptn_name_list {
    patina_span bytes;
    size_t count;
};
// The i-th name, empty past the end. Linear: for short lists.
patina_span ptn_name_list_at(struct ptn_name_list list, size_t i);
bool ptn_name_list_has(struct ptn_name_list list, patina_span name);

// KeyShareEntry, RFC 9846 §4.3.8.
struct ptn_key_share {
    uint16_t group;
    patina_span key_exchange;
};
// Reads one entry; false when it is cut short or its key_exchange is empty.
PTN_MUST bool ptn_read_key_share(struct ptn_reader *r, struct ptn_key_share *out);

struct ptn_key_share_list {
    patina_span bytes;
    size_t count;
};
// The i-th share; group 0 past the end.
struct ptn_key_share ptn_key_share_list_at(struct ptn_key_share_list list, size_t i);
// The share of `group`; false when there is none.
bool ptn_key_share_list_find(struct ptn_key_share_list list, uint16_t group,
                             struct ptn_key_share *out);

#endif

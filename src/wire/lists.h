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

size_t ptn_u16_list_count(struct ptn_u16_list list)
    PTN_CONTRACT(ASSIGNS() ENSURES(RESULT == list.bytes.len / 2));
uint16_t ptn_u16_list_at(struct ptn_u16_list list, size_t i)
    PTN_CONTRACT(REQUIRES(SPAN(list.bytes)) ASSIGNS()); // 0 past the end
bool ptn_u16_list_has(struct ptn_u16_list list, uint16_t value)
    PTN_CONTRACT(REQUIRES(SPAN(list.bytes)) ASSIGNS());

// Reads all that is left as a list of u16; false when it is odd or has fewer than `min_count`
// numbers.
PTN_MUST bool ptn_read_u16_list(struct ptn_reader *r, size_t min_count, struct ptn_u16_list *out)
    PTN_CONTRACT(REQUIRES(READER(r) && WRITABLE(out)) ASSIGNS(READER_FIELDS(*r), *out)
                     ENSURES(READER_STATE(*r) && WITHIN(out->bytes, READER_WHOLE(*r)))
                         ENSURES(out->bytes.len % 2 == 0 &&
                                 (RESULT ? out->bytes.len / 2 >= min_count : out->bytes.len == 0)));

// A list of byte strings, each with one length byte and none empty (ALPN names).
struct ptn_name_list {
    patina_span bytes;
    size_t count;
};
// The i-th name, empty past the end. Linear: for short lists.
patina_span ptn_name_list_at(struct ptn_name_list list, size_t i)
    PTN_CONTRACT(REQUIRES(SPAN(list.bytes)) ASSIGNS()
                     ENSURES(WITHIN(RESULT, list.bytes) && RESULT.len <= 255));
bool ptn_name_list_has(struct ptn_name_list list, patina_span name)
    PTN_CONTRACT(REQUIRES(SPAN(list.bytes) && SPAN(name)) ASSIGNS());

// KeyShareEntry, RFC 9846 §4.3.8.
struct ptn_key_share {
    uint16_t group;
    patina_span key_exchange;
};
// Reads one entry; false when it is cut short or its key_exchange is empty.
PTN_MUST bool ptn_read_key_share(struct ptn_reader *r, struct ptn_key_share *out)
    PTN_CONTRACT(REQUIRES(READER(r) && WRITABLE(out)) ASSIGNS(READER_FIELDS(*r), *out)
                     ENSURES(READER_STATE(*r) && WITHIN(out->key_exchange, READER_WHOLE(*r)))
                         ENSURES(IFF(RESULT, out->key_exchange.len != 0))
                             ENSURES(IMPLIES(RESULT, !r->failed_ && r->pos_ >= OLD(r->pos_) &&
                                                         r->pos_ - OLD(r->pos_) >= 5)));

struct ptn_key_share_list {
    patina_span bytes;
    size_t count;
};
// The i-th share; group 0 past the end.
struct ptn_key_share ptn_key_share_list_at(struct ptn_key_share_list list, size_t i)
    PTN_CONTRACT(REQUIRES(SPAN(list.bytes)) ASSIGNS()
                     ENSURES(WITHIN(RESULT.key_exchange, list.bytes)));
// The share of `group`; false when there is none.
bool ptn_key_share_list_find(struct ptn_key_share_list list, uint16_t group,
                             struct ptn_key_share *out)
    PTN_CONTRACT(REQUIRES(SPAN(list.bytes) && WRITABLE(out)) ASSIGNS(*out)
                     ENSURES(WITHIN(out->key_exchange, list.bytes) &&
                             IFF(RESULT, out->key_exchange.len != 0))
                         ENSURES(IMPLIES(RESULT, out->group == group)));

#endif

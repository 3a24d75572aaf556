// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Short texts for people, built into a fixed array: cut to fit at the end of a character, always
// zero-terminated. What a peer wrote goes in by ptn_text_untrusted alone, which lets nothing
// through that a terminal would act on.
#ifndef PTN_X509_TEXT_H
#define PTN_X509_TEXT_H

#include "base/bytes.h"

struct ptn_text {
    patina_mspan room_; // the array without its last byte
    size_t len_;
    bool cut_;
};

// Over an array of chars, which is zeroed.
#define PTN_TEXT_OF(array) ptn_text_over((patina_mspan){(uint8_t *)(array), PTN_COUNT(array)})
struct ptn_text ptn_text_over(patina_mspan array)
    PTN_CONTRACT(REQUIRES(MSPAN(array)) ASSIGNS(array.len != 0 : __CPROVER_object_whole(array.ptr))
                     ENSURES(RESULT.len_ == 0 && !RESULT.cut_ &&
                             SPAN_IS(RESULT.room_, array.ptr, 0,
                                     array.len == 0 ? 0 : array.len - 1)));

// Adds a string of ours, ASCII.
void ptn_text_add(struct ptn_text *t, const char *string)
    PTN_CONTRACT(REQUIRES(READABLE(string)) SAYS(t));
// Adds UTF-8 as it stands but for control and formatting characters and broken sequences: '?' each.
void ptn_text_untrusted(struct ptn_text *t, patina_span utf8)
    PTN_CONTRACT(REQUIRES(SPAN(utf8)) SAYS(t));
// Adds one character, written as UTF-8 and replaced as above.
void ptn_text_character(struct ptn_text *t, uint32_t character) PTN_CONTRACT(SAYS(t));
void ptn_text_number(struct ptn_text *t, uint64_t n) PTN_CONTRACT(SAYS(t));
// Two hexadecimal digits a byte.
void ptn_text_hex(struct ptn_text *t, patina_span bytes)
    PTN_CONTRACT(REQUIRES(SPAN(bytes)) SAYS(t));
// The day a time falls on, UTC: "2026-10-02".
void ptn_text_date(struct ptn_text *t, int64_t unix_s) PTN_CONTRACT(SAYS(t));
// An IPv4 or IPv6 address by its octets, 16 at most.
void ptn_text_ip(struct ptn_text *t, patina_span octets)
    PTN_CONTRACT(REQUIRES(SPAN(octets) && octets.len <= 16) SAYS(t));

// The bytes so far, without the final zero.
static inline size_t ptn_text_len(const struct ptn_text *t)
{
    return t->len_;
}
// Those bytes.
static inline patina_span ptn_text_span(const struct ptn_text *t)
{
    return ptn_span_first(ptn_span(t->room_), t->len_);
}
static inline bool ptn_text_is_cut(const struct ptn_text *t)
{
    return t->cut_;
}
// Puts "…" at the end when something was cut.
void ptn_text_mark_cut(struct ptn_text *t) PTN_CONTRACT(SAYS(t));

#endif

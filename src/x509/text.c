// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Short texts for people: see text.h.
#include "x509/text.h"

struct ptn_text ptn_text_over(patina_mspan array)
{
    ptn_mspan_fill(array, 0);
    return (struct ptn_text){
        .room_ = ptn_mspan_first(array, array.len == 0 ? 0 : array.len - 1),
    };
}

// All of `s` or nothing: a character is never cut in two.
static void append(struct ptn_text *t, patina_span s)
{
    if (t->cut_ || s.len > t->room_.len - t->len_) {
        t->cut_ = true;
        return;
    }
    ptn_span_copy(ptn_mspan_skip(t->room_, t->len_), s);
    t->len_ += s.len;
}

static void append_byte(struct ptn_text *t, uint8_t c) PTN_CONTRACT(SAYS(t))
{
    append(t, (patina_span){&c, 1});
}

void ptn_text_add(struct ptn_text *t, const char *string)
{
    struct ptn_reader r = ptn_reader_of(ptn_span_of_string(string));
    uint8_t c = 0;
    while (ptn_read_u8(&r, &c))
        PTN_LOOP(READS_AND_SAYS(r, t, c))
    {
        append_byte(t, c);
    }
}

// Control characters, and those that turn the direction of the text or are not seen.
static bool is_printable(uint32_t c)
{
    if (c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0xad || c > 0x10ffff) {
        return false;
    }
    if ((c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
        (c >= 0x2060 && c <= 0x206f)) {
        return false;
    }
    return !(c >= 0xd800 && c <= 0xdfff) && c != 0xfeff && !(c >= 0xfff0 && c <= 0xffff) &&
           !(c >= 0xe0000 && c <= 0xe0fff);
}

void ptn_text_character(struct ptn_text *t, uint32_t character)
{
    uint8_t bytes[4] = {0};
    struct ptn_writer w = ptn_writer_of(PTN_MSPAN_OF(bytes));
    patina_span encoded;
    uint32_t c = is_printable(character) ? character : '?';

    if (c < 0x80) {
        ptn_write_u8(&w, (uint8_t)c);
    } else if (c < 0x800) {
        ptn_write_u8(&w, (uint8_t)(0xc0 | (c >> 6)));
        ptn_write_u8(&w, (uint8_t)(0x80 | (c & 0x3f)));
    } else if (c < 0x10000) {
        ptn_write_u8(&w, (uint8_t)(0xe0 | (c >> 12)));
        ptn_write_u8(&w, (uint8_t)(0x80 | ((c >> 6) & 0x3f)));
        ptn_write_u8(&w, (uint8_t)(0x80 | (c & 0x3f)));
    } else {
        ptn_write_u8(&w, (uint8_t)(0xf0 | (c >> 18)));
        ptn_write_u8(&w, (uint8_t)(0x80 | ((c >> 12) & 0x3f)));
        ptn_write_u8(&w, (uint8_t)(0x80 | ((c >> 6) & 0x3f)));
        ptn_write_u8(&w, (uint8_t)(0x80 | (c & 0x3f)));
    }
    if (ptn_writer_finish(&w, &encoded)) {
        append(t, encoded);
    }
}

// How many bytes follow the first one of a character; 4 for a byte that begins none.
static uint32_t bytes_that_follow(uint8_t first)
{
    if (first < 0x80) {
        return 0;
    }
    if (first >= 0xc2 && first <= 0xdf) {
        return 1;
    }
    if (first >= 0xe0 && first <= 0xef) {
        return 2;
    }
    return first >= 0xf0 && first <= 0xf4 ? 3 : 4;
}

// One character of UTF-8, RFC 3629 §3; a broken sequence gives U+FFFD, of which is_printable makes
// '?'.
static uint32_t read_character(struct ptn_reader *r)
{
    enum { BROKEN = 0xfffd };
    uint8_t first = 0;
    if (!ptn_read_u8(r, &first)) {
        return BROKEN;
    }
    uint32_t follow = bytes_that_follow(first);
    if (follow == 0) {
        return first;
    }
    if (follow > 3) {
        return BROKEN;
    }
    uint32_t c = first & (0x3fu >> follow);
    for (uint32_t i = 0; i < follow; i++)
        PTN_LOOP(ASSIGNS(i, c, READER_FIELDS(*r))
                     INVARIANT(i <= follow && READING(*r) &&
                               READER_DONE(*r) >= LOOP_OLD(READER_DONE(*r))) DECREASES(follow - i))
    {
        patina_span rest = ptn_reader_rest(r);
        uint8_t next = 0;
        if (rest.len == 0 || (ptn_span_at(rest, 0) & 0xc0) != 0x80 || !ptn_read_u8(r, &next)) {
            return BROKEN;
        }
        c = (c << 6) | (next & 0x3fu);
    }
    bool overlong = (follow == 2 && c < 0x800) || (follow == 3 && c < 0x10000);
    return overlong ? (uint32_t)BROKEN : c;
}

void ptn_text_untrusted(struct ptn_text *t, patina_span utf8)
{
    struct ptn_reader r = ptn_reader_of(utf8);
    while (!ptn_reader_is_empty(&r) && !t->cut_)
        PTN_LOOP(READS_AND_SAYS(r, t, t->len_))
    {
        ptn_text_character(t, read_character(&r));
    }
}

void ptn_text_number(struct ptn_text *t, uint64_t n)
{
    uint64_t unit = 1;
    while (unit <= n / 10)
        PTN_LOOP(ASSIGNS(unit) INVARIANT(unit >= 1 && unit <= (n == 0 ? 1 : n))
                     DECREASES(UINT64_MAX - unit))
    {
        unit *= 10;
    }
    while (unit != 0)
        PTN_LOOP(SAYS_EACH(t, true, unit) DECREASES(unit))
    {
        append_byte(t, (uint8_t)('0' + n / unit % 10));
        unit /= 10;
    }
}

static void append_hex(struct ptn_text *t, uint32_t nibble)
{
    append_byte(t, (uint8_t)(nibble < 10 ? '0' + nibble : 'a' + (nibble - 10)));
}

void ptn_text_hex(struct ptn_text *t, patina_span bytes)
{
    struct ptn_reader r = ptn_reader_of(bytes);
    uint8_t c = 0;
    while (!t->cut_ && ptn_read_u8(&r, &c))
        PTN_LOOP(READS_AND_SAYS(r, t, c))
    {
        append_hex(t, c >> 4);
        append_hex(t, c & 0xf);
    }
}

static void append_two_digits(struct ptn_text *t, uint32_t n) PTN_CONTRACT(SAYS(t))
{
    append_byte(t, (uint8_t)('0' + n / 10 % 10));
    append_byte(t, (uint8_t)('0' + n % 10));
}

// Takes whole spans of `len` off the front of *days, at most `most` of them, and says how many.
static uint32_t take_spans(uint32_t *days, uint32_t len, uint32_t most)
    PTN_CONTRACT(REQUIRES(WRITABLE(days) && len != 0 && most <= 100) ASSIGNS(*days)
                     ENSURES(RESULT <= most && *days <= OLD(*days) &&
                             IMPLIES(RESULT < most, *days < len)))
{
    uint32_t taken = 0;
    while (taken < most && *days >= len)
        PTN_LOOP(ASSIGNS(taken, *days) INVARIANT(taken <= most && *days <= LOOP_OLD(*days))
                     DECREASES(most - taken))
    {
        *days -= len;
        taken++;
    }
    return taken;
}

// The day `days` after the first of March 400 years before year 0: counted from a March, a leap day
// ends its year, its 4, its 400 years. Of a year's number the last four digits are written.
static void append_day(struct ptn_text *t, uint32_t days)
    PTN_CONTRACT(REQUIRES(days < UINT32_MAX) SAYS(t))
{
    // The days of the months from March on.
    static const uint8_t months[] = {31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 29};
    uint32_t year = 9600 + 400 * take_spans(&days, 146097, 26);
    year += 100 * take_spans(&days, 36524, 3);
    year += 4 * take_spans(&days, 1461, 24);
    year += take_spans(&days, 365, 3);
    uint32_t month = 0;
    for (; month < 11 && days >= PTN_AT(months, month); month++)
        PTN_LOOP(ASSIGNS(month, days) INVARIANT(month <= 11 && days <= LOOP_OLD(days))
                     DECREASES(11 - month))
    {
        days -= PTN_AT(months, month);
    }
    year += month >= 10 ? 1 : 0;
    append_two_digits(t, year / 100);
    append_two_digits(t, year % 100);
    append_byte(t, '-');
    append_two_digits(t, month < 10 ? month + 3 : month - 9);
    append_byte(t, '-');
    append_two_digits(t, days + 1);
}

void ptn_text_date(struct ptn_text *t, int64_t unix_s)
{
    const int64_t march_s = INT64_C(-74784816000); // 400 years before 0000-03-01
    const int64_t first_s = INT64_C(-62167219200); // 0000-01-01
    const int64_t last_s = INT64_C(253402300799);  // 9999-12-31
    if (unix_s < first_s || unix_s > last_s) {
        ptn_text_add(t, "a day out of range");
        return;
    }
    append_day(t, (uint32_t)((uint64_t)(unix_s - march_s) / 86400));
}

static void append_group(struct ptn_text *t, uint16_t group) PTN_CONTRACT(SAYS(t))
{
    uint32_t digits = group > 0xfff ? 4 : group > 0xff ? 3 : group > 0xf ? 2 : 1;
    for (uint32_t i = digits; i > 0; i--)
        PTN_LOOP(SAYS_EACH(t, i <= digits, i) DECREASES(i))
    {
        append_hex(t, (uint32_t)(group >> (4 * (i - 1))) & 0xf);
    }
}

static uint16_t group_at(patina_span octets, size_t i)
    PTN_CONTRACT(REQUIRES(SPAN(octets) && octets.len == 16 && i < 8) ASSIGNS())
{
    return (uint16_t)((ptn_span_at(octets, 2 * i) << 8) | ptn_span_at(octets, 2 * i + 1));
}

// The longest run of two zero groups or more, RFC 5952 §4.2.
static void find_zero_run(patina_span octets, size_t *out_start, size_t *out_len)
    PTN_CONTRACT(REQUIRES(SPAN(octets) && octets.len == 16 && WRITABLE(out_start) &&
                          WRITABLE(out_len)) ASSIGNS(*out_start, *out_len)
                     ENSURES(*out_start <= 8 && *out_len <= 8))
{
    size_t run = 0;
    *out_start = 8;
    *out_len = 0;
    for (size_t i = 0; i < 8; i++)
        PTN_LOOP(ASSIGNS(i, run, *out_start, *out_len) INVARIANT(
            i <= 8 && run <= i && *out_len <= 8 && *out_start <= 8) DECREASES(8 - i))
    {
        run = group_at(octets, i) == 0 ? run + 1 : 0;
        if (run >= 2 && run > *out_len) {
            *out_len = run;
            *out_start = i + 1 - run;
        }
    }
}

static void append_ipv6(struct ptn_text *t, patina_span octets)
    PTN_CONTRACT(REQUIRES(SPAN(octets) && octets.len == 16) SAYS(t))
{
    size_t run_start;
    size_t run_len;
    find_zero_run(octets, &run_start, &run_len);
    for (size_t i = 0; i < 8; i++)
        PTN_LOOP(SAYS_EACH(t, i <= 8, i) DECREASES(8 - i))
    {
        if (i == run_start) {
            ptn_text_add(t, "::");
        }
        if (i >= run_start && i < run_start + run_len) {
            continue;
        }
        if (i != 0 && i != run_start + run_len) {
            append_byte(t, ':');
        }
        append_group(t, group_at(octets, i));
    }
}

void ptn_text_ip(struct ptn_text *t, patina_span octets)
{
    if (octets.len == 16) {
        append_ipv6(t, octets);
        return;
    }
    for (size_t i = 0; i < octets.len; i++)
        PTN_LOOP(SAYS_EACH(t, i <= octets.len, i) DECREASES(octets.len - i))
    {
        if (i != 0) {
            append_byte(t, '.');
        }
        ptn_text_number(t, ptn_span_at(octets, i));
    }
}

void ptn_text_mark_cut(struct ptn_text *t)
{
    patina_span mark = PTN_SPAN_LITERAL("\xe2\x80\xa6");
    if (!t->cut_ || t->room_.len < mark.len) {
        return;
    }
    // Goes back to the start of a character that leaves room for the mark.
    size_t at = ptn_min_size(t->len_, t->room_.len - mark.len);
    while (at > 0 && at < t->len_ && (ptn_span_at(ptn_span(t->room_), at) & 0xc0) == 0x80)
        PTN_LOOP(ASSIGNS(at) INVARIANT(at <= LOOP_OLD(at)) DECREASES(at))
    {
        at--;
    }
    ptn_mspan_fill(ptn_mspan_skip(t->room_, at), 0);
    ptn_span_copy(ptn_mspan_skip(t->room_, at), mark);
    t->len_ = at + mark.len;
}

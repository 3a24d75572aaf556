// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PEM, RFC 7468: see pem.h. A block is found by its lines; its body is base64 with white space
// anywhere.
#include "x509/pem.h"

// White space at the end of a line, a carriage return before all, is no part of it.
static size_t len_without_blanks(patina_span line)
    PTN_CONTRACT(REQUIRES(SPAN(line)) ASSIGNS() ENSURES(RESULT <= line.len))
{
    size_t len = line.len;
    while (len != 0)
        PTN_LOOP(ASSIGNS(len) INVARIANT(len <= line.len) DECREASES(len))
    {
        uint8_t last = ptn_span_at(line, len - 1);
        if (last != '\r' && last != ' ' && last != '\t') {
            break;
        }
        len--;
    }
    return len;
}

// The next line without its end; *position moves behind it. False at the end of the text.
static bool next_line(patina_span text, size_t *position, patina_span *out)
    PTN_CONTRACT(REQUIRES(SPAN(text) && WRITABLE(position) && WRITABLE(out) &&
                          *position <= text.len) ASSIGNS(*position, *out)
                     ENSURES(WITHIN(*out, text) && *position <= text.len)
                         ENSURES(RESULT ? *position > OLD(*position)
                                        : *position == OLD(*position) && *position == text.len))
{
    size_t start = *position;
    size_t end = start;
    while (end < text.len && ptn_span_at(text, end) != '\n')
        PTN_LOOP(ASSIGNS(end) INVARIANT(start <= end && end <= text.len) DECREASES(text.len - end))
    {
        end++;
    }
    patina_span line = ptn_span_part(text, start, end - start);
    *out = ptn_span_first(line, len_without_blanks(line));
    *position = end < text.len ? end + 1 : end;
    return *position > start;
}

// The label of "-----BEGIN label-----" or "-----END label-----"; false for any other line.
static bool boundary_label(patina_span line, patina_span begin, patina_span *out)
    PTN_CONTRACT(REQUIRES(SPAN(line) && SPAN(begin) && WRITABLE(out) && begin.len <= 11)
                     ASSIGNS(*out) ENSURES(WITHIN(*out, line)))
{
    patina_span dashes = PTN_SPAN_LITERAL("-----");
    *out = (patina_span){0};
    if (line.len < begin.len + dashes.len ||
        !ptn_span_equal(ptn_span_first(line, begin.len), begin) ||
        !ptn_span_equal(ptn_span_skip(line, line.len - dashes.len), dashes)) {
        return false;
    }
    *out = ptn_span_part(line, begin.len, line.len - begin.len - dashes.len);
    return true;
}

enum { SPACE = 64, PAD = 65, BAD = 66 };

// The six bits of a base64 character (RFC 4648 §4), or what else it is.
static const uint8_t base64_values[256] = {
#define R16(v) v, v, v, v, v, v, v, v, v, v, v, v, v, v, v, v
    BAD, BAD, BAD,   BAD,      BAD,      BAD,      BAD,      BAD,      BAD,      SPACE,    SPACE,
    BAD, BAD, SPACE, BAD,      BAD,      R16(BAD), SPACE,    BAD,      BAD,      BAD,      BAD,
    BAD, BAD, BAD,   BAD,      BAD,      BAD,      62,       BAD,      BAD,      BAD,      63,
    52,  53,  54,    55,       56,       57,       58,       59,       60,       61,       BAD,
    BAD, BAD, PAD,   BAD,      BAD,      BAD,      0,        1,        2,        3,        4,
    5,   6,   7,     8,        9,        10,       11,       12,       13,       14,       15,
    16,  17,  18,    19,       20,       21,       22,       23,       24,       25,       BAD,
    BAD, BAD, BAD,   BAD,      BAD,      26,       27,       28,       29,       30,       31,
    32,  33,  34,    35,       36,       37,       38,       39,       40,       41,       42,
    43,  44,  45,    46,       47,       48,       49,       50,       51,       BAD,      BAD,
    BAD, BAD, BAD,   R16(BAD), R16(BAD), R16(BAD), R16(BAD), R16(BAD), R16(BAD), R16(BAD), R16(BAD),
#undef R16
};

// The last group: one or two octets, whose unused bits are zero.
static bool finish_group(struct ptn_writer *w, uint32_t bits, uint32_t digits, uint32_t pads)
{
    if (digits == 0) {
        return pads == 0;
    }
    if (digits == 2 && pads == 2 && (bits & 0xf) == 0) {
        ptn_write_u8(w, (uint8_t)((bits >> 4) & 0xff));
        return true;
    }
    if (digits == 3 && pads == 1 && (bits & 0x3) == 0) {
        ptn_write_u16(w, (uint16_t)((bits >> 2) & 0xffff));
        return true;
    }
    return false;
}

static bool decode_base64(patina_span body, struct ptn_writer *w)
    PTN_CONTRACT(REQUIRES(SPAN(body) && WRITER(w)) ENCODES(w))
{
    struct ptn_reader r = ptn_reader_of(body);
    uint32_t bits = 0;
    uint32_t digits = 0;
    uint32_t pads = 0;
    while (!ptn_reader_is_empty(&r))
        PTN_LOOP(ASSIGNS(READER_FIELDS(r), bits, digits, pads, WRITER_FIELDS(w)) INVARIANT(
            READING(r) && digits <= 3 && pads <= 2 && bits < (uint32_t)1 << 6 * digits &&
            WRITER_STATE(*w) && w->pos_ >= LOOP_OLD(w->pos_) &&
            IMPLIES(LOOP_OLD(w->failed_), w->failed_)) DECREASES(READER_LEFT(r)))
    {
        uint8_t c = 0;
        if (!ptn_read_u8(&r, &c)) {
            return false;
        }
        uint8_t value = PTN_AT(base64_values, c);
        if (value == SPACE) {
            continue;
        }
        if (value == PAD) {
            pads++;
            if (pads > 2) {
                return false;
            }
            continue;
        }
        if (value == BAD || pads != 0) {
            return false;
        }
        bits = (bits << 6) | value;
        digits++;
        if (digits == 4) {
            ptn_write_u24(w, bits);
            bits = 0;
            digits = 0;
        }
    }
    return finish_group(w, bits, digits, pads);
}

// Into the empty buffer `der`, which is empty again when the body is refused.
static patina_err decode_body(patina_span body, struct ptn_buf *der)
    PTN_CONTRACT(REQUIRES(SPAN(body) && BUF(der) && der->len_ == 0) ASSIGNS(*der)
                     ENSURES(BUF(der) && IFF(RESULT == PATINA_OK, der->len_ != 0)))
{
    patina_mspan room;
    // Four characters give three bytes at most.
    if (!ptn_buf_extend(der, body.len / 4 * 3 + 3, &room)) {
        return PATINA_ERR_NO_MEMORY;
    }
    struct ptn_writer w = ptn_writer_of(room);
    patina_span decoded = {0};
    bool good = decode_base64(body, &w) && ptn_writer_finish(&w, &decoded) && decoded.len != 0;
    ptn_buf_truncate(der, good ? decoded.len : 0);
    PTN_REQUIRE(good, PATINA_ERR_BAD_PEM);
    return PATINA_OK;
}

// Whether a line behind a BEGIN line ends that block. BAD_PEM for the start of another block, since
// none holds another (stopping here also keeps the way through a text linear), and for another's
// end.
static patina_err judge_line(patina_span line, patina_span label, bool *out_end)
    PTN_CONTRACT(REQUIRES(SPAN(line) && SPAN(label) && WRITABLE(out_end)) ASSIGNS(*out_end)
                     ENSURES(IMPLIES(*out_end, RESULT == PATINA_OK)))
{
    patina_span other;
    *out_end = false;
    PTN_REQUIRE(!boundary_label(line, PTN_SPAN_LITERAL("-----BEGIN "), &other), PATINA_ERR_BAD_PEM);
    if (boundary_label(line, PTN_SPAN_LITERAL("-----END "), &other)) {
        PTN_REQUIRE(ptn_span_equal(other, label), PATINA_ERR_BAD_PEM);
        *out_end = true;
    }
    return PATINA_OK;
}

// From behind the BEGIN line to the END line; *position then stands behind that.
static patina_err find_body(patina_span text, size_t *position, patina_span label, patina_span *out)
    PTN_CONTRACT(REQUIRES(SPAN(text) && SPAN(label) && WRITABLE(position) && WRITABLE(out) &&
                          *position <= text.len) ASSIGNS(*position, *out)
                     ENSURES(WITHIN(*out, text) && *position >= OLD(*position) &&
                             *position <= text.len))
{
    size_t start = *position;
    size_t at = start;
    *out = (patina_span){0};
    while (at < text.len)
        PTN_LOOP(ASSIGNS(at) INVARIANT(start <= at && at <= text.len) DECREASES(text.len - at))
    {
        size_t line_start = at;
        patina_span line;
        bool is_end = false;
        (void)next_line(text, &at, &line);
        PTN_TRY(judge_line(line, label, &is_end));
        if (is_end) {
            *out = ptn_span_part(text, start, line_start - start);
            *position = at;
            return PATINA_OK;
        }
    }
    return PATINA_ERR_BAD_PEM;
}

// The next BEGIN line; *position then stands behind it, or at the end of the text.
static bool find_begin(patina_span text, size_t *position, struct ptn_pem_block *out)
    PTN_CONTRACT(REQUIRES(SPAN(text) && WRITABLE(position) && WRITABLE(out) &&
                          *position <= text.len) ASSIGNS(*position, *out)
                     ENSURES(WITHIN(out->label, text) && *position >= OLD(*position) &&
                             *position <= text.len)
                         ENSURES(RESULT ? *position > OLD(*position) : *position == text.len))
{
    *out = (struct ptn_pem_block){0};
    while (*position < text.len)
        PTN_LOOP(ASSIGNS(*position)
                     INVARIANT(*position >= LOOP_OLD(*position) && *position <= text.len)
                         DECREASES(text.len - *position))
    {
        size_t start = *position;
        patina_span line;
        patina_span label;
        (void)next_line(text, position, &line);
        if (boundary_label(line, PTN_SPAN_LITERAL("-----BEGIN "), &label)) {
            *out = (struct ptn_pem_block){.label = label, .start = start};
            return true;
        }
    }
    return false;
}

patina_err ptn_pem_next(patina_span text, size_t *position, struct ptn_pem_block *out,
                        struct ptn_buf *der, bool *out_have)
{
    patina_span body;
    *out = (struct ptn_pem_block){0};
    *out_have = false;
    ptn_buf_truncate(der, 0);
    PTN_REQUIRE(text.len <= PTN_MAX_PEM_BYTES, PATINA_ERR_BAD_PEM);
    if (!find_begin(text, position, out)) {
        return PATINA_OK;
    }
    PTN_TRY(find_body(text, position, out->label, &body));
    PTN_TRY(decode_body(body, der));
    *out_have = true;
    return PATINA_OK;
}

size_t ptn_pem_line(patina_span text, size_t position)
{
    struct ptn_reader r = ptn_reader_of(ptn_span_first(text, position));
    size_t lines = 1;
    uint8_t c = 0;
    while (ptn_read_u8(&r, &c))
        PTN_LOOP(ASSIGNS(READER_FIELDS(r), c, lines) INVARIANT(
            READING(r) && lines >= 1 && lines <= READER_DONE(r) + 1) DECREASES(READER_LEFT(r)))
    {
        lines += c == '\n' ? 1u : 0u;
    }
    return lines;
}

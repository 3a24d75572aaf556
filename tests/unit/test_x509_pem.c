// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PEM, RFC 7468: blocks among other text, and what is refused.
#include "x509_rows.h"

#include "counting.h"

#include "x509/pem.h"

#define B "-----BEGIN X-----\n"
#define E "-----END X-----\n"

struct row {
    const char *text;
    patina_err want;
    const char *bytes; // of the block; NULL: there is none
};

static patina_err first_block(const char *text, struct ptn_pem_block *block, struct ptn_buf *der,
                              bool *have, size_t *position)
{
    *position = 0;
    return ptn_pem_next(ptn_span_of_string(text), position, block, der, have);
}

static void run_row(void **state)
{
    const struct row *row = *state;
    struct ptn_pem_block block;
    struct ptn_buf der;
    bool have = true;
    size_t position;
    ptn_buf_init(&der, &ptn_heap, 1000);
    assert_err(first_block(row->text, &block, &der, &have, &position), row->want);
    assert_int_equal(have, row->bytes != NULL);
    if (row->bytes != NULL) {
        assert_bytes(ptn_buf_span(&der), row->bytes);
        assert_bytes(block.label, "'X'");
    } else {
        assert_int_equal(ptn_buf_len(&der), 0);
    }
    if (row->want == PATINA_OK && row->bytes == NULL) {
        assert_int_equal(position, strlen(row->text));
    }
    ptn_buf_clear(&der);
}

static void several_blocks(void **state)
{
    (void)state;
    static const char text[] = "# comment\r\n"
                               "-----BEGIN A-----\r\nYWJj\r\n-----END A-----\r\n"
                               "between\n"
                               "-----BEGIN BAD-----\nYWJ\n-----END BAD-----\n"
                               "-----BEGIN CUT-----\nYWJj\n"
                               "-----BEGIN LAST ONE-----\nZGVm\n-----END LAST ONE-----";
    patina_span span = ptn_span_of_string(text);
    struct ptn_pem_block block;
    struct ptn_buf der;
    bool have = false;
    size_t position = 0;
    ptn_buf_init(&der, &ptn_heap, 1000);

    assert_err(ptn_pem_next(span, &position, &block, &der, &have), PATINA_OK);
    assert_true(have);
    assert_bytes(block.label, "'A'");
    assert_bytes(ptn_buf_span(&der), "'abc'");
    assert_int_equal(ptn_pem_line(span, block.start), 2);

    assert_err(ptn_pem_next(span, &position, &block, &der, &have), PATINA_ERR_BAD_PEM);
    assert_false(have);
    assert_bytes(block.label, "'BAD'");
    assert_int_equal(ptn_pem_line(span, block.start), 6);

    assert_err(ptn_pem_next(span, &position, &block, &der, &have), PATINA_ERR_BAD_PEM);
    assert_bytes(block.label, "'CUT'");
    assert_int_equal(ptn_pem_line(span, block.start), 9);

    assert_err(ptn_pem_next(span, &position, &block, &der, &have), PATINA_OK);
    assert_true(have);
    assert_bytes(block.label, "'LAST ONE'");
    assert_bytes(ptn_buf_span(&der), "'def'");

    assert_err(ptn_pem_next(span, &position, &block, &der, &have), PATINA_OK);
    assert_false(have);
    assert_int_equal(position, span.len);
    ptn_buf_clear(&der);
}

static void every_byte_value(void **state)
{
    (void)state;
    // All 256 values go through the four forms of a group.
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    char text[1024] = B;
    size_t at = strlen(text);
    uint8_t bytes[256];
    struct ptn_pem_block block;
    struct ptn_buf der;
    bool have = false;
    size_t position;
    for (size_t i = 0; i < 256; i++) {
        bytes[i] = (uint8_t)i;
    }
    for (size_t i = 0; i < 255; i += 3) {
        uint32_t v = (uint32_t)bytes[i] << 16 | (uint32_t)bytes[i + 1] << 8 | bytes[i + 2];
        for (int shift = 18; shift >= 0; shift -= 6) {
            text[at++] = digits[(v >> shift) & 63];
        }
        if (i % 48 == 45) {
            text[at++] = '\n';
        }
    }
    (void)snprintf(text + at, sizeof text - at, "/w==\n" E);
    ptn_buf_init(&der, &ptn_heap, 1000);
    assert_err(first_block(text, &block, &der, &have, &position), PATINA_OK);
    assert_int_equal(ptn_buf_len(&der), 256);
    assert_memory_equal(ptn_buf_span(&der).ptr, bytes, 256);
    ptn_buf_clear(&der);
}

static void no_other_character(void **state)
{
    (void)state;
    struct ptn_pem_block block;
    struct ptn_buf der;
    bool have = false;
    size_t position;
    ptn_buf_init(&der, &ptn_heap, 1000);
    for (unsigned int c = 1; c < 256; c++) {
        char text[100];
        bool digit = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                     c == '+' || c == '/';
        bool space = c == ' ' || c == '\t' || c == '\r' || c == '\n';
        (void)snprintf(text, sizeof text, B "YW%cJj%s\n" E, (char)c, digit ? "YWJ" : "");
        patina_err err = first_block(text, &block, &der, &have, &position);
        assert_err(err, digit || space ? PATINA_OK : PATINA_ERR_BAD_PEM);
    }
    ptn_buf_clear(&der);
}

static void text_over_the_limit(void **state)
{
    (void)state;
    static const uint8_t one = 0; // no byte of it is read
    struct ptn_pem_block block;
    struct ptn_buf der;
    size_t position = 0;
    bool have = true;
    ptn_buf_init(&der, &ptn_heap, 1000);
    assert_err(
        ptn_pem_next((patina_span){&one, PTN_MAX_PEM_BYTES + 1u}, &position, &block, &der, &have),
        PATINA_ERR_BAD_PEM);
    assert_false(have);
}

// A text of nothing but beginnings is gone through in time linear in its length.
static void many_beginnings(void **state)
{
    (void)state;
    enum { MANY = 50000 };
    size_t line = strlen(B);
    char *text = malloc(MANY * line);
    for (size_t i = 0; i < MANY; i++) {
        memcpy(text + i * line, B, line);
    }
    struct ptn_pem_block block;
    struct ptn_buf der;
    size_t position = 0;
    size_t bad = 0;
    bool have = false;
    clock_t start = clock();
    ptn_buf_init(&der, &ptn_heap, 1000);
    while (ptn_pem_next((patina_span){(const uint8_t *)text, MANY * line}, &position, &block, &der,
                        &have) == PATINA_ERR_BAD_PEM) {
        bad++;
    }
    assert_int_equal(bad, MANY);
    assert_in_range((size_t)((clock() - start) / CLOCKS_PER_SEC), 0, 5);
    free(text);
}

static void memory_runs_out(void **state)
{
    (void)state;
    struct counting c;
    struct ptn_pem_block block;
    struct ptn_buf der;
    bool have = false;
    size_t position;
    counting_init(&c);
    c.fail_at = 1;
    ptn_buf_init(&der, &c.alloc, 1000);
    assert_err(first_block(B "YWJj\n" E, &block, &der, &have, &position), PATINA_ERR_NO_MEMORY);
    assert_false(have);
    ptn_buf_clear(&der);
    ptn_buf_init(&der, &c.alloc, 2);
    assert_err(first_block(B "YWJj\n" E, &block, &der, &have, &position), PATINA_ERR_NO_MEMORY);
    ptn_buf_clear(&der);
    assert_int_equal(c.live_blocks, 0);
}

#define ROW(text, want, bytes, pem)              \
    {                                            \
        text, run_row, NULL, NULL, &(struct row) \
        {                                        \
            pem, want, bytes                     \
        }                                        \
    }
#define BAD(text, pem) ROW(text, PATINA_ERR_BAD_PEM, NULL, pem)
#define NONE(text, pem) ROW(text, PATINA_OK, NULL, pem)

static const struct CMUnitTest tests[] = {
    ROW("a block", PATINA_OK, "'abc'", B "YWJj\n" E),
    ROW("no line end at the end", PATINA_OK, "'abc'", B "YWJj\n-----END X-----"),
    ROW("one byte", PATINA_OK, "'a'", B "YQ==\n" E),
    ROW("two bytes", PATINA_OK, "'ab'", B "YWI=\n" E),
    ROW("carriage returns", PATINA_OK, "'abcdef'",
        "-----BEGIN X-----\r\nYWJj\r\nZGVm\r\n-----END X-----\r\n"),
    ROW("spaces at line ends", PATINA_OK, "'abc'",
        "-----BEGIN X----- \nYWJj \t\n-----END X----- \n"),
    ROW("white space inside", PATINA_OK, "'abc'", B " Y\tW\nJ j\n\n" E),
    ROW("text around", PATINA_OK, "'abc'", "Subject: CN=a\n\n" B "YWJj\n" E "more\n"),
    ROW("one long line", PATINA_OK, "30*00", B "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n" E),
    NONE("nothing", ""),
    NONE("text alone", "hello\n-- \nworld"),
    NONE("BEGIN inside a line", " -----BEGIN X-----\nYWJj\n-----END X-----"),
    NONE("END alone", E),
    NONE("BEGIN with four dashes behind", "-----BEGIN X----\nYWJj\n" E),
    NONE("BEGIN and nothing", "-----BEGIN "),
    BAD("no END", B "YWJj\n"),
    BAD("no body", B E),
    BAD("white space alone", B "\n \n" E),
    BAD("END of another label", B "YWJj\n-----END Y-----\n"),
    BAD("BEGIN inside", B "YWJj\n" B "YWJj\n" E),
    BAD("a character missing", B "YWJ\n" E),
    BAD("two characters missing", B "YW\n" E),
    BAD("three characters missing", B "Y\n" E),
    BAD("too much padding", B "YWJj=\n" E),
    BAD("one of two paddings", B "YQ=\n" E),
    BAD("padding of three", B "Y===\n" E),
    BAD("two paddings for one", B "YWI==\n" E),
    BAD("padding alone", B "==\n" E),
    BAD("padding before the last digit", B "YW=I\n" E),
    BAD("padding inside", B "YQ==YQ==\n" E),
    BAD("unused bits of one byte, RFC 4648 §3.5", B "YR==\n" E),
    BAD("unused bits of two bytes", B "YWJ=\n" E),
    BAD("headers of an encrypted key", B "Proc-Type: 4,ENCRYPTED\n\nYWJj\n" E),
    BAD("URL alphabet", B "YW-_\n" E),
    cmocka_unit_test(several_blocks),
    cmocka_unit_test(every_byte_value),
    cmocka_unit_test(no_other_character),
    cmocka_unit_test(text_over_the_limit),
    cmocka_unit_test(many_beginnings),
    cmocka_unit_test(memory_runs_out),
};

int main(void)
{
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}

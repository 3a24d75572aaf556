// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The public calls that look inside: PEM blocks, DER elements, texts.
#include "x509_rows.h"

#include "patina/inspect.h"

#define BLOCK(label, body) "-----BEGIN " label "-----\n" body "\n-----END " label "-----\n"

static patina_mspan room_of(uint8_t *bytes, size_t len)
{
    return (patina_mspan){bytes, len};
}

static void blocks_of_a_text(void **state)
{
    (void)state;
    patina_span text = patina_span_str("words\n" BLOCK("A", "YWJj") "more\r\n" BLOCK("B", "ZA=="));
    uint8_t bytes[64];
    size_t at = 0;
    struct patina_pem_block block;
    assert_err(patina_pem_read(text, &at, room_of(bytes, sizeof bytes), &block), PATINA_OK);
    assert_bytes(block.label, "'A'");
    assert_bytes(block.der, "'abc'");
    assert_int_equal(block.line, 2);
    assert_err(patina_pem_read(text, &at, room_of(bytes, sizeof bytes), &block), PATINA_OK);
    assert_bytes(block.label, "'B'");
    assert_bytes(block.der, "'d'");
    assert_int_equal(block.line, 6);
    assert_err(patina_pem_read(text, &at, room_of(bytes, sizeof bytes), &block), PATINA_OK);
    assert_int_equal(block.label.len, 0);
    assert_int_equal(block.line, 0);
    assert_int_equal(at, text.len);
}

static void a_bad_block_is_named_by_its_line(void **state)
{
    (void)state;
    patina_span text = patina_span_str("\n\n" BLOCK("A", "Y!") BLOCK("B", "ZA=="));
    uint8_t bytes[64];
    size_t at = 0;
    struct patina_pem_block block;
    assert_err(patina_pem_read(text, &at, room_of(bytes, sizeof bytes), &block),
               PATINA_ERR_BAD_PEM);
    assert_int_equal(block.line, 3);
    assert_int_equal(block.der.len, 0);
    assert_err(patina_pem_read(text, &at, room_of(bytes, sizeof bytes), &block), PATINA_OK);
    assert_bytes(block.label, "'B'");
}

static void too_little_room_changes_nothing(void **state)
{
    (void)state;
    patina_span text = patina_span_str(BLOCK("A", "YWJj"));
    uint8_t bytes[3];
    size_t at = 0;
    struct patina_pem_block block;
    assert_err(patina_pem_read(text, &at, room_of(bytes, 2), &block), PATINA_ERR_MISUSE);
    assert_int_equal(at, 0);
    assert_int_equal(block.der.len, 0);
    assert_err(patina_pem_read(text, &at, room_of(bytes, 3), &block), PATINA_OK);
    assert_bytes(block.der, "'abc'");
}

static void misuse_of_pem(void **state)
{
    (void)state;
    uint8_t bytes[3];
    size_t at = 2;
    struct patina_pem_block block;
    assert_err(patina_pem_read(patina_span_str("a"), &at, room_of(bytes, 3), &block),
               PATINA_ERR_MISUSE);
    assert_err(patina_pem_read(patina_span_str("a"), NULL, room_of(bytes, 3), &block),
               PATINA_ERR_MISUSE);
    at = 0;
    assert_err(patina_pem_read(patina_span_str("a"), &at, room_of(bytes, 3), NULL),
               PATINA_ERR_MISUSE);
}

static void elements(void **state)
{
    (void)state;
    patina_span der = der_bytes("0201 07 0500 30{ 0101ff }");
    patina_span rest = der;
    uint8_t tag = 0;
    patina_span contents;
    assert_true(patina_der_read(&rest, &tag, &contents));
    assert_int_equal(tag, 2);
    assert_bytes(contents, "07");
    assert_true(patina_der_read(&rest, &tag, &contents));
    assert_int_equal(tag, 5);
    assert_int_equal(contents.len, 0);
    assert_true(patina_der_read(&rest, &tag, &contents));
    assert_bytes(contents, "0101ff");
    assert_int_equal(rest.len, 0);
    assert_false(patina_der_read(&rest, &tag, &contents));
    der_free(der);
}

struct row {
    const char *notation;
};

static void a_broken_element_changes_nothing(void **state)
{
    const struct row *row = *state;
    patina_span der = der_bytes(row->notation);
    patina_span rest = der;
    uint8_t tag = 1;
    patina_span contents = der;
    assert_false(patina_der_read(&rest, &tag, &contents));
    assert_ptr_equal(rest.ptr, der.ptr);
    assert_int_equal(rest.len, der.len);
    assert_int_equal(tag, 0);
    assert_int_equal(contents.len, 0);
    der_free(der);
}

static void texts(void **state)
{
    (void)state;
    char text[40];
    patina_span name = der_bytes("30{ 31{ 30{ 0603 550403 0c{ 'a' } } } }");
    assert_int_equal(patina_name_text(name, text, sizeof text), 4);
    assert_string_equal(text, "CN=a");
    der_free(name);
    patina_span oid = der_bytes("2a864886f70d");
    assert_int_equal(patina_oid_text(oid, text, sizeof text), 14);
    assert_string_equal(text, "1.2.840.113549");
    der_free(oid);
    patina_span raw = der_bytes("'a' 1b 'b'");
    assert_int_equal(patina_text_clean(raw, text, sizeof text), 3);
    assert_string_equal(text, "a?b");
    assert_int_equal(patina_text_clean(raw, NULL, 0), 0);
    der_free(raw);
}

static void a_cut_text_says_so(void **state)
{
    (void)state;
    char text[9];
    assert_int_equal(patina_text_clean(patina_span_str("0123456789"), text, sizeof text), 8);
    assert_string_equal(text, "01234\xe2\x80\xa6");
}

#define T(name) cmocka_unit_test(name)
#define BROKEN(name, notation)                                                       \
    {                                                                                \
        "broken: " name, a_broken_element_changes_nothing, NULL, NULL, &(struct row) \
        {                                                                            \
            notation                                                                 \
        }                                                                            \
    }

static const struct CMUnitTest tests[] = {
    T(blocks_of_a_text),
    T(a_bad_block_is_named_by_its_line),
    T(too_little_room_changes_nothing),
    T(misuse_of_pem),
    T(elements),
    BROKEN("cut", "0205 07"),
    BROKEN("no length", "02"),
    BROKEN("length not minimal", "028101 07"),
    BROKEN("length not definite", "3080 0000"),
    BROKEN("tag of two bytes", "1f1f00"),
    T(texts),
    T(a_cut_text_says_so),
};

int main(void)
{
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}

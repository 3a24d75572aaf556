// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// From our messages to records, RFC 9846 §5.1.
#include "rows.h"

#include "record/record.h"

struct row {
    size_t left, max, want;
};

static void check_len(void **state)
{
    const struct row *row = *state;
    assert_int_equal(ptn_fragment_len(row->left, row->max), row->want);
}

#define LEN(name, left, max, want)                 \
    {                                              \
        name, check_len, NULL, NULL, &(struct row) \
        {                                          \
            left, max, want                        \
        }                                          \
    }

static void write_record(void **state)
{
    uint8_t out[8];
    patina_span text = notation_bytes("aabbcc");
    (void)state;
    ptn_write_plain_record(PTN_CONTENT_HANDSHAKE, 0x0301, text, PTN_MSPAN_OF(out));
    assert_span(PTN_SPAN_OF(out), "16 0301 0003 aabbcc");
    notation_free(text);
}

static void write_longest(void **state)
{
    static uint8_t out[5 + 16384];
    patina_span text = notation_bytes("16384*5a");
    (void)state;
    ptn_write_plain_record(PTN_CONTENT_ALERT, 0x0303, text, PTN_MSPAN_OF(out));
    assert_span(ptn_span_first(PTN_SPAN_OF(out), 5), "15 0303 4000");
    assert_memory_equal(out + 5, text.ptr, text.len);
    notation_free(text);
}

// What is written is what is read.
static void read_back(void **state)
{
    uint8_t out[5 + 1];
    uint8_t one = 1;
    struct ptn_record record;
    size_t want;
    (void)state;
    ptn_write_plain_record(PTN_CONTENT_CHANGE_CIPHER_SPEC, PTN_VERSION_TLS12,
                           (patina_span){&one, 1}, PTN_MSPAN_OF(out));
    assert_err(ptn_deframe(PTN_SPAN_OF(out), true, &record, &want), PATINA_OK);
    assert_int_equal(want, 0);
    assert_int_equal(record.whole_len, sizeof out);
    assert_int_equal(record.header.type, PTN_CONTENT_CHANGE_CIPHER_SPEC);
    assert_int_equal(record.header.version, 0x0303);
    assert_int_equal(record.header.len, 1);
}

static const struct CMUnitTest tests[] = {
    LEN("nothing left", 0, 16384, 0),
    LEN("less than a record", 100, 16384, 100),
    LEN("exactly a record", 16384, 16384, 16384),
    LEN("more than a record", 16385, 16384, 16384),
    LEN("no end in sight", SIZE_MAX, 16384, 16384),
    LEN("small records", 100, 64, 64),
    LEN("smallest records", 2, 1, 1),
    cmocka_unit_test(write_record),
    cmocka_unit_test(write_longest),
    cmocka_unit_test(read_back),
};

int main(void)
{
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}

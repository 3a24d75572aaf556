// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// From bytes to records, RFC 9846 §5.1.
#include "rows.h"

#include "record/record.h"

struct row {
    const char *bytes;
    bool first;
    patina_err err;
    size_t want, whole_len;
};

static void check(void **state)
{
    const struct row *row = *state;
    struct ptn_record have = {.whole_len = 99};
    size_t want = 99;
    patina_span in = notation_bytes(row->bytes);
    patina_err err = ptn_deframe(in, row->first, &have, &want);
    uint8_t type = in.len == 0 ? 0 : in.ptr[0];
    notation_free(in);
    assert_err(err, row->err);
    assert_int_equal(have.whole_len, row->whole_len);
    assert_int_equal(have.header.type, row->whole_len == 0 ? 0 : type);
    if (err == PATINA_OK) {
        assert_int_equal(want, row->want);
    }
}

#define WHOLE(name, bytes, len)                \
    {                                          \
        name, check, NULL, NULL, &(struct row) \
        {                                      \
            bytes, true, PATINA_OK, 0, len     \
        }                                      \
    }
#define PART(name, bytes, want) \
    {name, check, NULL, NULL, &(struct row){bytes, true, PATINA_OK, want, 0}}
#define BAD(name, bytes, first, err) \
    {name, check, NULL, NULL, &(struct row){bytes, first, PATINA_ERR_##err, 0, 0}}

// Any prefix of a stream gives a prefix of its records, and asks for no byte of the next record but
// its header.
static void every_prefix(void **state)
{
    static const size_t lens[] = {5 + 3, 5, 5 + 300, 5 + 1};
    patina_span stream =
        notation_bytes("16 0301 2(3*aa) 17 0303 2() 17 0303 2(300*bb) 15 0303 2(01)");
    (void)state;
    assert_int_equal(stream.len, 5 + 3 + 5 + 5 + 300 + 5 + 1);
    for (size_t cut = 0; cut <= stream.len; cut++) {
        size_t at = 0;
        size_t found = 0;
        struct ptn_record record;
        size_t want = 0;
        patina_span in = exact_copy(stream.ptr, cut);
        while (want == 0) {
            assert_err(ptn_deframe(ptn_span_skip(in, at), at == 0, &record, &want), PATINA_OK);
            if (want == 0) {
                assert_int_equal(record.whole_len, lens[found]);
                at += record.whole_len;
                found++;
            }
        }
        size_t left = cut - at;
        assert_true(want > left);
        if (found < PTN_COUNT(lens)) {
            assert_int_equal(want, left < 5 ? 5 : lens[found]);
        } else {
            assert_int_equal(cut, stream.len);
        }
        notation_free(in);
    }
    notation_free(stream);
}

static const struct CMUnitTest tests[] = {
    PART("nothing", "", 5),
    PART("one byte", "16", 5),
    PART("four bytes", "16 0301 00", 5),
    PART("four bytes of junk wait for the fifth", "ffffffff", 5),
    PART("header alone", "16 0301 0003", 8),
    PART("one byte is missing", "16 0301 0003 aaaa", 8),
    PART("the longest, nearly", "17 0303 4100 16639*aa", 16645),
    WHOLE("exactly one", "16 0301 2(3*aa)", 8),
    WHOLE("one and a part", "16 0301 2(3*aa) 17", 8),
    WHOLE("empty fragment", "17 0303 2()", 5),
    WHOLE("the longest, RFC 9846 §5.2", "17 0303 2(16640*aa)", 16645),
    BAD("too long: told by the header", "17 0303 4101", false, RECORD_OVERFLOW),
    BAD("wrong type", "18 0303 0001", false, UNKNOWN_CONTENT_TYPE),
    BAD("wrong version", "16 0403 0001", false, BAD_RECORD_VERSION),
    BAD("HTTP at the start", "'GET / HTTP/1.1'", true, HTTP_REQUEST),
    BAD("junk at the start", "'SSH-2.0'", true, NOT_TLS),
    cmocka_unit_test(every_prefix),
};

int main(void)
{
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}

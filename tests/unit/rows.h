// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// What the tests of parsers share: the order of cmocka's headers, errors compared by name, and the
// three things that hold for every message: cut short anywhere it fails, one byte more and it
// fails, any byte changed it ends in an error of the peer or in success, never outside its bytes
// (the sanitizers watch).
#ifndef PTN_TESTS_ROWS_H
#define PTN_TESTS_ROWS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "notation.h"

#include "base/bytes.h"

#include <stdio.h>
#include <string.h>

#define assert_err(have, want) assert_string_equal(patina_err_name(have), patina_err_name(want))

// A parser under test: parses `body`, checks that a failure leaves the output empty.
typedef patina_err (*parse_fn)(patina_span body);

static inline void check_truncations(parse_fn parse, patina_span whole, size_t lawful_len)
{
    for (size_t len = 0; len < whole.len; len++) {
        patina_span cut = exact_copy(whole.ptr, len);
        patina_err err = parse(cut);
        notation_free(cut);
        if (len == lawful_len) {
            assert_err(err, PATINA_OK);
        } else {
            assert_int_equal(patina_err_class(err), PATINA_CLASS_PEER);
        }
    }
}

static inline void check_trailing_byte(parse_fn parse, patina_span whole)
{
    uint8_t *longer = test_malloc(whole.len + 1);
    memcpy(longer, whole.ptr, whole.len);
    longer[whole.len] = 0;
    patina_err err = parse((patina_span){longer, whole.len + 1});
    test_free(longer);
    assert_int_equal(patina_err_class(err), PATINA_CLASS_PEER);
}

static inline void check_changed_bytes(parse_fn parse, patina_span whole)
{
    static const uint8_t changes[] = {0x01, 0x02, 0x80, 0xff, 0x7f, 0x10};
    for (size_t i = 0; i < whole.len; i++) {
        for (size_t k = 0; k < PTN_COUNT(changes); k++) {
            patina_span changed = exact_copy(whole.ptr, whole.len);
            ((uint8_t *)(uintptr_t)changed.ptr)[i] ^= changes[k];
            patina_err err = parse(changed);
            notation_free(changed);
            assert_true(err == PATINA_OK || patina_err_class(err) == PATINA_CLASS_PEER);
        }
    }
}

static inline void assert_span(patina_span have, const char *notation)
{
    patina_span want = notation_bytes(notation);
    assert_int_equal(have.len, want.len);
    if (want.len != 0) {
        assert_memory_equal(have.ptr, want.ptr, want.len);
    }
    notation_free(want);
}

static inline void assert_empty(patina_span s)
{
    assert_null(s.ptr);
    assert_int_equal(s.len, 0);
}

#endif

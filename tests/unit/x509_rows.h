// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// What the tests of x509 share: the order of cmocka's headers, errors compared by name.
#ifndef PTN_TESTS_X509_ROWS_H
#define PTN_TESTS_X509_ROWS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "der_notation.h"

#include "base/bytes.h"
#include "base/limits.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define assert_err(have, want) assert_string_equal(patina_err_name(have), patina_err_name(want))

static inline void assert_bytes(patina_span have, const char *notation)
{
    patina_span want = der_bytes(notation);
    assert_int_equal(have.len, want.len);
    if (want.len != 0) {
        assert_memory_equal(have.ptr, want.ptr, want.len);
    }
    der_free(want);
}

static inline bool is_all_zero(const void *p, size_t size)
{
    const uint8_t *bytes = p;
    for (size_t i = 0; i < size; i++) {
        if (bytes[i] != 0) {
            return false;
        }
    }
    return true;
}

#endif

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// A notation for messages in test rows, so that no length is ever counted by hand:
//
//     0303            bytes in hex
//     'example.com'   the bytes of a text
//     32*aa           a byte again and again
//     2( ... )        a vector with a length of 2 bytes (1, 2 or 3) in front of what the
//     parentheses hold
//
// Parts are separated by spaces. Used by the unit tests of wire/ and by the generator of fuzz
// seeds.
#ifndef PTN_TESTS_NOTATION_H
#define PTN_TESTS_NOTATION_H

#include "patina/base.h"

// Memory of exactly the message's length, so that the sanitizer sees each byte read beyond it. Ends
// the process when the text is not well-formed: the test is then wrong. Free with notation_free.
patina_span notation_bytes(const char *text);
void notation_free(patina_span s);

// A copy in memory of exactly `len` bytes.
patina_span exact_copy(const uint8_t *bytes, size_t len);

#endif

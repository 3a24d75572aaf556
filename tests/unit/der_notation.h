// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// DER in text, for rows of tests that no library would write:
//
//     0500            bytes in hex
//     'example.com'   the bytes of a text
//     32*aa           a byte again and again
//     30{ ... }       an element with this tag; its length is counted
//
// Parts are separated by spaces.
#ifndef PTN_TESTS_DER_NOTATION_H
#define PTN_TESTS_DER_NOTATION_H

#include "patina/base.h"

// Memory of exactly the length, so that the sanitizer sees each byte read beyond it. Ends the
// process when the text is not well-formed. Free with der_free.
patina_span der_bytes(const char *text);
void der_free(patina_span s);

#endif

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Rows in TAP, for a program that runs where cmocka does not.
#ifndef PTN_TESTS_WINDOWS_TAP_H
#define PTN_TESTS_WINDOWS_TAP_H

#include "patina/patina.h"

struct tap {
    unsigned rows, failed;
};

// A row that holds if the two errors are one. `skip` NULL, or why this system's own crypt32 is
// known to judge otherwise: then the row is skipped by name, and failed if it holds all the same.
void tap_err(struct tap *t, const char *name, patina_err have, patina_err want, const char *skip);

void tap_true(struct tap *t, const char *name, bool holds);

// The rows of windows_verdict.c: every code it knows.
void test_verdict(struct tap *t);

#endif

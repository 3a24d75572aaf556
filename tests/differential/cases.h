// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Reads the cases of generate.c for the judges written in C.
#ifndef PTN_TESTS_DIFFERENTIAL_CASES_H
#define PTN_TESTS_DIFFERENTIAL_CASES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CASE_NAME "a.test"
#define CASE_NOW INT64_C(1796083200) // 2026-12-01

struct case_der {
    uint8_t bytes[8192];
    size_t len;
};

struct test_case {
    char id[32];
    struct case_der root, leaf, intermediate;
};

// The next case of standard input; false at its end.
bool case_read(struct test_case *out);

// Prints a verdict: "ID ok" or "ID no REASON" (spaces become dashes).
void case_verdict(const struct test_case *c, bool accepted, const char *reason);

#endif

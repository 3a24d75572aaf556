// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// See cases.h.
#include "cases.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int nibble(char c)
{
    return c >= 'a' ? c - 'a' + 10 : c - '0';
}

static void decode(const char *hex, struct case_der *out)
{
    out->len = strlen(hex) / 2;
    if (out->len > sizeof out->bytes) {
        (void)fprintf(stderr, "a certificate too long\n");
        exit(1);
    }
    for (size_t i = 0; i < out->len; i++) {
        out->bytes[i] = (uint8_t)(nibble(hex[2 * i]) << 4 | nibble(hex[2 * i + 1]));
    }
}

bool case_read(struct test_case *out)
{
    static char root[16400];
    static char leaf[16400];
    static char intermediate[16400];
    if (scanf("%31s %*s %*s %16399s %16399s %16399s", out->id, root, leaf, intermediate) != 4) {
        return false;
    }
    decode(root, &out->root);
    decode(leaf, &out->leaf);
    decode(intermediate, &out->intermediate);
    return true;
}

void case_verdict(const struct test_case *c, bool accepted, const char *reason)
{
    (void)printf("%s %s", c->id, accepted ? "ok" : "no ");
    for (const char *p = reason; !accepted && *p != 0; p++) {
        (void)putchar(isspace((unsigned char)*p) != 0 ? '-' : *p);
    }
    (void)putchar('\n');
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// See notation.h.
#include "notation.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_BYTES = 1 << 18, MAX_DEPTH = 12 };

struct builder {
    uint8_t bytes[MAX_BYTES];
    size_t len;
    size_t open_at[MAX_DEPTH];
    size_t width[MAX_DEPTH];
    size_t depth;
};

static void die(const char *why, const char *at)
{
    (void)fprintf(stderr, "notation: %s at \"%.40s\"\n", why, at);
    abort();
}

static void put(struct builder *b, unsigned value)
{
    if (b->len == MAX_BYTES) {
        die("too long", "");
    }
    b->bytes[b->len++] = (uint8_t)(value & 0xff);
}

static unsigned digit(const char *p)
{
    const char *digits = "0123456789abcdef";
    const char *found = *p == '\0' ? NULL : strchr(digits, *p);
    if (found == NULL) {
        die("not a hex digit", p);
        return 0;
    }
    return (unsigned)(found - digits);
}

static void open_vector(struct builder *b, size_t width, const char *at)
{
    if (b->depth == MAX_DEPTH || width < 1 || width > 3) {
        die("bad vector", at);
    }
    b->open_at[b->depth] = b->len;
    b->width[b->depth++] = width;
    for (size_t i = 0; i < width; i++) {
        put(b, 0);
    }
}

static void close_vector(struct builder *b, const char *at)
{
    if (b->depth == 0) {
        die("nothing to close", at);
        return;
    }
    b->depth--;
    size_t from = b->open_at[b->depth];
    size_t width = b->width[b->depth];
    size_t len = b->len - from - width;
    for (size_t i = 0; i < width; i++) {
        b->bytes[from + width - 1 - i] = (uint8_t)((len >> (8 * i)) & 0xff);
    }
    if (len >> (8 * width) != 0) {
        die("vector too long", at);
    }
}

static const char *text_part(struct builder *b, const char *p)
{
    for (p++; *p != '\''; p++) {
        if (*p == '\0') {
            die("text without end", p);
        }
        put(b, (unsigned char)*p);
    }
    return p + 1;
}

static const char *repeat_part(struct builder *b, const char *p)
{
    char *end;
    unsigned long count = strtoul(p, &end, 10);
    unsigned value = digit(end + 1) * 16 + digit(end + 2);
    for (unsigned long i = 0; i < count; i++) {
        put(b, value);
    }
    return end + 3;
}

static const char *next_part(struct builder *b, const char *p)
{
    size_t digits = strspn(p, "0123456789");
    if (*p == ' ' || *p == '\n') {
        return p + 1;
    }
    if (*p == '\'') {
        return text_part(b, p);
    }
    if (*p == ')') {
        close_vector(b, p);
        return p + 1;
    }
    if (digits == 1 && p[1] == '(') {
        open_vector(b, (size_t)(*p - '0'), p);
        return p + 2;
    }
    if (digits != 0 && p[digits] == '*') {
        return repeat_part(b, p);
    }
    put(b, digit(p) * 16 + digit(p + 1));
    return p + 2;
}

patina_span exact_copy(const uint8_t *bytes, size_t len)
{
    // Even an empty copy has an address of its own: reading its first byte is a finding.
    uint8_t *copy = malloc(len == 0 ? 1 : len);
    if (copy == NULL) {
        die("no memory", "");
        return (patina_span){0};
    }
    if (len != 0) {
        memcpy(copy, bytes, len);
    }
    return (patina_span){copy, len};
}

patina_span notation_bytes(const char *text)
{
    static struct builder b;
    b.len = 0;
    b.depth = 0;
    const char *p = text;
    while (*p != '\0') {
        p = next_part(&b, p);
    }
    if (b.depth != 0) {
        die("vector left open", text);
    }
    return exact_copy(b.bytes, b.len);
}

void notation_free(patina_span s)
{
    free((void *)(uintptr_t)s.ptr);
}

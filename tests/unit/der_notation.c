// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// DER in text: see der_notation.h.
#include "der_notation.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct bytes {
    uint8_t *at;
    size_t len;
};

static void must(bool good, const char *what, const char *at)
{
    if (!good) {
        (void)fprintf(stderr, "der_notation: %s at \"%.40s\"\n", what, at);
        abort();
    }
}

static void add(struct bytes *b, const uint8_t *from, size_t len)
{
    uint8_t *longer = realloc(b->at, b->len + len + 1);
    must(longer != NULL, "no memory", "");
    b->at = longer;
    if (len != 0) {
        memcpy(b->at + b->len, from, len);
    }
    b->len += len;
}

static void add_byte(struct bytes *b, size_t value)
{
    uint8_t c = (uint8_t)(value & 0xff);
    add(b, &c, 1);
}

static void add_element(struct bytes *b, uint8_t tag, const struct bytes *contents)
{
    add_byte(b, tag);
    if (contents->len < 0x80) {
        add_byte(b, contents->len);
    } else if (contents->len < 0x100) {
        add_byte(b, 0x81);
        add_byte(b, contents->len);
    } else if (contents->len < 0x10000) {
        add_byte(b, 0x82);
        add_byte(b, contents->len >> 8);
        add_byte(b, contents->len);
    } else {
        add_byte(b, 0x83);
        add_byte(b, contents->len >> 16);
        add_byte(b, contents->len >> 8);
        add_byte(b, contents->len);
    }
    add(b, contents->at, contents->len);
}

static uint8_t hex_byte(const char *at)
{
    char digits[3] = {at[0], at[0] == '\0' ? '\0' : at[1], '\0'};
    must(isxdigit((unsigned char)digits[0]) && isxdigit((unsigned char)digits[1]), "hex", at);
    return (uint8_t)strtoul(digits, NULL, 16);
}

// Elements nest as deep as the text does.
static const char *parse(const char *at, struct bytes *out, bool inside)
{
    while (true) {
        while (*at == ' ' || *at == '\n') {
            at++;
        }
        if (*at == '\0' || *at == '}') {
            must((*at == '}') == inside, "braces", at);
            return inside ? at + 1 : at;
        }
        if (*at == '\'') {
            size_t len = strcspn(at + 1, "'");
            add(out, (const uint8_t *)at + 1, len);
            at += len + 2;
            continue;
        }
        size_t digits = strspn(at, "0123456789");
        if (at[digits] == '*') {
            uint8_t c = hex_byte(at + digits + 1);
            for (unsigned long n = strtoul(at, NULL, 10); n > 0; n--) {
                add_byte(out, c);
            }
            at += digits + 3;
            continue;
        }
        uint8_t c = hex_byte(at);
        at += 2;
        if (*at == '{') {
            struct bytes contents = {NULL, 0};
            at = parse(at + 1, &contents, true);
            add_element(out, c, &contents);
            free(contents.at);
        } else {
            add_byte(out, c);
        }
    }
}

patina_span der_bytes(const char *text)
{
    struct bytes b = {NULL, 0};
    (void)parse(text, &b, false);
    if (b.len == 0) {
        free(b.at);
        return (patina_span){NULL, 0};
    }
    uint8_t *exact = malloc(b.len);
    must(exact != NULL, "no memory", "");
    memcpy(exact, b.at, b.len);
    free(b.at);
    return (patina_span){exact, b.len};
}

void der_free(patina_span s)
{
    free((void *)(uintptr_t)s.ptr);
}

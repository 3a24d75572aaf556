// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Lists of texts; bytes as hex, base64 and PEM (RFC 4648, RFC 7468); their SHA-256. Called by the
// verbs about certificates.
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "cert.h"

void lines_add(struct lines *l, const char *format, ...)
{
    char text[1024];
    va_list list;
    va_start(list, format);
    vsnprintf(text, sizeof(text), format, list);
    va_end(list);
    if (l->count == LINES_MAX) {
        return;
    }
    char **more = realloc(l->list, (l->count + 1) * sizeof(*more));
    if (more == NULL) {
        return;
    }
    l->list = more;
    l->list[l->count] = strdup(text);
    if (l->list[l->count] != NULL) {
        l->count++;
    }
}

void lines_free(struct lines *l)
{
    for (size_t i = 0; i < l->count; i++) {
        free(l->list[i]);
    }
    free(l->list);
    *l = (struct lines){0};
}

void hex_text(patina_span bytes, char separator, char *out, size_t cap)
{
    size_t at = 0;
    out[0] = '\0';
    for (size_t i = 0; i < bytes.len; i++) {
        bool last = i + 1 == bytes.len;
        if (at + (last ? 4 : 7) > cap) { // two digits, separator, "..." and the end
            snprintf(out + at, cap - at, "...");
            return;
        }
        at += (size_t)snprintf(out + at, cap - at, "%02x", bytes.ptr[i]);
        if (separator != '\0' && !last) {
            out[at++] = separator;
            out[at] = '\0';
        }
    }
}

void base64_text(patina_span bytes, char *out, size_t cap)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                 "0123456789+/=";
    size_t at = 0;
    for (size_t i = 0; i < bytes.len && at + 5 <= cap; i += 3) {
        size_t n = bytes.len - i < 3 ? bytes.len - i : 3;
        uint32_t group = (uint32_t)bytes.ptr[i] << 16;
        group |= n > 1 ? (uint32_t)bytes.ptr[i + 1] << 8 : 0;
        group |= n > 2 ? bytes.ptr[i + 2] : 0;
        out[at++] = digits[group >> 18];
        out[at++] = digits[(group >> 12) & 63];
        out[at++] = digits[n > 1 ? (group >> 6) & 63 : 64];
        out[at++] = digits[n > 2 ? group & 63 : 64];
    }
    out[at] = '\0';
}

void pem_write(FILE *out, const char *label, patina_span der)
{
    fprintf(out, "-----BEGIN %s-----\n", label);
    for (size_t at = 0; at < der.len; at += 48) { // 64 characters a line
        char line[72];
        size_t n = der.len - at < 48 ? der.len - at : 48;
        base64_text((patina_span){der.ptr + at, n}, line, sizeof(line));
        fprintf(out, "%s\n", line);
    }
    fprintf(out, "-----END %s-----\n", label);
}

bool sha256(const struct patina_provider *provider, patina_span bytes, uint8_t out[32])
{
    struct patina_digest digest;
    const struct patina_hash *hash = provider->hmac_sha256->hash;
    memset(out, 0, 32);
    if (hash->once(hash, &bytes, 1, &digest) != PATINA_OK || digest.len != 32) {
        return false;
    }
    memcpy(out, digest.bytes, 32);
    return true;
}

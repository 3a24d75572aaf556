// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// See trace.h. A line in the first column begins an entry, an indented one goes on in hex, # is a
// comment.
#include "trace.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool add_hex(struct trace_entry *e, const char *hex)
{
    for (; isxdigit((unsigned char)hex[0]) && isxdigit((unsigned char)hex[1]); hex += 2) {
        char pair[3] = {hex[0], hex[1], '\0'};
        if (e->len == TRACE_MAX_BYTES) {
            return false;
        }
        e->bytes[e->len++] = (uint8_t)strtoul(pair, NULL, 16);
    }
    return *hex == '\0';
}

static bool add_line(struct trace *t, char *line)
{
    line[strcspn(line, "\n")] = '\0';
    if (line[0] == '#' || line[0] == '\0') {
        return true;
    }
    if (line[0] == ' ') {
        return t->count != 0 && add_hex(&t->entries[t->count - 1], line + strspn(line, " "));
    }
    if (t->count == TRACE_MAX_ENTRIES || strlen(line) >= TRACE_MAX_NAME) {
        return false;
    }
    strcpy(t->entries[t->count++].name, line);
    return true;
}

bool trace_read(const char *path, struct trace *out)
{
    char line[256];
    bool ok = true;
    FILE *f = fopen(path, "r");

    memset(out, 0, sizeof *out);
    if (f == NULL) {
        (void)fprintf(stderr, "%s: cannot be read\n", path);
        return false;
    }
    while (ok && fgets(line, sizeof line, f) != NULL) {
        ok = add_line(out, line);
        if (!ok) {
            (void)fprintf(stderr, "%s: not well-formed: %s\n", path, line);
        }
    }
    (void)fclose(f);
    return ok && out->count != 0;
}

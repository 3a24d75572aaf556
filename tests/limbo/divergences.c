// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The list of divergences: "id expected actual reason", a line each.
#include "limbo/limbo.h"

#include <stdio.h>
#include <string.h>

static bool is_well_formed(const struct divergence *d)
{
    bool to_success = strcmp(d->expected, "FAILURE") == 0 && strcmp(d->actual, "OK") == 0;
    bool to_failure = strcmp(d->expected, "SUCCESS") == 0 && strcmp(d->actual, "OK") != 0;
    return (to_success || to_failure) && strlen(d->reason) >= 20;
}

bool divergences_read(const char *path, struct divergence *out, size_t cap, size_t *out_count)
{
    char line[800];
    unsigned number = 0;
    FILE *f = fopen(path, "r");
    *out_count = 0;
    while (f != NULL && fgets(line, sizeof(line), f) != NULL) {
        number++;
        if (line[0] == '#' || line[0] == '\n') {
            continue;
        }
        struct divergence d = {0};
        if (*out_count == cap ||
            sscanf(line, "%159s %15s %47s %399[^\n]", d.id, d.expected, d.actual, d.reason) != 4 ||
            !is_well_formed(&d) || divergence_find(out, *out_count, d.id) != NULL) {
            (void)fprintf(stderr, "%s:%u: not \"id expected actual reason\", or there twice\n",
                          path, number);
            (void)fclose(f);
            return false;
        }
        out[*out_count] = d;
        ++*out_count;
    }
    if (f == NULL) {
        (void)fprintf(stderr, "%s: cannot be read\n", path);
        return false;
    }
    (void)fclose(f);
    return true;
}

struct divergence *divergence_find(struct divergence *list, size_t count, const char *id)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(list[i].id, id) == 0) {
            return &list[i];
        }
    }
    return NULL;
}

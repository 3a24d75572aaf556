// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The command line: "--name value" or "--name=value", options and other words in any order, "--"
// ends the options. Called by every verb.
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "tool.h"

static const struct option common[] = {
    {"--json", false}, {"--quiet", false}, {"--color", true}, {"--help", false}};
enum { COMMON_JSON, COMMON_QUIET, COMMON_COLOR, COMMON_HELP, COMMON_COUNT };

static int find(const struct option *options, size_t count, const char *word, size_t len)
{
    for (size_t i = 0; i < count; i++) {
        if (strlen(options[i].name) == len && strncmp(options[i].name, word, len) == 0) {
            return (int)i;
        }
    }
    return ARGS_END;
}

static bool set_common(struct ui *ui, int which, const char *value)
{
    if (which == COMMON_JSON) {
        ui->json = true;
    } else if (which == COMMON_QUIET) {
        ui->quiet = true;
    } else if (which == COMMON_HELP) {
        ui->help = true;
    } else if (value == NULL || strcmp(value, "auto") == 0) {
        ui->color_wish = COLOR_AUTO;
    } else if (strcmp(value, "always") == 0) {
        ui->color_wish = COLOR_ALWAYS;
    } else if (strcmp(value, "never") == 0) {
        ui->color_wish = COLOR_NEVER;
    } else {
        ui_complain(ui, "--color takes auto, always or never, not \"%s\"", value);
        return false;
    }
    return true;
}

// The value after "=", or the next word.
static bool take_value(struct args *a, const struct ui *ui, const struct option *o,
                       const char *equals, const char **out)
{
    *out = NULL;
    if (!o->takes_value) {
        if (equals != NULL) {
            ui_complain(ui, "%s takes no value", o->name);
        }
        return equals == NULL;
    }
    if (equals != NULL) {
        *out = equals + 1;
        return true;
    }
    if (a->at + 1 >= a->argc) {
        ui_complain(ui, "%s needs a value", o->name);
        return false;
    }
    a->at++;
    *out = a->argv[a->at];
    return true;
}

int args_next(struct args *a, const struct option *options, size_t count, struct ui *ui,
              const char **out_value)
{
    while (++a->at < a->argc) {
        const char *word = a->argv[a->at];
        *out_value = word;
        if (a->only_positional || word[0] != '-' || word[1] == '\0') {
            return ARGS_POSITIONAL;
        }
        if (strcmp(word, "--") == 0) {
            a->only_positional = true;
            continue;
        }
        if (strcmp(word, "-h") == 0) {
            ui->help = true;
            continue;
        }
        const char *equals = strchr(word, '=');
        size_t len = equals != NULL ? (size_t)(equals - word) : strlen(word);
        int found = find(options, count, word, len);
        if (found >= 0) {
            return take_value(a, ui, &options[found], equals, out_value) ? found : ARGS_BAD;
        }
        found = find(common, COMMON_COUNT, word, len);
        if (found < 0) {
            ui_complain(ui, "unknown option %s (patina %s --help)", word, ui->verb);
            return ARGS_BAD;
        }
        if (!take_value(a, ui, &common[found], equals, out_value) ||
            !set_common(ui, found, *out_value)) {
            return ARGS_BAD;
        }
    }
    return ARGS_END;
}

bool parse_uint(const char *text, uint64_t max, uint64_t *out)
{
    *out = 0;
    if (text[0] < '0' || text[0] > '9') {
        return false;
    }
    char *end = NULL;
    errno = 0;
    unsigned long long n = strtoull(text, &end, 10);
    if (errno != 0 || *end != '\0' || n > max) {
        return false;
    }
    *out = n;
    return true;
}

bool parse_port(const char *text, uint64_t least, uint16_t *out)
{
    uint64_t n = 0;
    bool ok = parse_uint(text, UINT16_MAX, &n) && n >= least;
    *out = ok ? (uint16_t)n : 0;
    return ok;
}

static bool copy_part(char *out, size_t cap, const char *text, size_t len)
{
    if (len == 0 || len >= cap) {
        return false;
    }
    memcpy(out, text, len);
    out[len] = '\0';
    return true;
}

bool parse_host_port(const char *text, char host[HOST_MAX], char port[PORT_MAX])
{
    const char *colon = strrchr(text, ':');
    if (text[0] == '[') {
        const char *close = strchr(text, ']');
        if (close == NULL || !copy_part(host, HOST_MAX, text + 1, (size_t)(close - text - 1))) {
            return false;
        }
        if (close[1] == '\0') {
            return true;
        }
        return close[1] == ':' && copy_part(port, PORT_MAX, close + 2, strlen(close + 2));
    }
    if (colon == NULL || strchr(text, ':') != colon) { // a name, or a bare IPv6 address
        return copy_part(host, HOST_MAX, text, strlen(text));
    }
    return copy_part(host, HOST_MAX, text, (size_t)(colon - text)) &&
           copy_part(port, PORT_MAX, colon + 1, strlen(colon + 1));
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Text for people: colour only on a terminal, unicode only in a UTF-8 locale, and nothing a peer
// wrote reaches a terminal unfiltered. And JSON for programs. Called by every verb.
#include <langinfo.h>
#include <locale.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tool.h"

void ui_begin(struct ui *ui, FILE *out)
{
    ui->out = out;
    const char *no_color = getenv("NO_COLOR");
    const char *term = getenv("TERM");
    ui->color =
        ui->color_wish == COLOR_ALWAYS ||
        (ui->color_wish == COLOR_AUTO && isatty(fileno(out)) &&
         (no_color == NULL || no_color[0] == '\0') && (term == NULL || strcmp(term, "dumb") != 0));
    ui->unicode = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

const char *ui_good(const struct ui *ui)
{
    return ui->unicode ? "\u2713" : "ok";
}

const char *ui_bad(const struct ui *ui)
{
    return ui->unicode ? "\u2717" : "x";
}

const char *ui_maybe(const struct ui *ui)
{
    (void)ui;
    return "!";
}

// ---- Text from peers.

// Reads one code point of well-formed UTF-8. Returns its bytes, 0 when malformed or at the end.
static size_t decode_utf8(const char *text, uint32_t *out)
{
    const unsigned char *p = (const unsigned char *)text;
    static const uint32_t least[5] = {0, 0, 0x80, 0x800, 0x10000};
    size_t n = p[0] < 0x80             ? 1
               : (p[0] & 0xe0) == 0xc0 ? 2
               : (p[0] & 0xf0) == 0xe0 ? 3
               : (p[0] & 0xf8) == 0xf0 ? 4
                                       : 0;
    if (n == 0 || p[0] == '\0') {
        return 0;
    }
    uint32_t c = n == 1 ? p[0] : p[0] & (0x7fu >> n);
    for (size_t i = 1; i < n; i++) {
        if ((p[i] & 0xc0) != 0x80) {
            return 0;
        }
        c = (c << 6) | (p[i] & 0x3fu);
    }
    *out = c;
    bool surrogate = c >= 0xd800 && c <= 0xdfff;
    return c < least[n] || c > 0x10ffff || surrogate ? 0 : n;
}

// Control characters move the cursor; invisible and bidirectional ones make text lie.
static bool is_harmless(uint32_t c)
{
    bool control = c < 0x20 || (c >= 0x7f && c <= 0x9f);
    bool invisible = (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
                     (c >= 0x2060 && c <= 0x206f) || c == 0xfeff || c == 0xad ||
                     (c >= 0xe0000 && c <= 0xe007f);
    return !control && !invisible;
}

static const char *style_code(enum tool_style style)
{
    static const char *const codes[] = {
        [STYLE_PLAIN] = "",        [STYLE_BOLD] = "\x1b[1m", [STYLE_DIM] = "\x1b[2m",
        [STYLE_GOOD] = "\x1b[32m", [STYLE_BAD] = "\x1b[31m", [STYLE_WARN] = "\x1b[33m",
    };
    return codes[style];
}

size_t ui_put(const struct ui *ui, enum tool_style style, const char *text)
{
    bool styled = ui->color && style != STYLE_PLAIN;
    if (styled) {
        fputs(style_code(style), ui->out);
    }
    size_t width = 0;
    while (*text != '\0') {
        uint32_t c = 0;
        size_t n = decode_utf8(text, &c);
        if (n == 0 || !is_harmless(c) || (c >= 0x80 && !ui->unicode)) {
            fputc('?', ui->out);
        } else {
            fwrite(text, 1, n, ui->out);
        }
        text += n == 0 ? 1 : n;
        width++;
    }
    if (styled) {
        fputs("\x1b[0m", ui->out);
    }
    return width;
}

void ui_pad(const struct ui *ui, size_t at, size_t to)
{
    do {
        fputc(' ', ui->out);
        at++;
    } while (at < to);
}

// The columns of a word, and the bytes of as much of it as fits into `columns`.
static size_t word_columns(const char *text, size_t columns, size_t *out_bytes)
{
    size_t width = 0;
    size_t i = 0;
    for (; text[i] != '\0' && text[i] != ' '; i++) {
        bool starts = ((unsigned char)text[i] & 0xc0) != 0x80;
        if (starts && width == columns) {
            break;
        }
        width += starts ? 1 : 0;
    }
    *out_bytes = i;
    return width;
}

void ui_wrap(const struct ui *ui, enum tool_style style, size_t at, size_t indent, const char *text)
{
    enum { COLUMNS = 80 };
    bool first = true;
    while (*text != '\0') {
        size_t bytes = 0;
        size_t width = word_columns(text, COLUMNS - indent, &bytes);
        if (!first && at + 1 + width > COLUMNS) {
            fputc('\n', ui->out);
            ui_pad(ui, 0, indent);
            at = indent;
        } else if (!first) {
            fputc(' ', ui->out);
            at++;
        }
        char word[4 * COLUMNS];
        snprintf(word, sizeof(word), "%.*s", (int)bytes, text);
        at += ui_put(ui, style, word);
        text += bytes;
        first = false;
        text += strspn(text, " ");
    }
    fputc('\n', ui->out);
}

__attribute__((format(printf, 3, 0))) static void
message(const struct ui *ui, enum tool_style style, const char *format, va_list list)
{
    char text[COMPLAINT_MAX];
    vsnprintf(text, sizeof(text), format, list);
    if (style == STYLE_BAD && ui->notes != NULL && ui->notes->complaint[0] == '\0') {
        memcpy(ui->notes->complaint, text, sizeof(text));
    }
    struct ui err = *ui;
    ui_begin(&err, stderr);
    fprintf(stderr, "patina%s%s: ", ui->verb != NULL ? " " : "", ui->verb != NULL ? ui->verb : "");
    ui_put(&err, style, text);
    fputc('\n', stderr);
}

void ui_complain(const struct ui *ui, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    message(ui, STYLE_BAD, format, list);
    va_end(list);
}

void ui_warn(const struct ui *ui, const char *format, ...)
{
    if (ui->quiet) {
        return;
    }
    va_list list;
    va_start(list, format);
    message(ui, STYLE_WARN, format, list);
    va_end(list);
}

// ---- JSON.

static void json_text(struct json *j, const char *text)
{
    fputc('"', j->out);
    while (*text != '\0') {
        uint32_t c = 0;
        size_t n = decode_utf8(text, &c);
        if (n == 0) {
            fputs("\\ufffd", j->out);
            n = 1;
        } else if (c == '"' || c == '\\') {
            fprintf(j->out, "\\%c", (int)c);
        } else if (c < 0x20 || (c >= 0x7f && c <= 0x9f)) {
            fprintf(j->out, "\\u%04x", (unsigned)c);
        } else {
            fwrite(text, 1, n, j->out);
        }
        text += n;
    }
    fputc('"', j->out);
}

static void json_key(struct json *j, const char *key)
{
    if (j->comma) {
        fputc(',', j->out);
    }
    j->comma = true;
    if (key != NULL) {
        json_text(j, key);
        fputc(':', j->out);
    }
}

void json_open(struct json *j, const char *key, char bracket)
{
    json_key(j, key);
    fputc(bracket, j->out);
    j->comma = false;
}

void json_close(struct json *j, char bracket)
{
    fputc(bracket, j->out);
    j->comma = true;
}

void json_string(struct json *j, const char *key, const char *value)
{
    json_key(j, key);
    if (value == NULL) {
        fputs("null", j->out);
    } else {
        json_text(j, value);
    }
}

void json_number(struct json *j, const char *key, int64_t value)
{
    json_key(j, key);
    fprintf(j->out, "%lld", (long long)value);
}

void json_micros(struct json *j, const char *key, int64_t us)
{
    json_key(j, key);
    fprintf(j->out, "%lld.%03d", (long long)(us / 1000), (int)(us % 1000));
}

void json_bool(struct json *j, const char *key, bool value)
{
    json_key(j, key);
    fputs(value ? "true" : "false", j->out);
}

void json_end(struct json *j)
{
    fputc('\n', j->out);
    fflush(j->out);
}

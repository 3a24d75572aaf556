// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The report of `patina check` for people and for programs.
#include <string.h>

#include "check.h"

static void summary_text(const struct check *c, char *out, size_t cap)
{
    size_t bad = count_marks(c, MARK_BAD);
    size_t warn = count_marks(c, MARK_WARN);
    snprintf(out, cap, "%zu ok, %zu warning%s, %zu bad", count_marks(c, MARK_OK), warn,
             warn == 1 ? "" : "s", bad);
}

enum { TITLE_AT = 5 };

// The column of a group's texts: behind its longest title.
static size_t text_column(const struct check *c, enum group group)
{
    size_t at = 24;
    for (size_t i = 0; i < c->findings_count; i++) {
        size_t end = TITLE_AT + strlen(c->findings[i].title) + 2;
        if (c->findings[i].group == group && end > at && end <= 40) {
            at = end;
        }
    }
    return at;
}

static void put_finding(const struct ui *ui, const struct finding *f, size_t text_at)
{
    static const enum tool_style styles[MARK_COUNT] = {[MARK_INFO] = STYLE_DIM,
                                                       [MARK_OK] = STYLE_GOOD,
                                                       [MARK_WARN] = STYLE_WARN,
                                                       [MARK_BAD] = STYLE_BAD};
    const char *const marks[MARK_COUNT] = {[MARK_INFO] = "-",
                                           [MARK_OK] = ui_good(ui),
                                           [MARK_WARN] = ui_maybe(ui),
                                           [MARK_BAD] = ui_bad(ui)};
    ui_pad(ui, 0, 2);
    size_t at = 2 + ui_put(ui, styles[f->mark], marks[f->mark]);
    ui_pad(ui, at, TITLE_AT);
    at = TITLE_AT + ui_put(ui, STYLE_BOLD, f->title);
    ui_pad(ui, at, text_at);
    at = at < text_at ? text_at : at + 1;
    char text[sizeof(f->text)];
    snprintf(text, sizeof(text), "%s", f->text);
    char *sign = ui->unicode ? NULL : strstr(text, "\u00a7"); // not everyone's terminal has it
    if (sign != NULL) {
        memmove(sign, sign + 2, strlen(sign + 2) + 1);
    }
    ui_wrap(ui, STYLE_PLAIN, at, text_at, text);
}

void put_report(const struct check *c)
{
    const struct ui *ui = c->ui;
    char text[128];
    snprintf(text, sizeof(text), "%.90s:%s", c->host, c->port);
    size_t at = ui_put(ui, STYLE_BOLD, text);
    ui_pad(ui, at, at + 3);
    at += 3 + ui_put(ui, STYLE_DIM, c->main.times.address);
    summary_text(c, text, sizeof(text));
    ui_pad(ui, at, 80 - strlen(text));
    ui_put(ui, c->status == EXIT_OK ? STYLE_GOOD : STYLE_BAD, text);
    fputc('\n', ui->out);
    for (int g = 0; g < GROUP_COUNT; g++) {
        bool any = false;
        for (size_t i = 0; i < c->findings_count; i++) {
            const struct finding *f = &c->findings[i];
            if ((int)f->group != g) {
                continue;
            }
            if (!any) {
                fputc('\n', ui->out);
                ui_put(ui, STYLE_BOLD, group_title(f->group));
                fputc('\n', ui->out);
                if (g == GROUP_CERTIFICATE && c->has_tree) {
                    tree_put(ui, &c->tree);
                }
            }
            any = true;
            put_finding(ui, f, text_column(c, f->group));
        }
    }
    snprintf(text, sizeof(text), "\n%u connections, %.1f s", c->connections,
             (double)(micros_now() - c->begin_us) / 1e6);
    fputs(text, ui->out);
    if (c->main.done) {
        fprintf(ui->out, "; the first handshake took %.1f ms", (double)c->main.tls_us / 1000.0);
    }
    fputc('\n', ui->out);
}

void put_report_json(const struct check *c)
{
    struct json j = {.out = stdout};
    uint16_t port = 0;
    (void)parse_port(c->port, 0, &port);
    json_open(&j, NULL, '{');
    json_bool(&j, "ok", c->status == EXIT_OK);
    json_number(&j, "exit", c->status);
    json_string(&j, "host", c->host);
    json_number(&j, "port", port);
    json_string(&j, "server_name", c->name);
    json_string(&j, "address", c->main.times.address);
    json_number(&j, "good", (int64_t)count_marks(c, MARK_OK));
    json_number(&j, "warnings", (int64_t)count_marks(c, MARK_WARN));
    json_number(&j, "bad", (int64_t)count_marks(c, MARK_BAD));
    json_number(&j, "connections", c->connections);
    if (c->main.done) {
        json_micros(&j, "handshake_milliseconds", c->main.tls_us);
    }
    json_open(&j, "findings", '[');
    for (size_t i = 0; i < c->findings_count; i++) {
        const struct finding *f = &c->findings[i];
        json_open(&j, NULL, '{');
        json_string(&j, "group", group_title(f->group));
        json_string(&j, "id", f->id);
        json_string(&j, "mark", mark_name(f->mark));
        json_string(&j, "title", f->title);
        json_string(&j, "text", f->text);
        json_close(&j, '}');
    }
    json_close(&j, ']');
    if (c->has_tree) {
        tree_json(&j, &c->tree);
    }
    json_close(&j, '}');
    json_end(&j);
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The report of `patina check` as one HTML file: its style is inside, nothing is loaded from
// elsewhere, no script. Light and dark.
#include <string.h>

#include "check.h"

static const char head[] =
    "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" "
    "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<style>\n"
    ":root{color-scheme:light dark;--bg:#fff;--fg:#1d2327;--dim:#68737d;--line:#e2e6ea;"
    "--ok:#18794e;--warn:#946200;--bad:#c62a2f}\n"
    "@media(prefers-color-scheme:dark){:root{--bg:#14181b;--fg:#e4e8eb;--dim:#93a0ab;"
    "--line:#2b3238;--ok:#4cc38a;--warn:#e2a336;--bad:#ff6b6e}}\n"
    "body{background:var(--bg);color:var(--fg);font:16px/1.5 system-ui,sans-serif;margin:2rem "
    "auto;max-width:56rem;padding:0 1rem}\n"
    "h1{font-size:1.5rem;margin:0}h2{font-size:1.05rem;margin:2rem 0 .4rem}\n"
    "p{margin:.2rem 0}.dim{color:var(--dim)}\n"
    "table{border-collapse:collapse;width:100%}td{border-top:1px solid var(--line);padding:.4rem "
    ".6rem .4rem 0;vertical-align:top}\n"
    "td:first-child{width:4rem;font-weight:600}td:nth-child(2){width:13rem;overflow-wrap:anywhere}"
    "\n.ok{color:var(--ok)}.warn{color:var(--warn)}.bad{color:var(--bad)}.info{color:var(--dim)}\n"
    "ol{list-style:none;margin:.4rem 0;padding:0}li{padding:.15rem 0}li b{font-weight:600}\n"
    "</style>\n";

// What a peer wrote is text and never markup.
static void put_text(FILE *out, const char *text)
{
    for (; *text != '\0'; text++) {
        unsigned char ch = (unsigned char)*text;
        switch (*text) {
        case '&':
            fputs("&amp;", out);
            break;
        case '<':
            fputs("&lt;", out);
            break;
        case '>':
            fputs("&gt;", out);
            break;
        case '"':
            fputs("&quot;", out);
            break;
        default:
            fputc(ch < ' ' || ch == 0x7f ? '?' : *text, out);
        }
    }
}

static void put_tree(FILE *out, const struct tree *t)
{
    fputs("<ol>\n", out);
    for (size_t i = 0; i < t->count; i++) {
        const struct tree_row *row = &t->rows[i];
        fprintf(out, "<li style=\"padding-left:%zu.5rem\"><span class=\"dim\">%s%s</span> <b>",
                i > 0 ? i - 1 : 0, i > 0 ? "\u2514 " : "", row->role);
        put_text(out, row->name);
        fprintf(out, "</b> <span class=\"%s\">", row->bad ? "bad" : "ok");
        put_text(out, row->status);
        fputs("</span></li>\n", out);
    }
    fputs("</ol>\n", out);
}

static void put_group(const struct check *c, enum group group, FILE *out)
{
    bool any = false;
    for (size_t i = 0; i < c->findings_count; i++) {
        const struct finding *f = &c->findings[i];
        if (f->group != group) {
            continue;
        }
        if (!any) {
            fprintf(out, "<h2>%s</h2>\n", group_title(group));
            if (group == GROUP_CERTIFICATE && c->has_tree) {
                put_tree(out, &c->tree);
            }
            fputs("<table>\n", out);
        }
        any = true;
        fprintf(out, "<tr><td class=\"%s\">%s</td><td>", mark_name(f->mark), mark_name(f->mark));
        put_text(out, f->title);
        fputs("</td><td>", out);
        put_text(out, f->text);
        fputs("</td></tr>\n", out);
    }
    if (any) {
        fputs("</table>\n", out);
    }
}

bool write_html(const struct check *c, FILE *out)
{
    char date[16];
    format_date(c->now_s, date);
    fputs(head, out);
    fputs("<title>TLS of ", out);
    put_text(out, c->host);
    fputs("</title>\n<h1>", out);
    put_text(out, c->host);
    fputc(':', out);
    put_text(out, c->port);
    fputs("</h1>\n<p class=\"dim\">", out);
    put_text(out, c->main.times.address);
    fprintf(out,
            " \u00b7 %s \u00b7 patina %s</p>\n<p><span class=\"ok\">%zu ok</span> \u00b7 "
            "<span class=\"warn\">%zu to look at</span> \u00b7 <span class=\"bad\">%zu bad"
            "</span></p>\n",
            date, patina_version_string(), count_marks(c, MARK_OK), count_marks(c, MARK_WARN),
            count_marks(c, MARK_BAD));
    for (int g = 0; g < GROUP_COUNT; g++) {
        put_group(c, (enum group)g, out);
    }
    fputs("</html>\n", out);
    return ferror(out) == 0;
}

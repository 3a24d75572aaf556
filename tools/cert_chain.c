// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// `patina cert chain`: puts certificates in order and draws the path as a tree, with what is left
// of their time.
#include <string.h>

#include "cert.h"

enum { BAR_AT = 41, NAME_MAX = 256 };

static const char *store_label(const struct cert_args *a)
{
    return a->cafile != NULL ? a->cafile : "system store";
}

static const char *role_of(const struct path *p, size_t i)
{
    const struct cert *c = p->steps[i].cert;
    if (i + 1 == p->count && p->count > 1 && c->parsed && x509_is_self_issued(&c->x)) {
        return "root";
    }
    return i == 0 ? "leaf" : "int";
}

static void put_step(const struct cert_args *a, const struct path *p, size_t i)
{
    const struct ui *ui = a->ui;
    const struct path_step *s = &p->steps[i];
    size_t at = i == 0 ? 2 : 2 + 3 * (i - 1);
    ui_pad(ui, 0, at);
    if (i > 0) {
        fputs(ui->unicode ? "\u2514\u2500 " : "`- ", ui->out);
        at += 3;
    }
    at += ui_put(ui, STYLE_DIM, role_of(p, i));
    fputc(' ', ui->out);
    at++;
    char name[NAME_MAX];
    snprintf(name, sizeof(name), "%s", s->cert->name);
    size_t room = BAR_AT - at - 1;
    if (strlen(name) > room && room > 3) {
        snprintf(name + room - 3, 4, "...");
    }
    at += ui_put(ui, STYLE_BOLD, name);
    ui_pad(ui, at, BAR_AT);
    if (!s->cert->parsed) {
        ui_put(ui, STYLE_BAD, "cannot be read\n");
        return;
    }
    const struct x509 *x = &s->cert->x;
    put_bar(ui, x->not_before_s, x->not_after_s, a->now_s);
    char state[96];
    bool good = date_state(x->not_before_s, x->not_after_s, a->now_s, state, sizeof(state));
    state[strcspn(state, "(")] = '\0'; // 80 columns
    fputc(' ', ui->out);
    ui_put(ui, good ? STYLE_PLAIN : STYLE_BAD, state);
    fputc('\n', ui->out);
}

// What is wrong with the path, if anything. NULL: nothing.
static const char *fault(const struct cert_args *a, const struct path *p, char *out, size_t cap)
{
    for (size_t i = 0; i + 1 < p->count; i++) {
        if (p->steps[i].link == LINK_BROKEN) {
            snprintf(out, cap, "the signature on \"%s\" was not made by the key of \"%s\"",
                     p->steps[i].cert->name, p->steps[i + 1].cert->name);
            return out;
        }
    }
    const struct cert *last = p->steps[p->count - 1].cert;
    if (!p->trusted && last->parsed && !x509_is_self_issued(&last->x)) {
        char issuer[256];
        patina_name_text(last->x.issuer, issuer, sizeof(issuer));
        snprintf(out, cap,
                 "it ends there: \"%s\", who issued the last one, is neither in %s nor in "
                 "the %s%s",
                 issuer, a->set.source, a->cafile != NULL ? "roots of " : "", store_label(a));
        return out;
    }
    if (!p->trusted) {
        snprintf(out, cap, "it ends at \"%s\", which vouches for itself and is not in the %s%s",
                 last->name, a->cafile != NULL ? "roots of " : "", store_label(a));
        return out;
    }
    return NULL;
}

static bool is_used(const struct path *p, size_t index)
{
    for (size_t i = 0; i < p->count; i++) {
        if (p->steps[i].index == index) {
            return true;
        }
    }
    return false;
}

static void note(const struct ui *ui, bool good, const char *text)
{
    ui_pad(ui, 0, 2);
    ui_put(ui, good ? STYLE_GOOD : STYLE_BAD, good ? ui_good(ui) : ui_bad(ui));
    fputc(' ', ui->out);
    ui_wrap(ui, STYLE_PLAIN, 5, 5, text);
}

static void put_tree(const struct cert_args *a, const struct path *p)
{
    const struct ui *ui = a->ui;
    char text[1024];
    ui_put(ui, STYLE_BOLD, a->set.source);
    fputc('\n', ui->out);
    for (size_t i = 0; i < p->count; i++) {
        put_step(a, p, i);
    }
    const char *wrong = fault(a, p, text, sizeof(text));
    if (wrong == NULL) {
        snprintf(text, sizeof(text), "complete: it ends at a root of %s%s",
                 a->cafile != NULL ? "" : "the ", store_label(a));
    }
    note(ui, wrong == NULL, text);
    bool ordered = true;
    for (size_t i = 0; i < p->count; i++) {
        ordered = ordered && (p->steps[i].index == i || p->steps[i].index == SIZE_MAX);
    }
    if (!ordered) {
        note(ui, false,
             "not in order: a server is to send its own certificate first, then each "
             "one's issuer (--pem writes them so)");
    }
    for (size_t i = 0; i < a->set.count; i++) {
        const struct cert *last = p->steps[p->count - 1].cert;
        if (!is_used(p, i) && span_equal(last->der, a->set.list[i].der)) {
            snprintf(text, sizeof(text),
                     "certificate %zu is the root itself, which nobody needs: "
                     "who trusts it has it",
                     i + 1);
            note(ui, true, text);
        } else if (!is_used(p, i)) {
            snprintf(text, sizeof(text), "certificate %zu, \"%s\", is no part of it", i + 1,
                     a->set.list[i].name);
            note(ui, false, text);
        }
    }
}

static void json_tree(const struct cert_args *a, const struct path *p, int status)
{
    struct json j = {.out = stdout};
    char text[1024];
    json_open(&j, NULL, '{');
    json_bool(&j, "ok", status == EXIT_OK);
    json_number(&j, "exit", status);
    json_string(&j, "source", a->set.source);
    json_bool(&j, "trusted", p->trusted);
    json_string(&j, "fault", fault(a, p, text, sizeof(text)));
    json_open(&j, "path", '[');
    for (size_t i = 0; i < p->count; i++) {
        const struct path_step *s = &p->steps[i];
        json_open(&j, NULL, '{');
        json_string(&j, "role", role_of(p, i));
        json_string(&j, "name", s->cert->name);
        json_number(&j, "number", s->index == SIZE_MAX ? 0 : (int64_t)s->index + 1);
        if (s->cert->parsed) {
            json_number(&j, "not_before", s->cert->x.not_before_s);
            json_number(&j, "not_after", s->cert->x.not_after_s);
        }
        json_string(&j, "signature",
                    s->link == LINK_FITS     ? "fits"
                    : s->link == LINK_BROKEN ? "wrong"
                                             : "not judged");
        json_close(&j, '}');
    }
    json_close(&j, ']');
    json_open(&j, "unused", '[');
    for (size_t i = 0; i < a->set.count; i++) {
        if (!is_used(p, i)) {
            json_number(&j, NULL, (int64_t)i + 1);
        }
    }
    json_close(&j, ']');
    json_close(&j, '}');
    json_end(&j);
}

int cert_chain(struct cert_args *a)
{
    char text[1024];
    struct path p;
    struct patina_roots *roots = roots_load(a->ui, a->cafile, text, sizeof(text));
    if (roots == NULL) {
        return ui_error(a->ui, a->cafile != NULL ? EXIT_USAGE : EXIT_OTHER, "%s", text);
    }
    path_build(&a->set, path_leaf(&a->set), roots, a->provider, &p);
    int status = fault(a, &p, text, sizeof(text)) == NULL ? EXIT_OK : EXIT_CERTIFICATE;
    if (a->pem) {
        for (size_t i = 0; i < p.count; i++) {
            if (p.steps[i].index != SIZE_MAX) {
                pem_write(stdout, "CERTIFICATE", p.steps[i].cert->der);
            }
        }
    } else if (a->ui->json) {
        json_tree(a, &p, status);
    } else {
        put_tree(a, &p);
    }
    patina_roots_unref(roots);
    return status;
}

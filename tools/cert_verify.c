// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// `patina cert verify`: a chain judged as a connection would judge it, and a refusal explained:
// which certificate, what was wanted, what was found, what would mend it, which rule, and which
// issuers were tried.
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "explain.h"

enum { INDENT = 11, TRIED_MAX = 16 };

struct verify {
    struct cert_args *a;
    struct patina_roots *roots;
    struct patina_crls *crls; // NULL: none were given
    char *ocsp;               // of a file
    patina_span staple;
    struct patina_verifier *verifier;
    struct patina_verify_result result;
    struct failure f;
    struct tree tree;
};

// ---- Lists and answers

// All files of --crl as one set.
static int load_crls(struct verify *v)
{
    const struct cert_args *a = v->a;
    struct patina_crls_options o = PATINA_CRLS_OPTIONS_INIT;
    struct patina_crl_loader *loader = NULL;
    struct patina_report report = {.certificate = -1};
    char why[ERROR_TEXT_MAX];
    size_t len[CRL_FILES_MAX];
    char *texts[CRL_FILES_MAX] = {NULL};
    char *pem = NULL;
    size_t pem_len = 0;
    int status = EXIT_OK;
    for (size_t i = 0; i < a->crls_count && status == EXIT_OK; i++) {
        texts[i] = file_read(a->crls[i], &len[i]);
        if (texts[i] == NULL) {
            status = ui_error(a->ui, EXIT_USAGE, "%s: %s", a->crls[i], strerror(errno));
        } else if (len[i] == 0 || texts[i][0] != 0x30) { // PEM: behind the one before
            char *more = realloc(pem, pem_len + len[i] + 1);
            if (more == NULL) {
                status = ui_error(a->ui, EXIT_OTHER, "no memory");
                break;
            }
            pem = more;
            memcpy(pem + pem_len, texts[i], len[i]);
            pem_len += len[i];
            pem[pem_len++] = '\n';
        }
    }
    o.pem = (patina_span){(const uint8_t *)pem, pem_len};
    patina_err e = status == EXIT_OK ? patina_crl_loader_new(&o, &loader, &report) : PATINA_OK;
    for (size_t i = 0; i < a->crls_count && status == EXIT_OK && e == PATINA_OK; i++) {
        if (len[i] > 0 && texts[i][0] == 0x30) {
            e = patina_crl_loader_feed(loader, (patina_span){(const uint8_t *)texts[i], len[i]},
                                       &report);
        }
    }
    if (status == EXIT_OK && e == PATINA_OK) {
        e = patina_crl_loader_finish(loader, &v->crls, &report);
    }
    if (e != PATINA_OK) {
        error_text(e, &report, why);
        status = ui_error(a->ui, EXIT_USAGE, "--crl: %s", why);
    }
    patina_crl_loader_free(loader);
    free(pem);
    for (size_t i = 0; i < a->crls_count; i++) {
        free(texts[i]);
    }
    return status;
}

static int load_staple(struct verify *v)
{
    const struct cert_args *a = v->a;
    size_t len = 0;
    v->staple = a->set.staple;
    if (a->ocsp == NULL) {
        return EXIT_OK;
    }
    v->ocsp = file_read(a->ocsp, &len);
    v->staple = (patina_span){(const uint8_t *)v->ocsp, len};
    return v->ocsp != NULL ? EXIT_OK
                           : ui_error(a->ui, EXIT_USAGE, "%s: %s", a->ocsp, strerror(errno));
}

// ---- Judging

static int make_verifier(struct verify *v)
{
    const struct cert_args *a = v->a;
    char why[ERROR_TEXT_MAX] = "";
    v->roots = roots_load(a->ui, a->cafile, why, sizeof(why));
    if (v->roots == NULL) {
        return ui_error(a->ui, a->cafile != NULL ? EXIT_USAGE : EXIT_OTHER, "%s", why);
    }
    struct patina_verifier_options o = PATINA_VERIFIER_OPTIONS_INIT;
    o.provider = a->provider;
    o.roots = v->roots;
    o.profile = v->f.web ? PATINA_PROFILE_WEB : PATINA_PROFILE_PRIVATE;
    o.crls = v->crls;
    o.revocation = a->leaf_only ? PATINA_REVOCATION_LEAF_ONLY : 0;
    o.purpose = v->f.client ? PATINA_PURPOSE_CLIENT : PATINA_PURPOSE_SERVER;
    patina_err e = patina_verifier_new(&o, &v->verifier);
    v->f.verifier = v->verifier;
    return e == PATINA_OK ? EXIT_OK : ui_error(a->ui, exit_status_of(e), "%s", patina_err_text(e));
}

static int judge(struct verify *v)
{
    const struct certs *set = &v->a->set;
    patina_span *ders = calloc(set->count, sizeof(*ders));
    if (ders == NULL) {
        return ui_error(v->a->ui, EXIT_OTHER, "no memory");
    }
    for (size_t i = 0; i < set->count; i++) {
        ders[i] = set->list[i].der;
    }
    struct patina_verify_input in = PATINA_VERIFY_INPUT_INIT;
    in.chain = ders;
    in.chain_count = set->count;
    in.name = patina_span_str(v->f.name);
    in.now_s = v->f.now_s;
    in.staple = v->staple;
    v->f.err = patina_verifier_judge(v->verifier, &in, &v->result, &v->f.report);
    free(ders);
    if (v->f.err != PATINA_OK && patina_err_class(v->f.err) != PATINA_CLASS_CERTIFICATE) {
        char text[ERROR_TEXT_MAX];
        error_text(v->f.err, &v->f.report, text);
        return ui_error(v->a->ui, exit_status_of(v->f.err), "%s%s%s",
                        v->f.name != NULL ? v->f.name : "", v->f.name != NULL ? ": " : "", text);
    }
    return EXIT_OK;
}

// A connection also uses the key of the first certificate, to verify the handshake's signature;
// here it is only loaded. False: no row of the provider takes it.
static bool is_usable_key(const struct patina_provider *provider, const struct x509 *x)
{
    for (size_t i = 0; i < provider->verify_algs_count; i++) {
        const struct patina_verify_alg *alg = provider->verify_algs[i];
        struct patina_public_key *key = NULL;
        if (span_equal(alg->key_alg_id, x->key_alg) &&
            alg->load(alg, x->public_key, &key) == PATINA_OK) {
            alg->drop(alg, key);
            return true;
        }
    }
    return false;
}

static void judge_leaf_key(struct verify *v)
{
    const struct cert *leaf = &v->a->set.list[0];
    if (v->f.err == PATINA_OK && leaf->parsed && !is_usable_key(v->a->provider, &leaf->x)) {
        v->f.err = PATINA_ERR_CERT_UNSUPPORTED_KEY;
        v->f.report = (struct patina_report){.err = v->f.err,
                                             .alert = patina_err_alert(v->f.err),
                                             .in_message = 255,
                                             .certificate = 0,
                                             .rfc = 5280,
                                             .rule = "4.1.2.7"};
    }
}

// ---- Which issuers were tried

static const char *link_text(enum link_state link)
{
    return link == LINK_FITS     ? "its key made the signature"
           : link == LINK_BROKEN ? "its key did not make the signature"
                                 : "its key is not accepted, so the signature was not judged";
}

static void try_one(struct lines *out, const struct verify *v, const struct x509 *child,
                    const struct x509 *issuer, const char *from, size_t *count)
{
    if (!x509_names_issuer(child, issuer)) {
        return;
    }
    (*count)++;
    lines_add(out, "%s: %s", from, link_text(link_check(v->a->provider, child, issuer)));
}

static void tried_for(struct lines *out, const struct verify *v, const struct path_step *step)
{
    const struct certs *set = &v->a->set;
    const struct cert *c = step->cert;
    char issuer[256];
    char from[320];
    size_t count = 0;
    patina_name_text(c->x.issuer, issuer, sizeof(issuer));
    const char *cn = strncmp(issuer, "CN=", 3) == 0 ? issuer + 3 : issuer;
    lines_add(out, "*\"%s\" names \"%.*s\" as its issuer:", c->name,
              cn == issuer ? 255 : (int)strcspn(cn, ","), cn);
    for (size_t i = 0; i < set->count && count < TRIED_MAX; i++) {
        if (i != step->index && set->list[i].parsed) {
            snprintf(from, sizeof(from), "certificate %zu", i + 1);
            try_one(out, v, &c->x, &set->list[i].x, from, &count);
        }
    }
    size_t roots = patina_roots_count(v->roots);
    for (size_t i = 0; i < roots && count < TRIED_MAX; i++) {
        struct x509 x;
        if (x509_parse(patina_roots_certificate(v->roots, i), &x)) {
            snprintf(from, sizeof(from), "the root of that name in %s%s",
                     v->a->cafile != NULL ? "" : "the ", store_name(&v->f));
            try_one(out, v, &c->x, &x, from, &count);
        }
    }
    if (count == 0) {
        lines_add(out, "no certificate of that name was given, and none is among the %zu root%s",
                  roots, roots == 1 ? "" : "s");
    }
}

// A line that begins with '*' speaks of a certificate, those below it of its issuers.
static void tried_at_length(const struct verify *v, struct lines *out)
{
    const struct path *p = &v->tree.path;
    for (size_t i = 0; i < p->count; i++) {
        const struct path_step *s = &p->steps[i];
        bool root = s->index == SIZE_MAX || (i + 1 == p->count && p->trusted);
        if (s->cert->parsed && !root) {
            tried_for(out, v, s);
        }
    }
}

// Whether the signatures are what is in question.
static bool is_about_issuers(const struct verify *v)
{
    const struct path *p = &v->tree.path;
    switch ((int)v->f.err) {
    case PATINA_ERR_CERT_UNKNOWN_ISSUER:
    case PATINA_ERR_CERT_SELF_SIGNED:
    case PATINA_ERR_CERT_BAD_SIGNATURE:
        return true;
    default:
        break;
    }
    for (size_t i = 0; i + 1 < p->count; i++) {
        if (p->steps[i].link != LINK_FITS) {
            return true;
        }
    }
    return !p->trusted;
}

// In one sentence, where all is well.
static void tried_shortly(const struct verify *v, struct lines *out)
{
    const struct path *p = &v->tree.path;
    char text[512] = "";
    size_t at = 0;
    for (size_t i = 0; i + 1 < p->count && at < sizeof(text); i++) {
        char issuer[320];
        if (p->steps[i + 1].index == SIZE_MAX) {
            snprintf(issuer, sizeof(issuer), "the root in %s%s", v->a->cafile != NULL ? "" : "the ",
                     store_name(&v->f));
        } else {
            snprintf(issuer, sizeof(issuer), "certificate %zu", p->steps[i + 1].index + 1);
        }
        at +=
            (size_t)snprintf(text + at, sizeof(text) - at, "%s%s as the issuer of certificate %zu",
                             i > 0 ? ", " : "", issuer, p->steps[i].index + 1);
    }
    lines_add(out, "*%s: the signatures are right", text);
}

static void tried(const struct verify *v, struct lines *out)
{
    if (is_about_issuers(v)) {
        tried_at_length(v, out);
    } else {
        tried_shortly(v, out);
    }
}

static void put_tried(const struct verify *v)
{
    const struct ui *ui = v->a->ui;
    struct lines lines = {0};
    tried(v, &lines);
    for (size_t i = 0; i < lines.count; i++) {
        const char *text = lines.list[i];
        bool head = text[0] == '*';
        ui_pad(ui, 0, 2);
        size_t at = 2 + (i == 0 ? ui_put(ui, STYLE_BOLD, "tried:") : 0);
        size_t to = head ? INDENT : INDENT + 2;
        ui_pad(ui, at, to);
        ui_wrap(ui, STYLE_PLAIN, to, to, text + (head ? 1 : 0));
    }
    lines_free(&lines);
}

// ---- Saying it

static void put_head(const struct verify *v, bool good, const char *title, int status)
{
    const struct ui *ui = v->a->ui;
    size_t at = ui_put(ui, good ? STYLE_GOOD : STYLE_BAD, good ? ui_good(ui) : ui_bad(ui));
    fputc(' ', ui->out);
    at += 1 + ui_put(ui, STYLE_BOLD, v->a->set.source);
    ui_pad(ui, at, at + 3);
    at += 3 + ui_put(ui, good ? STYLE_GOOD : STYLE_BAD, title);
    ui_pad(ui, at, 74);
    fprintf(ui->out, "exit %d\n", status);
}

static const char *revocation_text(const struct verify *v)
{
    if (v->crls != NULL && v->staple.len > 0) {
        return "no, by the revocation lists given and the OCSP answer";
    }
    if (v->crls != NULL) {
        return v->a->leaf_only ? "the first one is not, by the revocation lists given"
                               : "none of them, by the revocation lists given";
    }
    return v->staple.len > 0 ? "the first one is not, by its OCSP answer"
                             : "not known: neither a list (--crl) nor an OCSP answer (--ocsp)";
}

static void put_good(const struct verify *v)
{
    const struct ui *ui = v->a->ui;
    char text[512];
    char today[16];
    format_date(v->f.now_s, today);
    snprintf(text, sizeof(text), "good for %s", v->f.name != NULL ? v->f.name : "");
    put_head(v, true, v->f.name != NULL ? text : "good; no name was judged", EXIT_OK);
    tree_put(ui, &v->tree);
    snprintf(text, sizeof(text),
             "as of %s, for %s, by the rules for %s authorities (%u signature%s verified)", today,
             v->f.client ? "clients" : "servers", v->f.web ? "public" : "private",
             (unsigned)v->result.signatures, v->result.signatures == 1 ? "" : "s");
    put_words(ui, "judged:", INDENT, text);
    put_words(ui, "revoked:", INDENT, revocation_text(v));
    if (v->f.name == NULL && !v->f.client) {
        put_words(ui, "not:", INDENT, "whether it is for the server you mean: no --name was given");
    }
}

static void put_bad(const struct verify *v)
{
    const struct ui *ui = v->a->ui;
    struct words w;
    char rule[WORDS_MAX];
    find_words(&v->f, &v->tree, &w);
    put_head(v, false, w.title, exit_status_of(v->f.err));
    tree_put(ui, &v->tree);
    rule_text(ui, &v->f, &w, rule, sizeof(rule));
    put_words(ui, "why:", INDENT, w.why);
    put_words(ui, "where:", INDENT, w.where);
    put_words(ui, "wanted:", INDENT, w.wanted);
    put_words(ui, "found:", INDENT, w.found);
    put_words(ui, "fix:", INDENT, w.fix);
    put_words(ui, "rule:", INDENT, rule);
    put_tried(v);
    put_words(ui, "terms:", INDENT,
              "leaf is the certificate of the server (or client) itself; int and root are those of "
              "the authorities that vouch for it, each for the one above.");
}

static void json_tried(struct json *j, const struct verify *v)
{
    struct lines lines = {0};
    tried(v, &lines);
    json_open(j, "tried", '[');
    for (size_t i = 0; i < lines.count; i++) {
        json_string(j, NULL, lines.list[i] + (lines.list[i][0] == '*' ? 1 : 0));
    }
    json_close(j, ']');
    lines_free(&lines);
}

static void put_json(const struct verify *v)
{
    struct json j = {.out = stdout};
    bool good = v->f.err == PATINA_OK;
    json_open(&j, NULL, '{');
    json_bool(&j, "ok", good);
    json_number(&j, "exit", exit_status_of(v->f.err));
    json_string(&j, "source", v->a->set.source);
    json_string(&j, "server_name", v->f.name);
    json_number(&j, "time", v->f.now_s);
    json_string(&j, "purpose", v->f.client ? "client" : "server");
    json_string(&j, "profile", v->f.web ? "web" : "private");
    if (!good) {
        struct words w;
        find_words(&v->f, &v->tree, &w);
        json_words(&j, &v->f, &w);
    }
    tree_json(&j, &v->tree);
    if (!good) {
        json_tried(&j, v);
    }
    json_number(&j, "revocation_lists", (int64_t)patina_crls_count(v->crls));
    json_bool(&j, "ocsp_answer", v->staple.len > 0);
    json_open(&j, "cost", '{');
    json_number(&j, "signatures", v->result.signatures);
    json_number(&j, "steps", v->result.steps);
    json_number(&j, "comparisons", v->result.comparisons);
    json_close(&j, '}');
    json_close(&j, '}');
    json_end(&j);
}

int cert_verify(struct cert_args *a)
{
    struct verify v = {.a = a};
    const char *profile = a->profile != NULL ? a->profile : a->cafile == NULL ? "web" : "private";
    v.f = (struct failure){
        .name = a->name != NULL      ? a->name
                : a->set.from_server ? a->set.host
                                     : NULL,
        .cafile = a->cafile,
        .chain = &a->set,
        .provider = a->provider,
        .report = {.certificate = -1, .alert = PATINA_ALERT_NONE},
        .now_s = a->now_s,
        .client = a->purpose != NULL && strcmp(a->purpose, "client") == 0,
        .web = strcmp(profile, "web") == 0,
    };
    int status = a->crls_count > 0 ? load_crls(&v) : EXIT_OK;
    if (status == EXIT_OK) {
        status = load_staple(&v);
    }
    if (status == EXIT_OK) {
        status = make_verifier(&v);
    }
    if (status == EXIT_OK) {
        status = judge(&v);
    }
    if (status == EXIT_OK) {
        judge_leaf_key(&v);
        tree_build(&v.f, &v.tree);
        status = exit_status_of(v.f.err);
        if (a->ui->json) {
            put_json(&v);
        } else if (v.f.err != PATINA_OK) {
            put_bad(&v);
        } else if (!a->ui->quiet) {
            put_good(&v);
        }
        tree_free(&v.tree);
    }
    patina_verifier_unref(v.verifier);
    patina_crls_unref(v.crls);
    patina_roots_unref(v.roots);
    free(v.ocsp);
    return status;
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// `patina doctor`: what this build and this machine have. Called by main.c.
#include <stdlib.h>
#include <string.h>
#include <time.h>
#if defined(__x86_64__) || defined(__i386__)
#include <cpuid.h>
#endif
#if defined(__aarch64__) && defined(__linux__)
#include <sys/auxv.h>
#endif

#include "tool.h"

static const char help[] =
    "usage: patina doctor [--json] [--quiet] [--color=auto|always|never]\n"
    "\n"
    "Shows the crypto providers of this build, what of the processor they can use, the system's\n"
    "store of root certificates, and whether the clock is sane. Exit status 0 when TLS can work\n"
    "here, 7 when something it needs is missing.\n";

// ---- The processor.

struct feature {
    const char *name;
    bool there;
};
#define FEATURES_MAX 8

#if defined(__x86_64__) || defined(__i386__)
static size_t features(struct feature out[FEATURES_MAX])
{
    unsigned a = 0, b1 = 0, c1 = 0, d = 0, b7 = 0, c7 = 0, b = 0;
    if (__get_cpuid(1, &a, &b1, &c1, &d) == 0) {
        c1 = 0;
    }
    if (__get_cpuid_count(7, 0, &a, &b7, &c7, &d) == 0) {
        b7 = c7 = 0;
    }
    (void)b;
    const struct feature found[] = {
        {"AES-NI", ((c1 >> 25) & 1) != 0},  {"PCLMUL", ((c1 >> 1) & 1) != 0},
        {"AVX2", ((b7 >> 5) & 1) != 0},     {"VAES", ((c7 >> 9) & 1) != 0},
        {"AVX-512", ((b7 >> 16) & 1) != 0}, {"SHA-NI", ((b7 >> 29) & 1) != 0},
    };
    memcpy(out, found, sizeof(found));
    return sizeof(found) / sizeof(found[0]);
}
#elif defined(__aarch64__) && defined(__linux__)
static size_t features(struct feature out[FEATURES_MAX])
{
    unsigned long caps = getauxval(AT_HWCAP);
    const struct feature found[] = {
        {"NEON", ((caps >> 1) & 1) != 0},
        {"AES", ((caps >> 3) & 1) != 0},
        {"PMULL", ((caps >> 4) & 1) != 0},
        {"SHA-2", ((caps >> 6) & 1) != 0},
    };
    memcpy(out, found, sizeof(found));
    return sizeof(found) / sizeof(found[0]);
}
#else
static size_t features(struct feature out[FEATURES_MAX])
{
    (void)out;
    return 0;
}
#endif

// ---- Output. A check is a line for people and a member for programs.

struct doctor {
    struct ui *ui;
    struct json json;
    bool healthy;
};

static void line(const struct doctor *d, bool ok, const char *label, const char *text)
{
    const struct ui *ui = d->ui;
    if (ui->json || (ui->quiet && ok)) {
        return;
    }
    size_t at = ui_put(ui, ok ? STYLE_GOOD : STYLE_BAD, ok ? ui_good(ui) : ui_bad(ui));
    ui_pad(ui, at, 3);
    at = 3 + ui_put(ui, STYLE_DIM, label);
    ui_pad(ui, at, 15);
    ui_put(ui, STYLE_PLAIN, text);
    fputc('\n', ui->out);
}

static void add_word(char *text, size_t cap, const char *word)
{
    size_t len = strlen(text);
    snprintf(text + len, cap - len, "%s%s", len > 0 ? " " : "", word);
}

static bool has_hybrid(const struct patina_provider *p)
{
    bool mlkem = false;
    bool x25519 = false;
    for (size_t i = 0; i < p->groups_count; i++) {
        mlkem = mlkem || p->groups[i]->id == 0x0201;
        x25519 = x25519 || p->groups[i]->id == 0x001d;
    }
    return mlkem && x25519;
}

static bool check_provider(struct doctor *d, const char *name)
{
    const struct patina_provider *p = provider_by_name(name);
    char text[512] = "";
    if (d->ui->json) {
        json_open(&d->json, NULL, '{');
        json_string(&d->json, "name", name);
        json_bool(&d->json, "available", p != NULL);
    }
    if (p != NULL) {
        char first[200];
        snprintf(first, sizeof(first), "%s%s", p->version,
                 has_hybrid(p)                  ? ", post-quantum"
                 : strcmp(name, "openssl") == 0 ? ", no post-quantum (needs 3.5)"
                                                : ", no post-quantum");
        add_word(text, sizeof(text), first);
        if (d->ui->json) {
            json_string(&d->json, "version", p->version);
            json_bool(&d->json, "post_quantum", has_hybrid(p));
            json_bool(&d->json, "fips", p->fips != NULL && p->fips(p));
            json_number(&d->json, "suites", (int64_t)p->suites_count);
            json_open(&d->json, "groups", '[');
            for (size_t i = 0; i < p->groups_count; i++) {
                json_string(&d->json, NULL, p->groups[i]->name);
            }
            json_close(&d->json, ']');
        }
        line(d, true, name, text);
        patina_provider_unref(p);
    } else if (!d->ui->json && !d->ui->quiet) {
        const struct ui *ui = d->ui;
        ui_pad(ui, 0, 3);
        size_t at = 3 + ui_put(ui, STYLE_DIM, name);
        ui_pad(ui, at, 15);
        ui_put(ui, STYLE_DIM, "not in this build");
        fputc('\n', ui->out);
    }
    if (d->ui->json) {
        json_close(&d->json, '}');
    }
    return p != NULL;
}

static void check_providers(struct doctor *d)
{
    if (d->ui->json) {
        json_open(&d->json, "providers", '[');
    }
    bool awslc = check_provider(d, "awslc");
    bool openssl = check_provider(d, "openssl");
    if (d->ui->json) {
        json_close(&d->json, ']');
    }
    if (!awslc && !openssl) {
        d->healthy = false;
        line(d, false, "providers", "none: TLS cannot work");
    }
}

static void check_processor(struct doctor *d)
{
    struct feature list[FEATURES_MAX] = {{NULL, false}};
    size_t count = features(list);
    char has[200] = "";
    char lacks[200] = "";
    for (size_t i = 0; i < count; i++) {
        add_word(list[i].there ? has : lacks, sizeof(has), list[i].name);
    }
    if (d->ui->json) {
        json_open(&d->json, "processor", '{');
        for (size_t i = 0; i < count; i++) {
            json_bool(&d->json, list[i].name, list[i].there);
        }
        json_close(&d->json, '}');
    }
    char text[512];
    snprintf(text, sizeof(text), "%s%s%s%s", count == 0 ? "features unknown" : has,
             lacks[0] != '\0' ? " (without " : "", lacks, lacks[0] != '\0' ? ")" : "");
    line(d, true, "processor", text);
}

// What of the environment decides where roots are looked for: the usual reason when they are amiss.
static void add_setting(char *text, size_t cap, const char *name, const char *value)
{
    size_t len = strlen(text);
    if (value != NULL && value[0] != '\0') {
        snprintf(text + len, cap - len, ", %s=%s", name, value);
    }
}

static void add_refused(char *text, size_t cap, const struct patina_roots_refused *r)
{
    size_t len = strlen(text);
    char line[32] = "";
    if (r->line != 0) {
        snprintf(line, sizeof(line), ", line %llu", (unsigned long long)r->line);
    }
    if (r->count != 0) {
        snprintf(text + len, cap - len, "; %zu passed over (%s%s: %s)", r->count, r->file, line,
                 patina_err_text(r->err));
    }
}

static void check_trust(struct doctor *d)
{
    struct patina_roots *roots = NULL;
    struct patina_roots_refused refused;
    patina_err e = patina_roots_system(NULL, &roots, &refused);
    size_t count = e == PATINA_OK ? patina_roots_count(roots) : 0;
    const char *file = getenv("SSL_CERT_FILE");
    const char *dir = getenv("SSL_CERT_DIR");
    patina_roots_unref(roots);
    if (d->ui->json) {
        json_open(&d->json, "trust", '{');
        json_number(&d->json, "roots", (int64_t)count);
        json_number(&d->json, "refused", (int64_t)refused.count);
        if (refused.count != 0) {
            json_string(&d->json, "refused_file", refused.file);
            json_number(&d->json, "refused_line", (int64_t)refused.line);
            json_string(&d->json, "refused_why", patina_err_name(refused.err));
        }
        json_string(&d->json, "SSL_CERT_FILE", file);
        json_string(&d->json, "SSL_CERT_DIR", dir);
        json_close(&d->json, '}');
    }
    char text[1024];
    if (count > 0) {
        snprintf(text, sizeof(text), "%zu root certificates", count);
        add_refused(text, sizeof(text), &refused);
    } else {
        snprintf(text, sizeof(text), "%s: install ca-certificates, or use --cafile",
                 patina_err_text(e));
        d->healthy = false;
    }
    add_setting(text, sizeof(text), "SSL_CERT_FILE", file);
    add_setting(text, sizeof(text), "SSL_CERT_DIR", dir);
    line(d, count > 0, "trust store", text);
}

static void check_clock(struct doctor *d)
{
    const struct patina_clock *clock = patina_clock_system();
    int64_t now = 0;
    // No certificate of today is judged rightly by a clock before 2026 or after 2100.
    bool ok = clock->now(clock->user, &now) == PATINA_OK && now > INT64_C(1767225600) &&
              now < INT64_C(4102444800);
    char date[16];
    char text[64];
    format_date(now, date);
    snprintf(text, sizeof(text), "%s%s", date, ok ? "" : ": not plausible, set it");
    d->healthy = d->healthy && ok;
    if (d->ui->json) {
        json_open(&d->json, "clock", '{');
        json_bool(&d->json, "ok", ok);
        json_string(&d->json, "date", date);
        json_close(&d->json, '}');
    }
    line(d, ok, "clock", text);
}

int verb_doctor(struct ui *ui, struct args *a)
{
    const char *value = NULL;
    int option = args_next(a, NULL, 0, ui, &value);
    if (option != ARGS_END) {
        return option == ARGS_BAD ? EXIT_USAGE
                                  : ui_error(ui, EXIT_USAGE, "\"%s\" is one word too many", value);
    }
    if (ui->help) {
        fputs(help, stdout);
        return EXIT_OK;
    }
    ui_begin(ui, stdout);
    struct doctor d = {.ui = ui, .json = {.out = stdout}, .healthy = true};
    char version[64];
    snprintf(version, sizeof(version), "%s, TLS 1.3", patina_version_string());
    line(&d, true, "patina", version);
    if (ui->json) {
        json_open(&d.json, NULL, '{');
        json_string(&d.json, "version", patina_version_string());
    }
    check_providers(&d);
    check_processor(&d);
    check_trust(&d);
    check_clock(&d);
    if (ui->json) {
        json_bool(&d.json, "ok", d.healthy);
        json_close(&d.json, '}');
        json_end(&d.json);
    }
    return d.healthy ? EXIT_OK : EXIT_OTHER;
}

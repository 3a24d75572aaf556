// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// usage: limbo web|private DIVERGENCES   x509-limbo's cases, each judged by the built-in verifier
// in one profile and compared with what the suite expects. A case that is to come out otherwise
// stands in DIVERGENCES with both results and the reason; one that stands there and comes out as
// the suite expects, or with another error, or is no case, fails. Prints TAP, a row a case.
// LIMBO_JSON names another file of the same form than limbo.json of PATINA_CORPORA.
#include "limbo/limbo.h"
#include "vectors/provider.h"

#include "patina/patina.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_CHAIN = 64, MAX_TEXT = 1 << 22, MOST_INTERMEDIATES = 6 };
static const uint8_t code_signing[] = {0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x03};
static const uint8_t email_protection[] = {0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x04};
static const uint8_t time_stamping[] = {0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x08};
static const uint8_t ocsp_signing[] = {0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x09};
#define SPAN_OF(bytes) ((patina_span){(bytes), sizeof(bytes)})

// Of what a case holds, as the library takes it.
struct question {
    const struct patina_provider *provider;
    struct patina_verifier_options options;
    struct patina_verify_input input;
    patina_span chain[MAX_CHAIN];
    uint8_t *der;
};

// PEM texts one after the other.
static patina_span joined(const struct text_list *l)
{
    static char text[MAX_TEXT];
    size_t at = 0;
    for (size_t i = 0; i < l->count; i++) {
        size_t len = strlen(l->list[i]);
        if (len + 1 > sizeof(text) - at) {
            abort();
        }
        memcpy(text + at, l->list[i], len);
        text[at + len] = '\n';
        at += len + 1;
    }
    return (patina_span){(const uint8_t *)text, at};
}

static patina_err read_chain(const struct limbo_case *c, struct question *q)
{
    patina_span pem = joined(&c->chain);
    struct patina_pem_block block;
    size_t position = 0;
    size_t used = 0;
    q->der = malloc(pem.len + 1);
    if (q->der == NULL) {
        return PATINA_ERR_NO_MEMORY;
    }
    q->input.chain = q->chain;
    for (;;) {
        patina_mspan room = {q->der + used, pem.len - used};
        patina_err err = patina_pem_read(pem, &position, room, &block);
        if (err != PATINA_OK || block.label.len == 0) {
            return err;
        }
        if (q->input.chain_count == MAX_CHAIN) {
            return PATINA_ERR_TOO_MANY_CERTIFICATES;
        }
        q->chain[q->input.chain_count] = block.der;
        q->input.chain_count++;
        used += block.der.len;
    }
}

// The purposes asked for: a single one of the four that are no purpose of TLS, or TLS's own.
static void read_purposes(const struct limbo_case *c, struct question *q)
{
    const char *word = c->purposes.count > 0 ? c->purposes.list[0] : "";
    q->options.purpose = c->is_client ? PATINA_PURPOSE_CLIENT : PATINA_PURPOSE_SERVER;
    if (strcmp(word, "clientAuth") == 0) {
        q->options.purpose = PATINA_PURPOSE_CLIENT;
    } else if (strcmp(word, "serverAuth") == 0) {
        q->options.purpose = PATINA_PURPOSE_SERVER;
    } else if (strcmp(word, "codeSigning") == 0) {
        q->options.own_eku = SPAN_OF(code_signing);
    } else if (strcmp(word, "emailProtection") == 0) {
        q->options.own_eku = SPAN_OF(email_protection);
    } else if (strcmp(word, "timeStamping") == 0) {
        q->options.own_eku = SPAN_OF(time_stamping);
    } else if (strcmp(word, "OCSPSigning") == 0) {
        q->options.own_eku = SPAN_OF(ocsp_signing);
    } else if (*word != '\0' && strcmp(word, "anyExtendedKeyUsage") != 0) {
        (void)fprintf(stderr, "%s: purpose %s\n", c->id, word);
        abort();
    }
}

static void read_depth(const struct limbo_case *c, struct question *q)
{
    if (c->max_depth == 0) {
        q->options.max_intermediates = PATINA_NO_INTERMEDIATES;
    } else if (c->max_depth > 0) {
        q->options.max_intermediates =
            c->max_depth > MOST_INTERMEDIATES ? MOST_INTERMEDIATES : (uint32_t)c->max_depth;
    }
}

static patina_err read_crls(const struct limbo_case *c, struct question *q)
{
    struct patina_crls_options o = PATINA_CRLS_OPTIONS_INIT;
    if (c->crls.count == 0) {
        return PATINA_OK;
    }
    o.pem = joined(&c->crls);
    return patina_crls_new(&o, &q->options.crls, NULL);
}

// The first error on the way, of whatever class: a root or a list that cannot be used refuses the
// case, too.
static patina_err ask(const struct limbo_case *c, struct question *q, struct patina_report *report)
{
    struct patina_verifier *v = NULL;
    patina_err err = read_chain(c, q);
    if (err == PATINA_OK) {
        err = patina_roots_from_pem(joined(&c->roots), NULL, &q->options.roots, NULL);
    }
    if (err == PATINA_OK) {
        err = read_crls(c, q);
    }
    if (err == PATINA_OK) {
        err = patina_verifier_new(&q->options, &v);
    }
    if (err == PATINA_OK) {
        err = patina_verifier_judge(v, &q->input, NULL, report);
    }
    patina_verifier_unref(v);
    return err;
}

static patina_err judge(const struct limbo_case *c, const struct patina_provider *provider,
                        enum patina_profile profile, struct patina_report *report)
{
    struct question q = {.options = PATINA_VERIFIER_OPTIONS_INIT,
                         .input = PATINA_VERIFY_INPUT_INIT};
    q.options.provider = provider;
    q.options.profile = profile;
    q.input.now_s = c->now_s;
    q.input.name = c->name != NULL ? patina_span_str(c->name) : (patina_span){NULL, 0};
    read_purposes(c, &q);
    read_depth(c, &q);
    patina_err err = ask(c, &q, report);
    patina_roots_unref(q.options.roots);
    patina_crls_unref(q.options.crls);
    free(q.der);
    return err;
}

struct run {
    struct limbo_case *cases;
    size_t cases_count;
    struct divergence divergences[MAX_DIVERGENCES];
    size_t divergences_count;
    size_t right, listed, failed;
};

static void put_case(struct run *r, size_t number, const struct limbo_case *c, patina_err err,
                     const struct patina_report *report)
{
    const char *wanted = c->wants_success ? "SUCCESS" : "FAILURE";
    const char *found = patina_err_name(err);
    struct divergence *d = divergence_find(r->divergences, r->divergences_count, c->id);
    bool right = (err == PATINA_OK) == c->wants_success;
    if (d != NULL) {
        d->used = true;
    }
    if (d == NULL && right) {
        r->right++;
        (void)printf("ok %zu - %s\n# %s\n", number, c->id, found);
    } else if (d != NULL && !right && strcmp(d->expected, wanted) == 0 &&
               strcmp(d->actual, found) == 0) {
        r->listed++;
        (void)printf("ok %zu - diverges %s # SKIP listed: wanted %s, found %s. %s\n", number, c->id,
                     wanted, found, d->reason);
    } else {
        r->failed++;
        (void)printf("not ok %zu - %s\n# wanted %s, found %s%s%s\n# %s\n", number, c->id, wanted,
                     found, d != NULL ? "; its row among the divergences says " : "",
                     d != NULL ? d->actual : "", report->text);
    }
}

static void put_stale(struct run *r, size_t number)
{
    size_t stale = 0;
    for (size_t i = 0; i < r->divergences_count; i++) {
        if (!r->divergences[i].used) {
            (void)printf("# no such case: %s\n", r->divergences[i].id);
            stale++;
        }
    }
    r->failed += stale > 0 ? 1 : 0;
    (void)printf("%sok %zu - every divergence is one of a case\n", stale > 0 ? "not " : "", number);
}

static bool find_file(char *path, size_t cap)
{
    const char *own = getenv("LIMBO_JSON");
    const char *corpora = getenv("PATINA_CORPORA");
    int len = own != NULL && *own != '\0'
                  ? snprintf(path, cap, "%s", own)
                  : snprintf(path, cap, "%s/limbo.json", corpora != NULL ? corpora : "");
    FILE *f = len > 0 && (size_t)len < cap ? fopen(path, "rb") : NULL;
    if (f != NULL) {
        (void)fclose(f);
    }
    return f != NULL && (own != NULL || corpora != NULL);
}

int main(int argc, char **argv)
{
    static struct run r;
    char path[4096];
    if (argc != 3 || (strcmp(argv[1], "web") != 0 && strcmp(argv[1], "private") != 0)) {
        (void)fprintf(stderr, "usage: limbo web|private DIVERGENCES\n");
        return 2;
    }
    if (!find_file(path, sizeof(path))) {
        (void)printf("1..0 # SKIP no limbo.json: PATINA_CORPORA is not set, or has none\n");
        return 77;
    }
    const struct patina_provider *provider = vectors_provider();
    r.cases = calloc(MAX_CASES, sizeof(*r.cases));
    if (provider == NULL || r.cases == NULL ||
        !limbo_read(path, r.cases, MAX_CASES, &r.cases_count) ||
        !divergences_read(argv[2], r.divergences, MAX_DIVERGENCES, &r.divergences_count)) {
        return 1;
    }
    bool web = strcmp(argv[1], "web") == 0;
    (void)printf("1..%zu\n", r.cases_count + 1);
    for (size_t i = 0; i < r.cases_count; i++) {
        struct patina_report report = {0};
        patina_err err = judge(&r.cases[i], provider,
                               web ? PATINA_PROFILE_WEB : PATINA_PROFILE_PRIVATE, &report);
        put_case(&r, i + 1, &r.cases[i], err, &report);
    }
    put_stale(&r, r.cases_count + 1);
    (void)printf("#| profile %s: %zu cases, %zu as expected, %zu listed divergences, %zu failed\n",
                 argv[1], r.cases_count, r.right, r.listed, r.failed);
    patina_provider_unref(provider);
    limbo_free(r.cases, r.cases_count);
    free(r.cases);
    return r.failed == 0 ? 0 : 1;
}

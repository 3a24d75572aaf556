// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// `patina cert show|verify|chain|lint|fp|pem|der`: its command line. One file a verb below.
#include <string.h>
#include <time.h>

#include "cert.h"

static const char help[] =
    "usage: patina cert show   WHAT [--index N] [--at TIME]\n"
    "       patina cert verify WHAT [--name NAME] [--cafile FILE] [--purpose server|client]\n"
    "                               [--profile web|private] [--at TIME] [--crl FILE ...]\n"
    "                               [--ocsp FILE] [--leaf-only]\n"
    "       patina cert chain  WHAT [--cafile FILE] [--at TIME] [--pem]\n"
    "       patina cert lint   WHAT [--index N]\n"
    "       patina cert fp     WHAT [--index N]\n"
    "       patina cert pem    WHAT [--index N] [--out FILE]\n"
    "       patina cert der    WHAT [--index N] [--out FILE]\n"
    "\n"
    "WHAT is a file with certificates (PEM, any number of them, or DER), - for standard input, or\n"
    "HOST:PORT for the certificates a server sends.\n"
    "\n"
    "  show     everything a certificate says\n"
    "  verify   judges a chain as a TLS connection would, and says why it is refused:\n"
    "           the first certificate is the server's own, the others lead to a root\n"
    "  chain    puts them in order, as a tree with what is left of their time\n"
    "  lint     what RFC 5280 and the rules of public authorities ask of an issuer\n"
    "  fp       SHA-256 of the certificate and of its key, also as a pin\n"
    "  pem der  converts\n"
    "\n"
    "  --name NAME       the server's name (or address) that is to be in the certificate;\n"
    "                    HOST when WHAT is a server\n"
    "  --cafile FILE     trust the roots of this file instead of the system's store\n"
    "  --purpose P       server (unless given) or client\n"
    "  --profile P       web: what public authorities must keep to; private: what protects\n"
    "                    who relies on it (web with the system's store, else private)\n"
    "  --crl FILE        revocation lists, PEM or DER; each certificate below the root must\n"
    "                    then be known not to be revoked; may be repeated\n"
    "  --leaf-only       with --crl: the first certificate alone\n"
    "  --ocsp FILE       the OCSP answer (DER) that the server would staple\n"
    "  --at TIME         judge as of then: 2026-11-21, 2026-11-21T10:00:00Z, or @SECONDS\n"
    "  --index N         only the N-th certificate of WHAT, counted from 1\n"
    "  --pem             chain: write the ordered chain as PEM instead\n"
    "  --out FILE        write there; what is there is kept\n"
    "  --timeout S       for reaching a server (10)\n"
    "  --provider NAME   awslc or openssl\n"
    "  --json  --quiet  --color=auto|always|never  --help\n"
    "\n"
    "exit status: 0 ok, 1 usage, 2 DNS or TCP, 3 TLS, 4 certificate or name, 5 revoked,\n"
    "6 time-out, 7 other\n";

enum verb_bit {
    V_SHOW = 1 << 0,
    V_VERIFY = 1 << 1,
    V_CHAIN = 1 << 2,
    V_FP = 1 << 3,
    V_PEM = 1 << 4,
    V_DER = 1 << 5,
    V_LINT = 1 << 6,
    V_ALL = (1 << 7) - 1
};
static const struct {
    const char *name;
    unsigned bit;
    int (*run)(struct cert_args *a);
} verbs[] = {
    {"show", V_SHOW, cert_show},    {"verify", V_VERIFY, cert_verify},
    {"chain", V_CHAIN, cert_chain}, {"lint", V_LINT, cert_lint},
    {"fp", V_FP, cert_fp},          {"pem", V_PEM, cert_convert},
    {"der", V_DER, cert_convert},
};
#define VERBS (sizeof(verbs) / sizeof(verbs[0]))

enum {
    O_NAME,
    O_CAFILE,
    O_PURPOSE,
    O_PROFILE,
    O_CRL,
    O_LEAF_ONLY,
    O_OCSP,
    O_AT,
    O_INDEX,
    O_PEM,
    O_OUT,
    O_TIMEOUT,
    O_PROVIDER,
    O_COUNT
};
static const struct option options[O_COUNT] = {
    [O_NAME] = {"--name", true},         [O_CAFILE] = {"--cafile", true},
    [O_PURPOSE] = {"--purpose", true},   [O_PROFILE] = {"--profile", true},
    [O_CRL] = {"--crl", true},           [O_LEAF_ONLY] = {"--leaf-only", false},
    [O_OCSP] = {"--ocsp", true},         [O_AT] = {"--at", true},
    [O_INDEX] = {"--index", true},       [O_PEM] = {"--pem", false},
    [O_OUT] = {"--out", true},           [O_TIMEOUT] = {"--timeout", true},
    [O_PROVIDER] = {"--provider", true},
};
static const unsigned option_verbs[O_COUNT] = {
    [O_NAME] = V_VERIFY,
    [O_CAFILE] = V_VERIFY | V_CHAIN,
    [O_PURPOSE] = V_VERIFY,
    [O_PROFILE] = V_VERIFY,
    [O_CRL] = V_VERIFY,
    [O_LEAF_ONLY] = V_VERIFY,
    [O_OCSP] = V_VERIFY,
    [O_AT] = V_SHOW | V_VERIFY | V_CHAIN,
    [O_INDEX] = V_SHOW | V_LINT | V_FP | V_PEM | V_DER,
    [O_PEM] = V_CHAIN,
    [O_OUT] = V_PEM | V_DER,
    [O_TIMEOUT] = V_ALL,
    [O_PROVIDER] = V_ALL,
};

static bool one_of(const struct ui *ui, const char *option, const char *value, const char *a,
                   const char *b)
{
    if (strcmp(value, a) == 0 || strcmp(value, b) == 0) {
        return true;
    }
    ui_complain(ui, "%s takes %s or %s, not \"%s\"", option, a, b, value);
    return false;
}

static bool read_number(const struct ui *ui, const char *option, const char *value, uint64_t *out)
{
    if (parse_uint(value, 1000000, out) && *out > 0) {
        return true;
    }
    ui_complain(ui, "%s takes a number from 1 on, not \"%s\"", option, value);
    return false;
}

static bool read_option(struct cert_args *a, int option, const char *value)
{
    uint64_t n = 0;
    switch (option) {
    case O_NAME:
        a->name = value;
        return true;
    case O_CAFILE:
        a->cafile = value;
        return true;
    case O_PURPOSE:
        a->purpose = value;
        return one_of(a->ui, "--purpose", value, "server", "client");
    case O_PROFILE:
        a->profile = value;
        return one_of(a->ui, "--profile", value, "web", "private");
    case O_CRL:
        if (a->crls_count == CRL_FILES_MAX) {
            ui_complain(a->ui, "more than %d revocation lists", CRL_FILES_MAX);
            return false;
        }
        a->crls[a->crls_count++] = value;
        return true;
    case O_OCSP:
        a->ocsp = value;
        return true;
    case O_LEAF_ONLY:
        a->leaf_only = true;
        return true;
    case O_AT:
        if (!parse_time(value, &a->now_s)) {
            ui_complain(a->ui,
                        "--at takes 2026-11-21, 2026-11-21T10:00:00Z or @SECONDS, not \"%s\"",
                        value);
            return false;
        }
        a->at = value;
        return true;
    case O_INDEX:
        return read_number(a->ui, "--index", value, &a->index);
    case O_TIMEOUT:
        if (!read_number(a->ui, "--timeout", value, &n)) {
            return false;
        }
        a->timeout_ms = (int64_t)n * 1000;
        return true;
    case O_PEM:
        a->pem = true;
        return true;
    case O_OUT:
        a->out = value;
        return true;
    case O_PROVIDER:
        a->provider_name = value;
        return true;
    default:
        return false;
    }
}

static size_t find_verb(const char *name)
{
    size_t i = 0;
    while (i < VERBS && strcmp(verbs[i].name, name) != 0) {
        i++;
    }
    return i;
}

// EXIT_OK, or what to leave with.
static int read_args(struct cert_args *c, struct args *a)
{
    const char *value = NULL;
    size_t verb = VERBS;
    for (int option = 0; option != ARGS_END;) {
        option = args_next(a, options, O_COUNT, c->ui, &value);
        if (option == ARGS_BAD) {
            return EXIT_USAGE;
        }
        if (option == ARGS_POSITIONAL && c->verb == NULL) {
            verb = find_verb(value);
            if (verb == VERBS) {
                return ui_error(c->ui, EXIT_USAGE, "unknown verb \"%s\" (patina cert --help)",
                                value);
            }
            c->verb = value;
        } else if (option == ARGS_POSITIONAL) {
            if (c->where != NULL) {
                return ui_error(c->ui, EXIT_USAGE, "more than one file: \"%s\"", value);
            }
            c->where = value;
        } else if (option >= 0) {
            if (c->verb == NULL) {
                return ui_error(c->ui, EXIT_USAGE,
                                "say show, verify, chain, lint, fp, pem or der first");
            }
            if ((option_verbs[option] & verbs[verb].bit) == 0) {
                return ui_error(c->ui, EXIT_USAGE, "%s is no option of %s (patina cert --help)",
                                options[option].name, c->verb);
            }
            if (!read_option(c, option, value)) {
                return EXIT_USAGE;
            }
        }
    }
    if (c->ui->help || (c->verb != NULL && c->where != NULL)) {
        return EXIT_OK;
    }
    return ui_error(c->ui, EXIT_USAGE, "%s (patina cert --help)",
                    c->verb == NULL ? "show, verify, chain, lint, fp, pem or der?"
                                    : "which file, or HOST:PORT?");
}

static int run(struct cert_args *c)
{
    c->provider = provider_by_name(c->provider_name);
    if (c->provider == NULL) {
        return ui_error(c->ui, EXIT_USAGE, "this build has no provider \"%s\"",
                        c->provider_name != NULL ? c->provider_name : "at all");
    }
    struct load_options o = {
        .provider = c->provider, .server_name = c->name, .timeout_ms = c->timeout_ms};
    int status = certs_load(c->ui, c->where, &o, &c->set);
    if (status == EXIT_OK && c->index > c->set.count) {
        status = ui_error(c->ui, EXIT_USAGE, "%s has %zu certificate%s, and no number %llu",
                          c->set.source, c->set.count, c->set.count == 1 ? "" : "s",
                          (unsigned long long)c->index);
    }
    return status == EXIT_OK ? verbs[find_verb(c->verb)].run(c) : status;
}

int verb_cert(struct ui *ui, struct args *a)
{
    struct cert_args c = {.ui = ui, .now_s = (int64_t)time(NULL), .timeout_ms = 10000};
    int status = read_args(&c, a);
    if (ui->help) {
        fputs(help, stdout);
        return EXIT_OK;
    }
    if (status == EXIT_OK) {
        ui_begin(ui, stdout);
        status = run(&c);
    }
    certs_free(&c.set);
    patina_provider_unref(c.provider);
    return status;
}

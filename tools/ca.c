// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// `patina ca`: a small certificate authority for tests and development, on the X509 API of the
// crypto library at hand (libcrypto's, which AWS-LC shares). Issuing is not patina's own trade.
// RFC 5280 §4. Its command line; called by main.c.
#include <arpa/inet.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ca.h"

static const char help[] =
    "usage: patina ca init         --dir DIR [--name NAME] [--only NAME ...]\n"
    "       patina ca intermediate --dir DIR --into DIR2 [--name NAME] [--only NAME ...]\n"
    "       patina ca issue        --dir DIR --name NAME [--name ...] [--ip ADDR ...]\n"
    "                              --cert FILE --key FILE [--must-staple]\n"
    "       patina ca client       --dir DIR --name NAME [--email ADDR] [--uri URI]\n"
    "                              --cert FILE --key FILE\n"
    "       patina ca list         --dir DIR\n"
    "       patina ca revoke       --dir DIR (--cert FILE | --serial HEX) [--reason WORD]\n"
    "       patina ca crl          --dir DIR --out FILE [--der]\n"
    "       patina ca ocsp         --dir DIR --cert FILE --out FILE [--delegate]\n"
    "                              [--digest sha1|sha256]\n"
    "\n"
    "A certificate authority for tests and development. `init` makes DIR/ca.pem and "
    "DIR/ca-key.pem;\n"
    "give ca.pem to clients (--cafile). `intermediate` makes another in DIR2 that DIR vouches "
    "for.\n"
    "`issue` makes a server certificate for the names and addresses, and its private key; "
    "`client`\n"
    "one for a client. What was issued can be revoked; `crl` and `ocsp` write what says so, "
    "`ocsp`\n"
    "as a server staples it. No trust store is touched.\n"
    "\n"
    "  --only NAME     of DNS names the authority may vouch for NAME and those below it alone\n"
    "  --days N        days it is valid (3650 for an authority, 90 for a certificate, 7 for a CRL\n"
    "                  and an OCSP answer)\n"
    "  --key-type T    ecdsa (P-256), ecdsa384, rsa (2048 bits), rsa3072, rsa4096, ed25519, or\n"
    "                  mldsa44, mldsa65, mldsa87 where the crypto library has them\n"
    "  --crl-url URL   where the CRL will be; also --ocsp-url URL for OCSP\n"
    "  --must-staple   the server has to staple an OCSP answer (RFC 7633)\n"
    "  --reason WORD   keyCompromise, superseded, cessationOfOperation, ... (unspecified)\n"
    "  --delegate      the OCSP answer is signed by a responder of its own\n"
    "  --expired       one that ended yesterday\n"
    "  --not-yet       one that begins tomorrow\n"
    "  --force         replace files that are already there\n"
    "  --json  --quiet  --color=auto|always|never  --help\n";

enum verb_bit {
    V_INIT = 1 << 0,
    V_INTERMEDIATE = 1 << 1,
    V_ISSUE = 1 << 2,
    V_CLIENT = 1 << 3,
    V_LIST = 1 << 4,
    V_REVOKE = 1 << 5,
    V_CRL = 1 << 6,
    V_OCSP = 1 << 7,
    V_MAKES = V_INIT | V_INTERMEDIATE | V_ISSUE | V_CLIENT
};

static int init(const struct ca *c);
static int intermediate(const struct ca *c);
static int issue(const struct ca *c);

static const struct {
    const char *name;
    unsigned bit;
    int (*run)(const struct ca *c);
} verbs[] = {
    {"init", V_INIT, init},    {"intermediate", V_INTERMEDIATE, intermediate},
    {"issue", V_ISSUE, issue}, {"client", V_CLIENT, issue},
    {"list", V_LIST, ca_list}, {"revoke", V_REVOKE, ca_revoke},
    {"crl", V_CRL, ca_crl},    {"ocsp", V_OCSP, ca_ocsp},
};
#define VERBS (sizeof(verbs) / sizeof(verbs[0]))

enum {
    O_DIR,
    O_INTO,
    O_NAME,
    O_IP,
    O_EMAIL,
    O_URI,
    O_ONLY,
    O_DAYS,
    O_KEY_TYPE,
    O_EXPIRED,
    O_NOT_YET,
    O_CERT,
    O_KEY,
    O_OUT,
    O_SERIAL,
    O_REASON,
    O_DIGEST,
    O_DER,
    O_DELEGATE,
    O_MUST_STAPLE,
    O_CRL_URL,
    O_OCSP_URL,
    O_FORCE,
    O_COUNT
};
static const struct option options[O_COUNT] = {
    [O_DIR] = {"--dir", true},
    [O_INTO] = {"--into", true},
    [O_NAME] = {"--name", true},
    [O_IP] = {"--ip", true},
    [O_EMAIL] = {"--email", true},
    [O_URI] = {"--uri", true},
    [O_ONLY] = {"--only", true},
    [O_DAYS] = {"--days", true},
    [O_KEY_TYPE] = {"--key-type", true},
    [O_EXPIRED] = {"--expired", false},
    [O_NOT_YET] = {"--not-yet", false},
    [O_CERT] = {"--cert", true},
    [O_KEY] = {"--key", true},
    [O_OUT] = {"--out", true},
    [O_SERIAL] = {"--serial", true},
    [O_REASON] = {"--reason", true},
    [O_DIGEST] = {"--digest", true},
    [O_DER] = {"--der", false},
    [O_DELEGATE] = {"--delegate", false},
    [O_MUST_STAPLE] = {"--must-staple", false},
    [O_CRL_URL] = {"--crl-url", true},
    [O_OCSP_URL] = {"--ocsp-url", true},
    [O_FORCE] = {"--force", false},
};
static const unsigned option_verbs[O_COUNT] = {
    [O_DIR] = ~0u,
    [O_INTO] = V_INTERMEDIATE,
    [O_NAME] = V_MAKES,
    [O_IP] = V_ISSUE,
    [O_EMAIL] = V_CLIENT,
    [O_URI] = V_CLIENT | V_ISSUE,
    [O_ONLY] = V_INIT | V_INTERMEDIATE,
    [O_DAYS] = V_MAKES | V_CRL | V_OCSP,
    [O_KEY_TYPE] = V_MAKES,
    [O_EXPIRED] = V_MAKES | V_CRL | V_OCSP,
    [O_NOT_YET] = V_MAKES | V_CRL | V_OCSP,
    [O_CERT] = V_ISSUE | V_CLIENT | V_REVOKE | V_OCSP,
    [O_KEY] = V_ISSUE | V_CLIENT,
    [O_OUT] = V_CRL | V_OCSP,
    [O_SERIAL] = V_REVOKE,
    [O_REASON] = V_REVOKE,
    [O_DIGEST] = V_OCSP,
    [O_DER] = V_CRL,
    [O_DELEGATE] = V_OCSP,
    [O_MUST_STAPLE] = V_ISSUE,
    [O_CRL_URL] = V_INTERMEDIATE | V_ISSUE | V_CLIENT,
    [O_OCSP_URL] = V_INTERMEDIATE | V_ISSUE | V_CLIENT,
    [O_FORCE] = V_MAKES | V_CRL | V_OCSP,
};

// ---- Names

// Labels of 1 to 63 bytes (RFC 1035 §2.3.4), the last may be empty: "a.test.".
static bool has_good_labels(const char *name)
{
    for (;;) {
        size_t len = strcspn(name, ".");
        if (len == 0 || len > 63) {
            return false;
        }
        if (name[len] == '\0' || name[len + 1] == '\0') {
            return true;
        }
        name += len + 1;
    }
}

// A DNS name as a certificate may carry it; a comma or a colon would begin another name.
static bool is_dns_name(const char *name)
{
    size_t len = strlen(name);
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                  "-_.";
    const char *rest = strncmp(name, "*.", 2) == 0 ? name + 2 : name;
    return len <= 253 && has_good_labels(rest) && strspn(rest, allowed) == strlen(rest);
}

static bool is_ip(const char *text)
{
    unsigned char bytes[16];
    return inet_pton(AF_INET, text, bytes) == 1 || inet_pton(AF_INET6, text, bytes) == 1;
}

// What the crypto library would take for more than one value, and what no such name has.
static bool is_plain(const char *text)
{
    for (const char *p = text; *p != '\0'; p++) {
        if (*p <= ' ' || *p > '~' || *p == ',' || *p == ';') {
            return false;
        }
    }
    return text[0] != '\0';
}

static bool append(char list[ALT_NAMES_MAX], const char *kind, const char *value)
{
    size_t len = strlen(list);
    int n = snprintf(list + len, ALT_NAMES_MAX - len, "%s%s:%s", len > 0 ? "," : "", kind, value);
    return n > 0 && (size_t)n < ALT_NAMES_MAX - len;
}

static bool refuse_name(const struct ca *c, const char *value, const char *what)
{
    ui_complain(c->ui, "\"%s\" is not %s%s", value, what,
                is_foreign(value) ? " (write it as xn--...)" : "");
    return false;
}

static bool read_name(struct ca *c, int option, const char *value)
{
    bool server = strcmp(c->verb, "issue") == 0;
    bool ip = option == O_IP || (server && is_ip(value));
    if (c->name == NULL) {
        c->name = value;
    }
    if (!server) {
        return true;
    }
    if ((ip ? is_ip(value) : is_dns_name(value)) &&
        append(c->alt_names, ip ? "IP" : "DNS", value)) {
        return true;
    }
    return refuse_name(c, value, ip ? "an IP address" : "a DNS name");
}

static bool read_other_name(struct ca *c, int option, const char *value)
{
    if (option == O_ONLY) {
        return (is_dns_name(value) && value[0] != '*' &&
                append(c->constraints, "permitted;DNS", value)) ||
               refuse_name(c, value, "a DNS name");
    }
    if (option == O_EMAIL) {
        return (is_plain(value) && strchr(value, '@') != NULL &&
                append(c->alt_names, "email", value)) ||
               refuse_name(c, value, "an address of mail");
    }
    return (is_plain(value) && strchr(value, ':') != NULL && append(c->alt_names, "URI", value)) ||
           refuse_name(c, value, "a URI");
}

// ---- Options.

static bool read_word(struct ca *c, int option, const char *value)
{
    switch (option) {
    case O_DIR:
        c->dir = value;
        return true;
    case O_INTO:
        c->into = value;
        return true;
    case O_KEY_TYPE:
        c->key_type = value;
        return true;
    case O_CERT:
        c->cert = value;
        return true;
    case O_KEY:
        c->key = value;
        return true;
    case O_OUT:
        c->out = value;
        return true;
    case O_SERIAL:
        c->serial = value;
        return true;
    case O_REASON:
        c->reason = value;
        return is_reason(value) || refuse_name(c, value, "a reason (patina ca --help)");
    case O_DIGEST:
        c->digest = value;
        return strcmp(value, "sha1") == 0 || strcmp(value, "sha256") == 0 ||
               refuse_name(c, value, "sha1 or sha256");
    case O_CRL_URL:
        c->crl_url = value;
        return is_plain(value) || refuse_name(c, value, "a URL");
    case O_OCSP_URL:
        c->ocsp_url = value;
        return is_plain(value) || refuse_name(c, value, "a URL");
    default:
        return false;
    }
}

static bool read_option(struct ca *c, int option, const char *value)
{
    switch (option) {
    case O_NAME:
    case O_IP:
        return read_name(c, option, value);
    case O_EMAIL:
    case O_URI:
    case O_ONLY:
        return read_other_name(c, option, value);
    case O_DAYS:
        if (!parse_uint(value, 36500, &c->days) || c->days == 0) {
            ui_complain(c->ui, "--days takes 1 to 36500, not \"%s\"", value);
            return false;
        }
        return true;
    case O_EXPIRED:
        c->expired = true;
        return true;
    case O_NOT_YET:
        c->not_yet = true;
        return true;
    case O_DER:
        c->der = true;
        return true;
    case O_DELEGATE:
        c->delegate = true;
        return true;
    case O_MUST_STAPLE:
        c->must_staple = true;
        return true;
    case O_FORCE:
        c->force = true;
        return true;
    default:
        return read_word(c, option, value);
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

// What each verb cannot do without.
static int check_needs(const struct ca *c, unsigned bit)
{
    bool named = c->alt_names[0] != '\0' || (bit == V_CLIENT && c->name != NULL);
    if ((bit & (V_ISSUE | V_CLIENT)) != 0 && (!named || c->cert == NULL || c->key == NULL)) {
        return ui_error(c->ui, EXIT_USAGE, "%s needs --name%s, --cert and --key", c->verb,
                        bit == V_ISSUE ? " or --ip" : "");
    }
    if (bit == V_INTERMEDIATE && c->into == NULL) {
        return ui_error(c->ui, EXIT_USAGE, "intermediate needs --into DIR2");
    }
    if (bit == V_REVOKE && (c->cert == NULL) == (c->serial == NULL)) {
        return ui_error(c->ui, EXIT_USAGE, "revoke needs --cert FILE or --serial HEX");
    }
    if ((bit & (V_CRL | V_OCSP)) != 0 && c->out == NULL) {
        return ui_error(c->ui, EXIT_USAGE, "%s needs --out FILE", c->verb);
    }
    if (bit == V_OCSP && c->cert == NULL) {
        return ui_error(c->ui, EXIT_USAGE, "ocsp needs --cert FILE: whose status it says");
    }
    if (c->cert != NULL && c->key != NULL && strcmp(c->cert, c->key) == 0) {
        return ui_error(c->ui, EXIT_USAGE, "--cert and --key name the same file");
    }
    return EXIT_OK;
}

static int read_args(struct ca *c, struct args *a)
{
    const char *value = NULL;
    size_t verb = VERBS;
    for (int option = 0; option != ARGS_END;) {
        option = args_next(a, options, O_COUNT, c->ui, &value);
        if (option == ARGS_BAD) {
            return EXIT_USAGE;
        }
        if (option == ARGS_POSITIONAL) {
            verb = c->verb == NULL ? find_verb(value) : VERBS;
            if (verb == VERBS) {
                return ui_error(c->ui, EXIT_USAGE, "unknown verb \"%s\" (patina ca --help)", value);
            }
            c->verb = value;
        }
        if (option >= 0 && c->verb == NULL) {
            return ui_error(c->ui, EXIT_USAGE, "say init, issue, or another verb first");
        }
        if (option >= 0 && (option_verbs[option] & verbs[verb].bit) == 0) {
            return ui_error(c->ui, EXIT_USAGE, "%s is no option of %s (patina ca --help)",
                            options[option].name, c->verb);
        }
        if (option >= 0 && !read_option(c, option, value)) {
            return EXIT_USAGE;
        }
    }
    if (c->ui->help) {
        return EXIT_OK;
    }
    if (c->verb == NULL || c->dir == NULL) {
        return ui_error(c->ui, EXIT_USAGE, "a verb, and --dir DIR (patina ca --help)");
    }
    if (strlen(c->dir) + 32 > PATH_BYTES ||
        (c->into != NULL && strlen(c->into) + 32 > PATH_BYTES)) {
        return ui_error(c->ui, EXIT_USAGE, "--dir is too long");
    }
    return check_needs(c, verbs[verb].bit);
}

// ---- Saying it.

void tick_line(const struct ui *ui, const char *what, const char *text)
{
    ui_put(ui, STYLE_GOOD, ui_good(ui));
    fputc(' ', ui->out);
    size_t at = 2 + ui_put(ui, STYLE_PLAIN, what);
    ui_pad(ui, at, 16);
    ui_put(ui, STYLE_BOLD, text);
    fputc('\n', ui->out);
}

static void report(const struct ca *c, const struct pair *p, const char *cert_path,
                   const char *key_path)
{
    bool leaf = c->alt_names[0] != '\0';
    char serial[SERIAL_MAX] = "";
    (void)serial_text(X509_get0_serialNumber(p->cert), serial);
    if (c->ui->json) {
        struct json j = {.out = stdout};
        json_open(&j, NULL, '{');
        json_bool(&j, "ok", true);
        json_string(&j, "certificate", cert_path);
        json_string(&j, "key", key_path);
        json_string(&j, "serial", serial);
        if (leaf) {
            json_string(&j, "names", c->alt_names);
        }
        json_close(&j, '}');
        json_end(&j);
    } else if (!c->ui->quiet) {
        tick_line(c->ui, "certificate", cert_path);
        tick_line(c->ui, "private key", key_path);
        if (leaf) {
            tick_line(c->ui, "for", c->alt_names);
        }
    }
}

// ---- The verbs that make certificates.

// A folder for an authority, with no key in it yet.
static int prepare_dir(const struct ca *c, const char *dir, char cert[PATH_BYTES],
                       char key[PATH_BYTES])
{
    if (mkdir(dir, 0700) != 0 && errno != EEXIST) {
        return ui_error(c->ui, EXIT_USAGE, "%s: %s", dir, strerror(errno));
    }
    ca_path(dir, "ca.pem", cert);
    ca_path(dir, "ca-key.pem", key);
    if (!c->force && access(key, F_OK) == 0) {
        return ui_error(c->ui, EXIT_USAGE, "%s is already there (--force replaces it)", key);
    }
    return EXIT_OK;
}

static int init(const struct ca *c)
{
    char cert[PATH_BYTES];
    char key[PATH_BYTES];
    struct pair p = {0};
    int status = prepare_dir(c, c->dir, cert, key);
    if (status == EXIT_OK) {
        status = make_pair(c, KIND_ROOT, NULL, &p);
    }
    if (status == EXIT_OK) {
        status = write_pair(c, &p, "", cert, key, NULL);
    }
    if (status == EXIT_OK) {
        report(c, &p, cert, key);
    }
    pair_free(&p);
    return status;
}

static int intermediate(const struct ca *c)
{
    char cert[PATH_BYTES];
    char key[PATH_BYTES];
    char chain_path[PATH_BYTES];
    struct pair above = {0};
    struct pair p = {0};
    char *chain = NULL;
    int status = load_authority(c, &above);
    if (status == EXIT_OK && X509_get_pathlen(above.cert) == 0) {
        status =
            ui_error(c->ui, EXIT_USAGE, "the authority in %s may have no other below it", c->dir);
    }
    if (status == EXIT_OK) {
        status = prepare_dir(c, c->into, cert, key);
        ca_path(c->into, "chain.pem", chain_path);
    }
    if (status == EXIT_OK) {
        status = load_chain(c, &chain);
    }
    if (status == EXIT_OK) {
        status = make_pair(c, KIND_INTERMEDIATE, &above, &p);
    }
    if (status == EXIT_OK) {
        status = write_pair(c, &p, chain, cert, key, chain_path);
    }
    if (status == EXIT_OK) {
        status = add_issued(c, &p, "intermediate");
    }
    if (status == EXIT_OK) {
        report(c, &p, cert, key);
    }
    free(chain);
    pair_free(&p);
    pair_free(&above);
    return status;
}

static int issue(const struct ca *c)
{
    bool client = strcmp(c->verb, "client") == 0;
    struct pair authority = {0};
    struct pair p = {0};
    char *chain = NULL;
    int status = load_authority(c, &authority);
    if (status == EXIT_OK) {
        status = load_chain(c, &chain);
    }
    if (status == EXIT_OK) {
        status = make_pair(c, client ? KIND_CLIENT : KIND_SERVER, &authority, &p);
    }
    if (status == EXIT_OK) {
        status = write_pair(c, &p, chain, c->cert, c->key, NULL);
    }
    if (status == EXIT_OK) {
        status = add_issued(c, &p, client ? "client" : "server");
    }
    if (status == EXIT_OK) {
        report(c, &p, c->cert, c->key);
    }
    free(chain);
    pair_free(&p);
    pair_free(&authority);
    return status;
}

int verb_ca(struct ui *ui, struct args *a)
{
    struct ca *c = calloc(1, sizeof(*c));
    if (c == NULL) {
        return ui_error(ui, EXIT_OTHER, "no memory");
    }
    c->ui = ui;
    int status = read_args(c, a);
    if (ui->help) {
        fputs(help, stdout);
        status = EXIT_OK;
    } else if (status == EXIT_OK) {
        ui_begin(ui, stdout);
        status = verbs[find_verb(c->verb)].run(c);
    }
    free(c);
    return status;
}

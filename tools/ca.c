// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// `patina ca`: a small certificate authority for tests and development, on the X509 API of the
// crypto library at hand (libcrypto's, which AWS-LC shares). Issuing is not patina's own trade.
// RFC 5280 §4. Called by main.c.
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include "tool.h"

static const char help[] =
    "usage: patina ca init  --dir DIR [--name NAME] [--days N] [--key-type T] [--force]\n"
    "       patina ca issue --dir DIR --name NAME [--name ...] [--ip ADDR ...]\n"
    "                       --cert FILE --key FILE [--days N] [--key-type T]\n"
    "                       [--expired | --not-yet] [--force]\n"
    "\n"
    "A certificate authority for tests and development. `init` makes DIR/ca.pem and "
    "DIR/ca-key.pem;\n"
    "give ca.pem to clients (--cafile). `issue` makes a server certificate for the names and\n"
    "addresses, and its private key. No trust store is touched.\n"
    "\n"
    "  --days N        days it is valid (3650 for the authority, 90 for a certificate)\n"
    "  --key-type T    ecdsa (P-256), ecdsa384, rsa (2048 bits), rsa3072 or ed25519\n"
    "  --expired       a certificate that ended yesterday\n"
    "  --not-yet       a certificate that begins tomorrow\n"
    "  --force         replace files that are already there\n"
    "  --json  --quiet  --color=auto|always|never  --help\n";

enum {
    O_DIR,
    O_NAME,
    O_IP,
    O_DAYS,
    O_KEY_TYPE,
    O_EXPIRED,
    O_NOT_YET,
    O_CERT,
    O_KEY,
    O_FORCE,
    O_COUNT
};
static const struct option options[O_COUNT] = {
    [O_DIR] = {"--dir", true},
    [O_NAME] = {"--name", true},
    [O_IP] = {"--ip", true},
    [O_DAYS] = {"--days", true},
    [O_KEY_TYPE] = {"--key-type", true},
    [O_EXPIRED] = {"--expired", false},
    [O_NOT_YET] = {"--not-yet", false},
    [O_CERT] = {"--cert", true},
    [O_KEY] = {"--key", true},
    [O_FORCE] = {"--force", false},
};

#define DAY_S 86400
#define ALT_NAMES_MAX 8192

struct ca {
    struct ui *ui;
    const char *verb, *dir, *name, *key_type, *cert, *key;
    char alt_names[ALT_NAMES_MAX]; // "DNS:a,IP:b"
    uint64_t days;
    bool expired, not_yet, force;
    char ca_cert[4096], ca_key[4096]; // paths
};

// ---- Options.

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

static bool add_alt_name(struct ca *c, const char *kind, const char *value)
{
    size_t len = strlen(c->alt_names);
    int n = snprintf(c->alt_names + len, sizeof(c->alt_names) - len, "%s%s:%s", len > 0 ? "," : "",
                     kind, value);
    return n > 0 && (size_t)n < sizeof(c->alt_names) - len;
}

static bool read_name(struct ca *c, int option, const char *value)
{
    bool issue = strcmp(c->verb, "issue") == 0;
    bool ip = option == O_IP || (issue && is_ip(value));
    if (c->name == NULL) {
        c->name = value;
    }
    if (!issue) {
        return true;
    }
    if ((ip ? is_ip(value) : is_dns_name(value)) && add_alt_name(c, ip ? "IP" : "DNS", value)) {
        return true;
    }
    ui_complain(c->ui, "\"%s\" is not %s%s", value, ip ? "an IP address" : "a DNS name",
                is_foreign(value) ? " (write it as xn--...)" : "");
    return false;
}

static bool read_option(struct ca *c, int option, const char *value)
{
    switch (option) {
    case O_DIR:
        c->dir = value;
        return true;
    case O_NAME:
    case O_IP:
        return read_name(c, option, value);
    case O_DAYS:
        if (!parse_uint(value, 36500, &c->days) || c->days == 0) {
            ui_complain(c->ui, "--days takes 1 to 36500, not \"%s\"", value);
            return false;
        }
        return true;
    case O_KEY_TYPE:
        c->key_type = value;
        return true;
    case O_EXPIRED:
        c->expired = true;
        return true;
    case O_NOT_YET:
        c->not_yet = true;
        return true;
    case O_CERT:
        c->cert = value;
        return true;
    case O_KEY:
        c->key = value;
        return true;
    case O_FORCE:
        c->force = true;
        return true;
    default:
        return false;
    }
}

static int read_args(struct ca *c, struct args *a)
{
    const char *value = NULL;
    for (int option = 0; option != ARGS_END;) {
        option = args_next(a, options, O_COUNT, c->ui, &value);
        if (option == ARGS_BAD) {
            return EXIT_USAGE;
        }
        if (option == ARGS_POSITIONAL) {
            if (c->verb != NULL || (strcmp(value, "init") != 0 && strcmp(value, "issue") != 0)) {
                return ui_error(c->ui, EXIT_USAGE, "\"%s\" is neither init nor issue", value);
            }
            c->verb = value;
        }
        if (option >= 0 && c->verb == NULL) {
            return ui_error(c->ui, EXIT_USAGE, "say init or issue first");
        }
        if (option >= 0 && !read_option(c, option, value)) {
            return EXIT_USAGE;
        }
    }
    if (c->ui->help) {
        return EXIT_OK;
    }
    if (c->verb == NULL || c->dir == NULL) {
        return ui_error(c->ui, EXIT_USAGE, "init or issue, and --dir DIR (patina ca --help)");
    }
    if (strcmp(c->verb, "issue") == 0 &&
        (c->alt_names[0] == '\0' || c->cert == NULL || c->key == NULL)) {
        return ui_error(c->ui, EXIT_USAGE, "issue needs --name or --ip, --cert and --key");
    }
    if (c->cert != NULL && c->key != NULL && strcmp(c->cert, c->key) == 0) {
        return ui_error(c->ui, EXIT_USAGE, "--cert and --key name the same file");
    }
    int n = snprintf(c->ca_cert, sizeof(c->ca_cert), "%s/ca.pem", c->dir);
    int m = snprintf(c->ca_key, sizeof(c->ca_key), "%s/ca-key.pem", c->dir);
    if (n < 0 || m < 0 || (size_t)m >= sizeof(c->ca_key)) {
        return ui_error(c->ui, EXIT_USAGE, "--dir is too long");
    }
    return EXIT_OK;
}

// ---- Keys and certificates.

static EVP_PKEY *generate(int type, int curve, int bits)
{
    EVP_PKEY *key = NULL;
    EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_id(type, NULL);
    bool ok = ctx != NULL && EVP_PKEY_keygen_init(ctx) == 1;
    if (ok && type == EVP_PKEY_EC) {
        ok = EVP_PKEY_CTX_set_ec_paramgen_curve_nid(ctx, curve) == 1;
    } else if (ok && type == EVP_PKEY_RSA) {
        ok = EVP_PKEY_CTX_set_rsa_keygen_bits(ctx, bits) == 1;
    }
    if (!ok || EVP_PKEY_keygen(ctx, &key) != 1) {
        key = NULL;
    }
    EVP_PKEY_CTX_free(ctx);
    return key;
}

static EVP_PKEY *new_key(const struct ca *c)
{
    const char *type = c->key_type != NULL ? c->key_type : "ecdsa";
    if (strcmp(type, "ecdsa") == 0) {
        return generate(EVP_PKEY_EC, NID_X9_62_prime256v1, 0);
    }
    if (strcmp(type, "ecdsa384") == 0) {
        return generate(EVP_PKEY_EC, NID_secp384r1, 0);
    }
    if (strcmp(type, "rsa") == 0 || strcmp(type, "rsa2048") == 0) {
        return generate(EVP_PKEY_RSA, 0, 2048);
    }
    if (strcmp(type, "rsa3072") == 0) {
        return generate(EVP_PKEY_RSA, 0, 3072);
    }
    if (strcmp(type, "ed25519") == 0) {
        return generate(EVP_PKEY_ED25519, 0, 0);
    }
    return NULL;
}

// 127 random bits, positive and never zero (RFC 5280 §4.1.2.2).
static bool set_serial(X509 *x)
{
    BIGNUM *n = BN_new();
    bool ok = n != NULL && BN_rand(n, 127, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY) == 1 &&
              BN_to_ASN1_INTEGER(n, X509_get_serialNumber(x)) != NULL;
    BN_free(n);
    return ok;
}

static bool set_name(X509_NAME *name, const char *text)
{
    // A common name longer than 64 characters is not allowed; the names proper stand elsewhere.
    return strlen(text) > 64 ||
           X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, (const unsigned char *)text, -1,
                                      -1, 0) == 1;
}

static bool add_extension(X509 *x, X509 *issuer, int nid, const char *value)
{
    X509V3_CTX ctx;
    X509V3_set_ctx(&ctx, issuer, x, NULL, NULL, 0);
    X509_EXTENSION *ext = X509V3_EXT_nconf_nid(NULL, &ctx, nid, value);
    bool ok = ext != NULL && X509_add_ext(x, ext, -1) == 1;
    X509_EXTENSION_free(ext);
    return ok;
}

static bool set_dates(const struct ca *c, X509 *x, int64_t days, bool issuing)
{
    int64_t now = (int64_t)time(NULL);
    // Clocks differ; and what has expired since yesterday was valid under its root.
    int64_t from = now - (issuing ? 3600 : 7 * DAY_S);
    int64_t to = now + days * DAY_S;
    if (c->expired) {
        from = now - (days + 1) * DAY_S;
        to = now - DAY_S;
    } else if (c->not_yet) {
        from = now + DAY_S;
        to = from + days * DAY_S;
    }
    return ASN1_TIME_set(X509_getm_notBefore(x), (time_t)from) != NULL &&
           ASN1_TIME_set(X509_getm_notAfter(x), (time_t)to) != NULL;
}

static bool sign(X509 *x, EVP_PKEY *issuer_key)
{
    const EVP_MD *md = EVP_PKEY_id(issuer_key) == EVP_PKEY_ED25519 ? NULL : EVP_sha256();
    return X509_sign(x, issuer_key, md) > 0;
}

static X509 *make_root(const struct ca *c, EVP_PKEY *key)
{
    X509 *x = X509_new();
    const char *name = c->name != NULL ? c->name : "patina development CA";
    bool ok = x != NULL && X509_set_version(x, 2) == 1 && set_serial(x) &&
              set_name(X509_get_subject_name(x), name) &&
              X509_set_issuer_name(x, X509_get_subject_name(x)) == 1 &&
              set_dates(c, x, c->days > 0 ? (int64_t)c->days : 3650, false) &&
              X509_set_pubkey(x, key) == 1 &&
              add_extension(x, x, NID_basic_constraints, "critical,CA:TRUE,pathlen:0") &&
              add_extension(x, x, NID_key_usage, "critical,keyCertSign,cRLSign") &&
              add_extension(x, x, NID_subject_key_identifier, "hash") && sign(x, key);
    if (!ok) {
        X509_free(x);
        return NULL;
    }
    return x;
}

static X509 *make_leaf(const struct ca *c, EVP_PKEY *key, X509 *root, EVP_PKEY *root_key)
{
    X509 *x = X509_new();
    bool ok = x != NULL && X509_set_version(x, 2) == 1 && set_serial(x) &&
              set_name(X509_get_subject_name(x), c->name) &&
              X509_set_issuer_name(x, X509_get_subject_name(root)) == 1 &&
              set_dates(c, x, c->days > 0 ? (int64_t)c->days : 90, true) &&
              X509_set_pubkey(x, key) == 1 &&
              add_extension(x, root, NID_basic_constraints, "critical,CA:FALSE") &&
              add_extension(x, root, NID_key_usage, "critical,digitalSignature") &&
              add_extension(x, root, NID_ext_key_usage, "serverAuth") &&
              add_extension(x, root, NID_subject_key_identifier, "hash") &&
              add_extension(x, root, NID_authority_key_identifier, "keyid") &&
              add_extension(x, root, NID_subject_alt_name, c->alt_names) && sign(x, root_key);
    if (!ok) {
        X509_free(x);
        return NULL;
    }
    return x;
}

// ---- Files.

struct target {
    const char *path;
    mode_t mode;
    int fd;
    bool created;
    struct stat st;
};

// Opens a file to write without touching what it holds. What is there is kept unless --force.
static int open_target(const struct ca *c, struct target *t)
{
    t->fd = open(t->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, t->mode);
    t->created = t->fd >= 0;
    if (t->fd < 0 && errno == EEXIST && c->force) {
        t->fd = open(t->path, O_WRONLY | O_CLOEXEC);
    } else if (t->fd < 0 && errno == EEXIST) {
        return ui_error(c->ui, EXIT_USAGE, "%s is already there (--force replaces it)", t->path);
    }
    if (t->fd < 0 || fstat(t->fd, &t->st) != 0) {
        return ui_error(c->ui, EXIT_USAGE, "%s: %s", t->path, strerror(errno));
    }
    return EXIT_OK;
}

static bool write_target(const struct target *t, BIO *from)
{
    char *data = NULL;
    long len = BIO_get_mem_data(from, &data);
    bool file = S_ISREG(t->st.st_mode);
    // An older file may have had another mode, and more in it.
    bool ok = !file || (fchmod(t->fd, t->mode) == 0 && ftruncate(t->fd, 0) == 0);
    for (long at = 0; ok && at < len;) {
        ssize_t n = write(t->fd, data + at, (size_t)(len - at));
        ok = n > 0 || (n < 0 && errno == EINTR);
        at += n > 0 ? n : 0;
    }
    return ok;
}

static void close_target(const struct target *t, bool keep)
{
    if (t->fd >= 0) {
        close(t->fd);
    }
    if (t->created && !keep) {
        (void)unlink(t->path);
    }
}

// Both files are open before either is written: no key is left behind without its certificate.
static int write_files(const struct ca *c, BIO *cert_pem, BIO *key_pem, const char *cert_path,
                       const char *key_path)
{
    struct target cert = {.path = cert_path, .mode = 0644, .fd = -1};
    struct target key = {.path = key_path, .mode = 0600, .fd = -1};
    int status = open_target(c, &cert);
    if (status == EXIT_OK) {
        status = open_target(c, &key);
    }
    if (status == EXIT_OK && S_ISREG(cert.st.st_mode) && cert.st.st_dev == key.st.st_dev &&
        cert.st.st_ino == key.st.st_ino) {
        status = ui_error(c->ui, EXIT_USAGE, "--cert and --key name the same file");
    }
    if (status == EXIT_OK && (!write_target(&cert, cert_pem) || !write_target(&key, key_pem))) {
        status = ui_error(c->ui, EXIT_OTHER, "%s, %s: %s", cert_path, key_path, strerror(errno));
    }
    close_target(&cert, status == EXIT_OK);
    close_target(&key, status == EXIT_OK);
    return status;
}

static int write_pair(const struct ca *c, X509 *x, EVP_PKEY *key, const char *cert_path,
                      const char *key_path)
{
    BIO *cert_pem = BIO_new(BIO_s_mem());
    BIO *key_pem = BIO_new(BIO_s_mem());
    int status = EXIT_OK;
    if (cert_pem == NULL || key_pem == NULL || PEM_write_bio_X509(cert_pem, x) != 1 ||
        PEM_write_bio_PKCS8PrivateKey(key_pem, key, NULL, NULL, 0, NULL, NULL) != 1) {
        status = ui_error(c->ui, EXIT_OTHER, "the crypto library could not write PEM");
    } else {
        status = write_files(c, cert_pem, key_pem, cert_path, key_path);
    }
    char *secret = NULL;
    long len = key_pem != NULL ? BIO_get_mem_data(key_pem, &secret) : 0;
    if (len > 0) {
        patina_wipe(secret, (size_t)len);
    }
    BIO_free(cert_pem);
    BIO_free(key_pem);
    return status;
}

static BIO *open_pem(const char *path)
{
    size_t len = 0;
    char *text = file_read(path, &len);
    BIO *bio = text != NULL ? BIO_new(BIO_s_mem()) : NULL;
    if (bio != NULL && len > 0 && BIO_write(bio, text, (int)len) != (int)len) {
        BIO_free(bio);
        bio = NULL;
    }
    if (text != NULL) {
        patina_wipe(text, len);
    }
    free(text);
    return bio;
}

static bool load_root(const struct ca *c, X509 **out_root, EVP_PKEY **out_key)
{
    BIO *cert = open_pem(c->ca_cert);
    BIO *key = open_pem(c->ca_key);
    *out_root = cert != NULL ? PEM_read_bio_X509(cert, NULL, NULL, NULL) : NULL;
    *out_key = key != NULL ? PEM_read_bio_PrivateKey(key, NULL, NULL, NULL) : NULL;
    BIO_free(cert);
    BIO_free(key);
    return *out_root != NULL && *out_key != NULL &&
           X509_check_private_key(*out_root, *out_key) == 1;
}

// ---- Saying it.

static void tick_line(const struct ui *ui, const char *what, const char *path)
{
    ui_put(ui, STYLE_GOOD, ui_good(ui));
    fputc(' ', ui->out);
    size_t at = 2 + ui_put(ui, STYLE_PLAIN, what);
    ui_pad(ui, at, 16);
    ui_put(ui, STYLE_BOLD, path);
    fputc('\n', ui->out);
}

static void report(const struct ca *c, const char *cert_path, const char *key_path)
{
    if (c->ui->json) {
        struct json j = {.out = stdout};
        json_open(&j, NULL, '{');
        json_bool(&j, "ok", true);
        json_string(&j, "certificate", cert_path);
        json_string(&j, "key", key_path);
        if (strcmp(c->verb, "issue") == 0) {
            json_string(&j, "names", c->alt_names);
        }
        json_close(&j, '}');
        json_end(&j);
    } else if (!c->ui->quiet) {
        tick_line(c->ui, "certificate", cert_path);
        tick_line(c->ui, "private key", key_path);
        if (strcmp(c->verb, "issue") == 0) {
            tick_line(c->ui, "for", c->alt_names);
        }
    }
}

// ---- The two verbs.

static int init(const struct ca *c)
{
    if (mkdir(c->dir, 0700) != 0 && errno != EEXIST) {
        return ui_error(c->ui, EXIT_USAGE, "%s: %s", c->dir, strerror(errno));
    }
    if (!c->force && access(c->ca_key, F_OK) == 0) {
        return ui_error(c->ui, EXIT_USAGE, "%s is already there (--force replaces it)", c->ca_key);
    }
    EVP_PKEY *key = new_key(c);
    if (key == NULL) {
        return ui_error(c->ui, EXIT_USAGE, "no key of type \"%s\"",
                        c->key_type != NULL ? c->key_type : "ecdsa");
    }
    X509 *root = make_root(c, key);
    int status = root != NULL ? write_pair(c, root, key, c->ca_cert, c->ca_key)
                              : ui_error(c->ui, EXIT_OTHER, "the certificate could not be made");
    X509_free(root);
    EVP_PKEY_free(key);
    if (status == EXIT_OK) {
        report(c, c->ca_cert, c->ca_key);
    }
    return status;
}

static int issue(const struct ca *c)
{
    X509 *root = NULL;
    EVP_PKEY *root_key = NULL;
    EVP_PKEY *key = NULL;
    X509 *leaf = NULL;
    int status = EXIT_OK;
    if (!load_root(c, &root, &root_key)) {
        status = ui_error(c->ui, EXIT_USAGE, "no authority in %s (patina ca init --dir %s)", c->dir,
                          c->dir);
    } else {
        key = new_key(c);
        leaf = key != NULL ? make_leaf(c, key, root, root_key) : NULL;
        status = key == NULL    ? ui_error(c->ui, EXIT_USAGE, "no key of type \"%s\"", c->key_type)
                 : leaf == NULL ? ui_error(c->ui, EXIT_OTHER, "the certificate could not be made")
                                : write_pair(c, leaf, key, c->cert, c->key);
    }
    X509_free(leaf);
    EVP_PKEY_free(key);
    X509_free(root);
    EVP_PKEY_free(root_key);
    if (status == EXIT_OK) {
        report(c, c->cert, c->key);
    }
    return status;
}

int verb_ca(struct ui *ui, struct args *a)
{
    struct ca c = {.ui = ui};
    int status = read_args(&c, a);
    if (ui->help) {
        fputs(help, stdout);
        return EXIT_OK;
    }
    if (status != EXIT_OK) {
        return status;
    }
    ui_begin(ui, stdout);
    return strcmp(c.verb, "init") == 0 ? init(&c) : issue(&c);
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The files of `patina ca`: keys that only their owner may read, nothing overwritten unasked, and
// DIR/issued.txt, the list of what was issued: a line a certificate, fields by tabs.
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <openssl/bio.h>
#include <openssl/pem.h>

#include "ca.h"

void ca_path(const char *dir, const char *name, char out[PATH_BYTES])
{
    snprintf(out, PATH_BYTES, "%s/%s", dir, name);
}

// ---- Writing

#define TARGETS_MAX 4
struct target {
    int fd;
    bool created;
    struct stat st;
};

// Opens a file to write without touching what it holds. What is there is kept unless --force.
static int open_target(const struct ca *c, const struct output_file *file, struct target *t)
{
    t->fd = open(file->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, file->mode);
    t->created = t->fd >= 0;
    if (t->fd < 0 && errno == EEXIST && c->force) {
        t->fd = open(file->path, O_WRONLY | O_CLOEXEC);
    } else if (t->fd < 0 && errno == EEXIST) {
        return ui_error(c->ui, EXIT_USAGE, "%s is already there (--force replaces it)", file->path);
    }
    if (t->fd < 0 || fstat(t->fd, &t->st) != 0) {
        return ui_error(c->ui, EXIT_USAGE, "%s: %s", file->path, strerror(errno));
    }
    return EXIT_OK;
}

static bool write_target(const struct target *t, const struct output_file *file)
{
    bool regular = S_ISREG(t->st.st_mode);
    // An older file may have had another mode, and more in it.
    bool ok = !regular || (fchmod(t->fd, file->mode) == 0 && ftruncate(t->fd, 0) == 0);
    for (size_t at = 0; ok && at < file->len;) {
        ssize_t n = write(t->fd, file->text + at, file->len - at);
        ok = n > 0 || (n < 0 && errno == EINTR);
        at += n > 0 ? (size_t)n : 0;
    }
    return ok;
}

static bool is_same_file(const struct target *a, const struct target *b)
{
    return S_ISREG(a->st.st_mode) && a->st.st_dev == b->st.st_dev && a->st.st_ino == b->st.st_ino;
}

// All files are open before any is written: no key is left behind without its certificate.
int write_files(const struct ca *c, const struct output_file *files, size_t count)
{
    struct target targets[TARGETS_MAX];
    int status = EXIT_OK;
    size_t open_count = 0;
    for (size_t i = 0; i < count && status == EXIT_OK; i++) {
        status = open_target(c, &files[i], &targets[i]);
        open_count++;
        for (size_t k = 0; status == EXIT_OK && k < i; k++) {
            if (is_same_file(&targets[k], &targets[i])) {
                status = ui_error(c->ui, EXIT_USAGE, "%s and %s are the same file", files[k].path,
                                  files[i].path);
            }
        }
    }
    for (size_t i = 0; i < count && status == EXIT_OK; i++) {
        if (!write_target(&targets[i], &files[i])) {
            status = ui_error(c->ui, EXIT_OTHER, "%s: %s", files[i].path, strerror(errno));
        }
    }
    for (size_t i = 0; i < open_count; i++) {
        if (targets[i].fd >= 0) {
            close(targets[i].fd);
        }
        if (targets[i].created && status != EXIT_OK) {
            (void)unlink(files[i].path);
        }
    }
    return status;
}

static struct output_file file_of(BIO *bio, const char *path, mode_t mode)
{
    char *data = NULL;
    long len = BIO_get_mem_data(bio, &data);
    return (struct output_file){
        .path = path, .mode = mode, .text = data, .len = len > 0 ? (size_t)len : 0};
}

static bool put_text(BIO *bio, const char *text)
{
    int len = (int)strlen(text);
    return len == 0 || BIO_write(bio, text, len) == len;
}

int write_pair(const struct ca *c, const struct pair *p, const char *chain, const char *cert_path,
               const char *key_path, const char *chain_path)
{
    BIO *cert = BIO_new(BIO_s_mem());
    BIO *key = BIO_new(BIO_s_mem());
    BIO *above = BIO_new(BIO_s_mem());
    int status = EXIT_OK;
    if (cert == NULL || key == NULL || above == NULL || PEM_write_bio_X509(cert, p->cert) != 1 ||
        (chain_path == NULL ? !put_text(cert, chain)
                            : PEM_write_bio_X509(above, p->cert) != 1 || !put_text(above, chain)) ||
        PEM_write_bio_PKCS8PrivateKey(key, p->key, NULL, NULL, 0, NULL, NULL) != 1) {
        status = ui_error(c->ui, EXIT_OTHER, "the crypto library could not write PEM");
    } else {
        struct output_file files[3] = {file_of(cert, cert_path, 0644), file_of(key, key_path, 0600),
                                       file_of(above, chain_path, 0644)};
        status = write_files(c, files, chain_path != NULL ? 3 : 2);
    }
    char *secret = NULL;
    long len = key != NULL ? BIO_get_mem_data(key, &secret) : 0;
    if (len > 0) {
        patina_wipe(secret, (size_t)len);
    }
    BIO_free(cert);
    BIO_free(key);
    BIO_free(above);
    return status;
}

// ---- Reading

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

int load_authority(const struct ca *c, struct pair *out)
{
    char path[PATH_BYTES];
    ca_path(c->dir, "ca.pem", path);
    BIO *cert = open_pem(path);
    ca_path(c->dir, "ca-key.pem", path);
    BIO *key = open_pem(path);
    out->cert = cert != NULL ? PEM_read_bio_X509(cert, NULL, NULL, NULL) : NULL;
    out->key = key != NULL ? PEM_read_bio_PrivateKey(key, NULL, NULL, NULL) : NULL;
    BIO_free(cert);
    BIO_free(key);
    if (out->cert != NULL && out->key != NULL && X509_check_private_key(out->cert, out->key) == 1) {
        return EXIT_OK;
    }
    return ui_error(c->ui, EXIT_USAGE, "no authority in %s (patina ca init --dir %s)", c->dir,
                    c->dir);
}

X509 *load_certificate(const struct ca *c, const char *path)
{
    errno = 0;
    BIO *bio = open_pem(path);
    X509 *x = bio != NULL ? PEM_read_bio_X509(bio, NULL, NULL, NULL) : NULL;
    if (x == NULL) {
        ui_complain(c->ui, "%s: %s", path,
                    bio == NULL ? strerror(errno) : "no certificate in PEM in it");
    }
    BIO_free(bio);
    return x;
}

// A whole file with a zero behind it; a missing one is empty. NULL with errno.
static char *read_text(const char *path)
{
    size_t len = 0;
    char *text = file_read(path, &len);
    if (text == NULL) {
        return errno == ENOENT ? strdup("") : NULL;
    }
    char *ended = realloc(text, len + 1);
    if (ended == NULL) {
        free(text);
        return NULL;
    }
    ended[len] = '\0';
    return ended;
}

int load_chain(const struct ca *c, char **out)
{
    char path[PATH_BYTES];
    ca_path(c->dir, "chain.pem", path);
    *out = read_text(path);
    return *out != NULL ? EXIT_OK : ui_error(c->ui, EXIT_USAGE, "%s: %s", path, strerror(errno));
}

// ---- The list of what was issued: serial, kind, end, revoked, reason, name.

static bool parse_line(char *line, struct issued *out)
{
    char *fields[6];
    char *rest = line;
    for (size_t i = 0; i < 6; i++) {
        fields[i] = strsep(&rest, "\t");
        if (fields[i] == NULL) {
            return false;
        }
    }
    uint64_t end = 0;
    uint64_t revoked = 0;
    *out = (struct issued){0};
    if (rest != NULL || !parse_uint(fields[2], INT64_MAX, &end) ||
        !parse_uint(fields[3], INT64_MAX, &revoked)) {
        return false;
    }
    snprintf(out->serial, sizeof(out->serial), "%s", fields[0]);
    snprintf(out->kind, sizeof(out->kind), "%s", fields[1]);
    snprintf(out->reason, sizeof(out->reason), "%s", fields[4]);
    snprintf(out->name, sizeof(out->name), "%s", fields[5]);
    out->not_after_s = (int64_t)end;
    out->revoked_s = (int64_t)revoked;
    return true;
}

static int parse_list(const struct ca *c, char *text, const char *path, struct issued_list *out)
{
    char *rest = text;
    for (char *line = strsep(&rest, "\n"); line != NULL; line = strsep(&rest, "\n")) {
        if (line[0] == '\0') {
            continue;
        }
        struct issued *more =
            out->count < ISSUED_MAX ? realloc(out->list, (out->count + 1) * sizeof(*more)) : NULL;
        if (more == NULL) {
            return ui_error(c->ui, EXIT_OTHER, "%s: too long", path);
        }
        out->list = more;
        if (!parse_line(line, &out->list[out->count])) {
            return ui_error(c->ui, EXIT_OTHER, "%s, line %zu: not well-formed", path,
                            out->count + 1);
        }
        out->count++;
    }
    return EXIT_OK;
}

int load_issued(const struct ca *c, struct issued_list *out)
{
    char path[PATH_BYTES];
    *out = (struct issued_list){0};
    ca_path(c->dir, "issued.txt", path);
    char *text = read_text(path);
    if (text == NULL) {
        return ui_error(c->ui, EXIT_USAGE, "%s: %s", path, strerror(errno));
    }
    int status = parse_list(c, text, path, out);
    free(text);
    return status;
}

int save_issued(const struct ca *c, const struct issued_list *list)
{
    char path[PATH_BYTES];
    char new_path[PATH_BYTES];
    ca_path(c->dir, "issued.txt", path);
    ca_path(c->dir, "issued.txt.new", new_path);
    FILE *f = fopen(new_path, "w");
    for (size_t i = 0; f != NULL && i < list->count; i++) {
        const struct issued *e = &list->list[i];
        fprintf(f, "%s\t%s\t%lld\t%lld\t%s\t%s\n", e->serial, e->kind, (long long)e->not_after_s,
                (long long)e->revoked_s, e->reason, e->name);
    }
    bool ok = f != NULL && ferror(f) == 0;
    ok = f != NULL && fclose(f) == 0 && ok && rename(new_path, path) == 0;
    return ok ? EXIT_OK : ui_error(c->ui, EXIT_USAGE, "%s: %s", path, strerror(errno));
}

// As much as fits; tabs and lines are the list's own.
static void copy_line(char *out, size_t cap, const char *text)
{
    size_t i = 0;
    for (; text[i] != '\0' && i + 1 < cap; i++) {
        out[i] = (char)((unsigned char)text[i] < ' ' ? ' ' : text[i]);
    }
    out[i] = '\0';
}

int add_issued(const struct ca *c, const struct pair *p, const char *kind)
{
    struct issued e = {.not_after_s = 0};
    struct issued_list list;
    int64_t days = 0;
    int days_part = 0;
    int seconds_part = 0;
    ASN1_TIME *epoch = ASN1_TIME_set(NULL, 0);
    if (!serial_text(X509_get0_serialNumber(p->cert), e.serial) || epoch == NULL ||
        ASN1_TIME_diff(&days_part, &seconds_part, epoch, X509_get0_notAfter(p->cert)) != 1) {
        ASN1_TIME_free(epoch);
        return ui_error(c->ui, EXIT_OTHER, "the certificate cannot be read back");
    }
    ASN1_TIME_free(epoch);
    days = days_part;
    e.not_after_s = days * 86400 + seconds_part;
    snprintf(e.kind, sizeof(e.kind), "%s", kind);
    copy_line(e.name, sizeof(e.name),
              c->alt_names[0] != '\0' ? c->alt_names
              : c->name != NULL       ? c->name
                                      : "");
    int status = load_issued(c, &list);
    struct issued *more = NULL;
    if (status == EXIT_OK) {
        more = realloc(list.list, (list.count + 1) * sizeof(*more));
        status = more != NULL ? EXIT_OK : ui_error(c->ui, EXIT_OTHER, "no memory");
    }
    if (status == EXIT_OK) {
        list.list = more;
        list.list[list.count++] = e;
        status = save_issued(c, &list);
    }
    free(list.list);
    return status;
}

struct issued *find_issued(const struct issued_list *list, const char *serial)
{
    for (size_t i = 0; i < list->count; i++) {
        if (strcmp(list->list[i].serial, serial) == 0) {
            return &list->list[i];
        }
    }
    return NULL;
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The trust anchors of the system, for patina_roots_system. SSL_CERT_FILE and SSL_CERT_DIR, where
// set, say where they are and nothing else is looked at; else the first bundle found, else the
// first folder.
#define _POSIX_C_SOURCE 200809L // opendir, fileno, fstat

#include "base/limits.h"
#include "base/mem.h"
#include "patina/cert.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const bundles[] = {
    "/etc/ssl/certs/ca-certificates.crt",                // Debian, Ubuntu, Arch, Gentoo, Alpine
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", // Fedora, RHEL, CentOS, Amazon Linux
    "/etc/pki/tls/certs/ca-bundle.crt",                  // older Fedora and RHEL
    "/var/lib/ca-certificates/ca-bundle.pem",            // SUSE
    "/etc/ssl/ca-bundle.pem",                            // openSUSE
    "/etc/pki/tls/cacert.pem",                           // OpenELEC
    "/etc/ssl/cert.pem",                                 // Alpine, FreeBSD, OpenBSD, macOS
    "/usr/local/etc/ssl/cert.pem",                       // FreeBSD
    "/usr/local/share/certs/ca-root-nss.crt",            // FreeBSD, DragonFly
    "/etc/openssl/certs/ca-certificates.crt",            // NetBSD
};

static const char *const folders[] = {
    "/etc/ssl/certs",               // Debian, SUSE; hashed
    "/etc/pki/tls/certs",           // Fedora
    "/usr/share/certs/trusted",     // FreeBSD
    "/etc/openssl/certs",           // NetBSD
    "/system/etc/security/cacerts", // Android
};

enum { MAX_FOLDER_FILES = 8192, PIECE = 16384 };

// The environment, unless the program runs with more rights than who started it.
static const char *from_environment(const char *name)
{
    if (getuid() != geteuid() || getgid() != getegid()) {
        return NULL;
    }
    const char *value = getenv(name);
    return value != NULL && *value != '\0' ? value : NULL;
}

// Everything that was read, as one text, and where each file of it begins.
struct texts {
    struct ptn_buf text;
    struct ptn_buf places; // struct place, its path and a zero, one behind the other
};

struct place {
    size_t start, path_len;
    bool is_der; // its lines are none of the file's
};

static bool note_place(struct texts *t, const char *path, bool is_der)
{
    struct place place = {ptn_buf_len(&t->text), strlen(path), is_der};
    return ptn_buf_append(&t->places, (patina_span){(const uint8_t *)&place, sizeof place}) &&
           ptn_buf_append(&t->places, (patina_span){(const uint8_t *)path, place.path_len + 1});
}

// Turns a place in the text into one in its file.
static void find_file(const struct texts *t, struct patina_roots_refused *refused)
{
    patina_span places = ptn_buf_span(&t->places);
    struct place found = {0};
    const char *path = "";
    for (size_t at = 0; at < places.len;) {
        struct place place;
        memcpy(&place, places.ptr + at, sizeof place);
        if (place.start > refused->position) {
            break;
        }
        found = place;
        path = (const char *)places.ptr + at + sizeof place;
        at += sizeof place + place.path_len + 1;
    }
    (void)snprintf(refused->file, sizeof refused->file, "%s", path);
    uint64_t lines_before = 0;
    for (size_t i = 0; i < found.start; i++) {
        lines_before += ptn_buf_span(&t->text).ptr[i] == '\n' ? 1u : 0u;
    }
    refused->position = found.is_der ? 0 : refused->position - found.start;
    refused->line = found.is_der ? 0 : refused->line - lines_before;
}

static patina_err read_stream(FILE *file, struct ptn_buf *out)
{
    while (!feof(file) && !ferror(file)) {
        uint8_t piece[PIECE];
        size_t got = fread(piece, 1, sizeof piece, file);
        if (!ptn_buf_append(out, (patina_span){piece, got})) {
            return PATINA_ERR_NO_MEMORY;
        }
    }
    return ferror(file) ? PATINA_ERR_FILE : PATINA_OK;
}

// A SEQUENCE with a long length begins as no text does.
static bool is_der(patina_span bytes)
{
    return bytes.len > 2 && bytes.ptr[0] == 0x30 && bytes.ptr[1] >= 0x80;
}

// A certificate as DER becomes one in PEM, so that all files are one text.
static bool append_as_pem(struct ptn_buf *out, patina_span der)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    bool good = ptn_buf_append(out, PTN_SPAN_LITERAL("-----BEGIN CERTIFICATE-----\n"));
    for (size_t at = 0; good && at < der.len; at += 3) {
        size_t left = der.len - at;
        uint32_t bits = (uint32_t)der.ptr[at] << 16;
        bits |= left > 1 ? (uint32_t)der.ptr[at + 1] << 8 : 0;
        bits |= left > 2 ? (uint32_t)der.ptr[at + 2] : 0;
        uint8_t four[5];
        for (size_t i = 0; i < 4; i++) {
            four[i] = (uint8_t)(i <= left ? digits[bits >> (18 - 6 * i) & 63] : '=');
        }
        four[4] = '\n';
        bool ends_line = at % 48 == 45 || left <= 3; // 64 characters a line
        good = ptn_buf_append(out, (patina_span){four, ends_line ? 5 : 4});
    }
    return good && ptn_buf_append(out, PTN_SPAN_LITERAL("-----END CERTIFICATE-----"));
}

static patina_err read_bytes(const char *path, struct ptn_buf *out)
{
    struct stat status;
    if (stat(path, &status) != 0 || !S_ISREG(status.st_mode)) {
        return PATINA_ERR_FILE;
    }
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return PATINA_ERR_FILE;
    }
    patina_err err = read_stream(file, out);
    if (fclose(file) != 0 && err == PATINA_OK) {
        err = PATINA_ERR_FILE;
    }
    return err;
}

// Appends a regular file, PEM or one certificate as DER, and a line end, so that files do not run
// into each other.
static patina_err read_file(const char *path, struct texts *t)
{
    struct ptn_buf file;
    struct ptn_buf *out = &t->text;
    size_t before = ptn_buf_len(out);
    ptn_buf_init(&file, out->alloc, PTN_MAX_PEM_BYTES);
    patina_err err = read_bytes(path, &file);
    if (err == PATINA_OK) {
        patina_span bytes = ptn_buf_span(&file);
        bool good = note_place(t, path, is_der(bytes));
        good = good && (is_der(bytes) ? append_as_pem(out, bytes) : ptn_buf_append(out, bytes));
        good = good && ptn_buf_append(out, PTN_SPAN_LITERAL("\n"));
        err = good ? PATINA_OK : PATINA_ERR_NO_MEMORY;
    }
    if (err != PATINA_OK) {
        ptn_buf_truncate(out, before);
    }
    ptn_buf_clear(&file);
    return err;
}

static bool join_path(char *out, size_t out_size, const char *folder, const char *name)
{
    int len = snprintf(out, out_size, "%s/%s", folder, name);
    return len > 0 && (size_t)len < out_size;
}

// Every file of a folder; in a hashed one the same certificate comes by several names, and the
// roots keep it once. A file that cannot be read is left out.
static patina_err read_folder(const char *path, struct texts *out)
{
    DIR *dir = opendir(path);
    if (dir == NULL) {
        return PATINA_ERR_FILE;
    }
    patina_err err = PATINA_OK;
    size_t files = 0;
    struct dirent *entry = readdir(dir);
    while (entry != NULL && files < MAX_FOLDER_FILES && err == PATINA_OK) {
        char name[4096];
        if (entry->d_name[0] != '.' && join_path(name, sizeof name, path, entry->d_name)) {
            err = read_file(name, out);
            err = err == PATINA_ERR_FILE ? PATINA_OK : err;
            files++;
        }
        entry = readdir(dir);
    }
    (void)closedir(dir);
    return err;
}

// Folders with colons between them, as OpenSSL has it.
static patina_err read_folders(const char *list, struct texts *out)
{
    size_t read = 0;
    while (*list != '\0') {
        char path[4096];
        size_t len = strcspn(list, ":");
        if (len != 0 && len < sizeof path) {
            memcpy(path, list, len);
            path[len] = '\0';
            patina_err err = read_folder(path, out);
            if (err != PATINA_OK && err != PATINA_ERR_FILE) {
                return err;
            }
            read += err == PATINA_OK ? 1u : 0u;
        }
        list += len;
        list += *list == ':' ? 1 : 0;
    }
    return read != 0 ? PATINA_OK : PATINA_ERR_FILE;
}

static patina_err read_default(struct texts *out)
{
    for (size_t i = 0; i < PTN_COUNT(bundles); i++) {
        patina_err err = read_file(bundles[i], out);
        if (err != PATINA_ERR_FILE && (err != PATINA_OK || ptn_buf_len(&out->text) > 1)) {
            return err;
        }
    }
    for (size_t i = 0; i < PTN_COUNT(folders); i++) {
        patina_err err = read_folder(folders[i], out);
        if (err != PATINA_ERR_FILE && (err != PATINA_OK || ptn_buf_len(&out->text) > 1)) {
            return err;
        }
    }
    return PATINA_ERR_NO_ROOTS;
}

static patina_err read_system(struct texts *out)
{
    const char *file = from_environment("SSL_CERT_FILE");
    const char *folder_list = from_environment("SSL_CERT_DIR");
    if (file == NULL && folder_list == NULL) {
        return read_default(out);
    }
    if (file != NULL) {
        PTN_TRY(read_file(file, out));
    }
    return folder_list != NULL ? read_folders(folder_list, out) : PATINA_OK;
}

patina_err patina_roots_system(const struct patina_allocator *alloc, struct patina_roots **out,
                               struct patina_roots_refused *out_refused)
{
    struct patina_roots_refused refused = {0};
    if (out_refused != NULL) {
        *out_refused = refused;
    }
    if (out == NULL) {
        return PATINA_ERR_MISUSE;
    }
    *out = NULL;
    struct texts texts;
    ptn_buf_init(&texts.text, ptn_allocator_or_heap(alloc), PTN_MAX_PEM_BYTES);
    ptn_buf_init(&texts.places, ptn_allocator_or_heap(alloc), PTN_MAX_PEM_BYTES);
    patina_err err = read_system(&texts);
    if (err == PATINA_OK) {
        err = patina_roots_from_pem(ptn_buf_span(&texts.text), alloc, out,
                                    out_refused == NULL ? NULL : &refused);
    }
    if (refused.err != PATINA_OK) {
        find_file(&texts, &refused);
    }
    if (out_refused != NULL) {
        *out_refused = refused;
    }
    ptn_buf_clear(&texts.text);
    ptn_buf_clear(&texts.places);
    return err;
}

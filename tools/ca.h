// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// What the files of `patina ca` share: the command line, keys and certificates (ca_make.c), files
// and the list of what was issued (ca_store.c), CRLs and OCSP answers (ca_status.c). They alone see
// the crypto library's headers.
#ifndef PATINA_TOOL_CA_H
#define PATINA_TOOL_CA_H

#include <openssl/evp.h>
#include <openssl/x509.h>

#include "tool.h"

#define ALT_NAMES_MAX 8192
#define PATH_BYTES 4096
#define SERIAL_MAX 48 // 20 octets in hex

struct ca {
    struct ui *ui;
    const char *verb, *dir, *into, *name, *key_type, *cert, *key, *out, *serial, *reason, *digest;
    const char *ocsp_url, *crl_url;
    char alt_names[ALT_NAMES_MAX];   // "DNS:a,IP:b"
    char constraints[ALT_NAMES_MAX]; // "permitted;DNS:a"
    uint64_t days;
    bool expired, not_yet, force, der, delegate, must_staple;
};

// ---- ca_make.c

struct pair { // a certificate and its key; either may be NULL
    X509 *cert;
    EVP_PKEY *key;
};
void pair_free(struct pair *p);

enum ca_kind { KIND_ROOT = 0, KIND_INTERMEDIATE, KIND_SERVER, KIND_CLIENT, KIND_OCSP };

// `make_pair` makes a key and a certificate for it, signed by `issuer` (NULL: by itself). EXIT_OK,
// or an exit status after a complaint.
int make_pair(const struct ca *c, enum ca_kind kind, const struct pair *issuer, struct pair *out);
bool sign_digest(EVP_PKEY *key, const EVP_MD **out); // NULL for keys that bring their own
// `serial_text` writes a serial number in lower-case hex.
bool serial_text(const ASN1_INTEGER *serial, char out[SERIAL_MAX]);

// ---- ca_store.c

struct output_file {
    const char *path;
    mode_t mode;
    const char *text; // may hold zero bytes
    size_t len;
};
// `write_files` writes all or none of at most four files; what is there is kept unless --force.
int write_files(const struct ca *c, const struct output_file *files, size_t count);
// `write_pair` writes a certificate and its key. `chain` (text; may be empty) are those above it:
// they stand behind the certificate, in `cert_path`, or in `chain_path` when there is one.
int write_pair(const struct ca *c, const struct pair *p, const char *chain, const char *cert_path,
               const char *key_path, const char *chain_path);

void ca_path(const char *dir, const char *name, char out[PATH_BYTES]);
// `load_authority` loads DIR/ca.pem and DIR/ca-key.pem. EXIT_OK, or a status after a complaint.
int load_authority(const struct ca *c, struct pair *out);
// `load_certificate` loads the first certificate of a PEM file; NULL after a complaint.
X509 *load_certificate(const struct ca *c, const char *path);
// `load_chain` reads the text of DIR/chain.pem, the authorities between a leaf and the root, to be
// freed; an empty one for a root. EXIT_OK, or a status after a complaint.
int load_chain(const struct ca *c, char **out);

struct issued {
    char serial[SERIAL_MAX];
    char kind[16];                  // server, client, intermediate
    int64_t not_after_s, revoked_s; // revoked_s 0: not
    char reason[32];
    char name[256];
};
#define ISSUED_MAX 100000
struct issued_list {
    struct issued *list;
    size_t count;
};
int load_issued(const struct ca *c, struct issued_list *out);
int save_issued(const struct ca *c, const struct issued_list *list);
int add_issued(const struct ca *c, const struct pair *p, const char *kind);
struct issued *find_issued(const struct issued_list *list, const char *serial);

void tick_line(const struct ui *ui, const char *what, const char *text);

// ---- ca_status.c

int ca_list(const struct ca *c);
int ca_revoke(const struct ca *c);
int ca_crl(const struct ca *c);
int ca_ocsp(const struct ca *c);
bool is_reason(const char *name);

#endif

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// What the verbs about certificates share: certificates loaded and taken apart, texts of their
// fields, the path they make, the verdict on it in words.
#ifndef PATINA_TOOL_CERT_H
#define PATINA_TOOL_CERT_H

#include "tool.h"

// ---- lines.c: a list of texts, and bytes as text.

#define LINES_MAX 4096
struct lines {
    char **list;
    size_t count;
};
// What does not fit or finds no memory is left out.
void lines_add(struct lines *l, const char *format, ...) __attribute__((format(printf, 2, 3)));
void lines_free(struct lines *l);

// `hex_text` writes "0a:1b"; bytes that do not fit are left out and "..." says so. `base64_text`
// writes as much as fits.
void hex_text(patina_span bytes, char separator, char *out, size_t cap);
void base64_text(patina_span bytes, char *out, size_t cap);

// `pem_write` writes one PEM block. `sha256` hashes by the provider; false: it failed.
void pem_write(FILE *out, const char *label, patina_span der);
bool sha256(const struct patina_provider *provider, patina_span bytes, uint8_t out[32]);

// ---- x509.c: a certificate taken apart (RFC 5280 §4.1) by patina_der_read, leniently: what the
// library would refuse is to be shown, too. All spans borrow from the DER.

struct x509_ext {
    patina_span oid, value;
    bool critical;
};
#define X509_EXTENSIONS_MAX 128
struct x509 {
    unsigned version; // 1 to 3
    patina_span tbs;  // with its header
    patina_span serial, signature_alg, signature;
    patina_span issuer, subject; // with their headers
    int64_t not_before_s, not_after_s;
    patina_span spki; // with its header
    patina_span key_alg, public_key;
    struct x509_ext extensions[X509_EXTENSIONS_MAX];
    size_t extensions_count;
};
bool x509_parse(patina_span der, struct x509 *out);

// `x509_extension` finds one by its dotted OID; NULL: there is none.
const struct x509_ext *x509_extension(const struct x509 *x, const char *oid);

bool span_equal(patina_span a, patina_span b);

// `x509_time` reads UTCTime or GeneralizedTime.
bool x509_time(uint8_t tag, patina_span contents, int64_t *out_s);

bool x509_is_ca(const struct x509 *x);
bool x509_is_self_issued(const struct x509 *x);
// Whether `child` names `issuer` as its issuer, perhaps in other letters and spaces.
bool x509_names_issuer(const struct x509 *child, const struct x509 *issuer);
// The key identifiers, empty where there are none (RFC 5280 §4.2.1.1, §4.2.1.2).
patina_span x509_authority_key_id(const struct x509 *x);
patina_span x509_subject_key_id(const struct x509 *x);

// `key_text` writes "RSA 2048" or "EC P-256", `algorithm_text` the name of a signature algorithm
// (contents of the AlgorithmIdentifier).
void key_text(const struct x509 *x, char *out, size_t cap);
void algorithm_text(patina_span algorithm, char *out, size_t cap);

// ---- oids.c

#define OID_TEXT_MAX 128
// `oid_name` returns what people call an OID, or NULL; `oid_text` writes the name, or the dots.
const char *oid_name(const char *dotted);
void oid_text(patina_span oid, char out[OID_TEXT_MAX]);

// ---- extensions.c: the value of an extension as lines for people. False: it could not be read,
// or nobody here knows it; then the lines are its bytes in hex.

bool extension_lines(const struct x509_ext *e, struct lines *out);
// `extension_is_understood` tells whether the library reads an extension, so that it may be
// critical.
bool extension_is_understood(const char *oid);
// `general_name_text` writes "DNS:a.test"; `constraint` for names in constraints (IP with mask).
void general_name_text(uint8_t tag, patina_span name, bool constraint, char *out, size_t cap);

// ---- load.c: certificates of files, standard input and servers.

#define CERTS_MAX 4096
struct cert {
    patina_span der;
    uint64_t line; // in the PEM text; 0: none
    bool parsed;
    struct x509 x;
    patina_err err;               // of patina_cert_describe: whether the library can read it
    struct patina_cert_info info; // when it can
    char name[256];               // what people call it: the common name, or a name it is for
};
struct certs {
    const char *source; // "chain.pem", "standard input", "example.org:443"
    struct cert *list;
    size_t count;
    char *text;         // memory of the DER
    patina_span staple; // the OCSP answer that the server sent along; empty: none
    bool from_server;
    char host[HOST_MAX], port[PORT_MAX];
    struct dial_times times;
};
struct load_options {
    const struct patina_provider *provider;
    const char *server_name; // for HOST:PORT: the name to ask for, or NULL
    int64_t timeout_ms;
};
// `certs_load` reads PEM or DER of a file, "-" or HOST:PORT. EXIT_OK, or an exit status after a
// complaint. `certs_free` in any case.
int certs_load(const struct ui *ui, const char *where, const struct load_options *o,
               struct certs *out);
int certs_read(const struct ui *ui, const char *path, struct certs *out); // files alone
void certs_free(struct certs *c);
// `certs_of_chain` takes a peer's chain apart; it borrows from it. NULL gives none.
int certs_of_chain(const struct patina_chain *chain, struct certs *out);
// A certificate from elsewhere (a root), taken apart; `der` is borrowed.
void cert_fill(struct cert *out, patina_span der);

// ---- path.c: the path from a certificate up, by names, key identifiers and signatures.

enum link_state { LINK_UNKNOWN = 0, LINK_FITS, LINK_BROKEN };

#define PATH_MAX_CERTS 10
struct path_step {
    const struct cert *cert;
    size_t index;         // in the set, counted from 0; SIZE_MAX: a root of the store
    enum link_state link; // its signature by the next step's key; the last one's by its own
};
struct path {
    struct path_step steps[PATH_MAX_CERTS];
    size_t count;
    bool trusted;     // the last one is a root of the store
    struct cert root; // memory of a step from the store
};
// `path_build` begins with certificate `first`. `roots` NULL: none are known.
void path_build(const struct certs *set, size_t first, const struct patina_roots *roots,
                const struct patina_provider *provider, struct path *out);
// `path_leaf` finds the certificate that issued none of the others: an end entity where there is
// one.
size_t path_leaf(const struct certs *set);
// `link_check` tells whether `issuer`'s key made `child`'s signature.
enum link_state link_check(const struct patina_provider *provider, const struct x509 *child,
                           const struct x509 *issuer);

// ---- dates.c

// `date_distance` writes how far two times are from each other, as people say it: "3 days".
void date_distance(int64_t seconds, char out[32]);
// `date_state` says "until 2027-01-01", "ended 2026-10-02 (49 days ago)", "begins ...". True: good.
bool date_state(int64_t not_before_s, int64_t not_after_s, int64_t now_s, char *out, size_t cap);
// `parse_time` reads "2026-11-21", "2026-11-21T10:00:00Z" or "@1763719200".
bool parse_time(const char *text, int64_t *out_s);
// `put_bar` writes how much of a validity has gone, `BAR_WIDTH` columns; returns its width.
#define BAR_WIDTH 20
size_t put_bar(const struct ui *ui, int64_t not_before_s, int64_t not_after_s, int64_t now_s);

// ---- The verbs below `patina cert`.

#define CRL_FILES_MAX 16
struct cert_args {
    struct ui *ui;
    const char *verb, *where;
    const char *cafile, *name, *at, *purpose, *profile, *out, *provider_name;
    const char *crls[CRL_FILES_MAX], *ocsp;
    size_t crls_count;
    uint64_t index; // 0: all
    int64_t now_s, timeout_ms;
    bool pem, leaf_only;
    const struct patina_provider *provider;
    struct certs set;
};
int cert_show(struct cert_args *a);
int cert_fp(struct cert_args *a);
int cert_convert(struct cert_args *a); // pem and der
int cert_chain(struct cert_args *a);
int cert_verify(struct cert_args *a);
int cert_lint(struct cert_args *a);
// `lint_count` counts what cert_lint would say of one.
void lint_count(const struct cert *c, size_t *out_bad, size_t *out_warnings);

#endif

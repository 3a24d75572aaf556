// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Failures in plain words: the chain as a tree (tree.c), the words for a refused certificate
// (words.c), for everything else, and where they are put (explain.c).
#ifndef PATINA_TOOL_EXPLAIN_H
#define PATINA_TOOL_EXPLAIN_H

#include "cert.h"

struct failure {
    const char *host, *port;   // reached; NULL: the chain is out of a file
    const char *name;          // that was to be verified; NULL: none
    const char *cafile;        // NULL: the system's store
    const struct certs *chain; // leaf first; none: no certificate was seen
    const struct patina_provider *provider;
    const struct patina_verifier *verifier; // asked again, for what else is wrong; may be NULL
    patina_err err;
    struct patina_report report;
    int error_number; // errno, or 0
    int64_t now_s;
    bool client, web; // purpose and profile
    bool half_closed; // our close_notify went out before
};

// ---- tree.c

#define TREE_ROWS (PATH_MAX_CERTS + 2)
struct tree_row {
    char role[8]; // leaf, int, root; issuer: one that was not found; other: not on the path
    char name[256], status[128];
    bool bad;
    const struct cert *cert; // NULL: not known
};
struct tree {
    struct tree_row rows[TREE_ROWS];
    size_t count;
    size_t failed;     // the row of the certificate that failed; SIZE_MAX: none
    bool rest_is_fine; // all but the failing rule holds
    struct path path;
    struct patina_roots *roots; // owned; NULL: they could not be loaded
};
// `tree_build` finds the path and what is to be said of each certificate; `tree_free` after it.
void tree_build(const struct failure *f, struct tree *out);
void tree_free(struct tree *t);
void tree_put(const struct ui *ui, const struct tree *t);
void tree_json(struct json *j, const struct tree *t);
const char *store_name(const struct failure *f); // "system store", or the file's last part

// ---- words.c

#define WORDS_MAX 640
struct words {
    char title[48];
    char why[WORDS_MAX];    // what is wrong
    char where[WORDS_MAX];  // which certificate
    char wanted[WORDS_MAX]; // empty where there is nothing to compare
    char found[WORDS_MAX];
    char fix[WORDS_MAX];
    char rule[WORDS_MAX]; // what the rule says
};
void certificate_words(const struct failure *f, const struct tree *t, struct words *w);

// ---- explain.c

// `explain_failure` writes what went wrong, with the chain as a tree, why, and what would mend it.
// Returns the exit status.
int explain_failure(const struct ui *ui, const struct failure *f);
// `json_failure` does the same for programs, into an open object.
int json_failure(struct json *j, const struct failure *f);
// `find_words` chooses by the class of the error.
void find_words(const struct failure *f, const struct tree *t, struct words *out);
void put_words(const struct ui *ui, const char *label, size_t indent, const char *text);
void rule_text(const struct ui *ui, const struct failure *f, const struct words *w, char *out,
               size_t cap);
void json_words(struct json *j, const struct failure *f, const struct words *w);

// `chain_tree` and `json_chain` show the chain alone.
void chain_tree(const struct ui *ui, const struct failure *f);
void json_chain(struct json *j, const struct failure *f);

#endif

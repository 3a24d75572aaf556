// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// What the files of this suite share: a case of x509-limbo as it stands in limbo.json, and the list
// of divergences.
#ifndef PTN_TESTS_LIMBO_H
#define PTN_TESTS_LIMBO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// ---- cases.c

enum { MAX_CASES = 16384 };

struct text_list { // PEM texts, or words
    char **list;
    size_t count;
};

struct limbo_case {
    char *id;
    bool wants_success;
    bool is_client;            // the leaf is a client's
    struct text_list roots;    // PEM
    struct text_list chain;    // PEM, the leaf first
    struct text_list crls;     // PEM
    char *name;                // the server's expected name; NULL: none is asked
    struct text_list purposes; // of expected_key_usage, as limbo writes them: "serverAuth"
    int64_t now_s;             // the case's time, or the file's
    int max_depth;             // intermediates; -1: none said
};

// Reads the file. False, with a line on stderr, when it cannot be read or has another form. Either
// way *out_count cases are to be freed.
bool limbo_read(const char *path, struct limbo_case *out, size_t cap, size_t *out_count);
void limbo_free(struct limbo_case *cases, size_t count);

// ---- divergences.c

enum { MAX_DIVERGENCES = 256 };

struct divergence { // "id expected actual reason ..."
    char id[160], expected[16], actual[48], reason[400];
    bool used;
};

// Reads a list: a line each, empty ones and those with # at their beginning apart. False, with a
// line on stderr, when it is malformed.
bool divergences_read(const char *path, struct divergence *out, size_t cap, size_t *out_count);
struct divergence *divergence_find(struct divergence *list, size_t count, const char *id);

#endif

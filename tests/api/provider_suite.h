// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// What the files of the provider suite share. The suite holds every provider of this build, and
// every pair of them, to the contract of patina/provider.h; rows are named "provider: rule" or
// "maker > user: rule".
#ifndef PATINA_TESTS_PROVIDER_SUITE_H
#define PATINA_TESTS_PROVIDER_SUITE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/algids.h"
#include "patina/provider.h"

#include <stdio.h>

// A crypto library of this build.
struct library {
    const char *name;
    const struct patina_provider *p;
    // Its error queue: empty it and put a mark there; true when the mark alone is still there.
    void (*mark_errors)(void);
    bool (*has_mark_alone)(void);
    bool heap_is_hooked; // its allocations can be made to fail
};

// What a row gets: the provider under test, and for the cross rows the one that made what it uses.
struct row {
    const struct library *lib, *maker;
    const void *data; // the row's own
};

typedef void (*row_fn)(const struct row *r);

// Adds a row; the name is put together from the providers' and the rule's. Before the row each
// library's error queue is marked, after it the mark must stand there alone.
void add_row(const struct library *lib, const struct library *maker, const char *rule, row_fn fn,
             const void *data);

// The files of the suite, each adding its rows for one provider, or for a pair.
void add_table_rows(const struct library *lib);
void add_hash_rows(const struct library *lib);
void add_aead_rows(const struct library *lib, const struct library *maker);
void add_kx_rows(const struct library *lib, const struct library *maker);
void add_key_rows(const struct library *lib);
void add_sign_rows(const struct library *lib, const struct library *maker);
void add_life_rows(const struct library *lib);
void add_memory_rows(const struct library *lib);
void add_wycheproof_rows(const struct library *lib);
void add_openssl_rows(const struct library *lib);

// ---- Helpers

#define assert_err(have, want) assert_string_equal(patina_err_name(have), patina_err_name(want))
#define SPAN(array) ((patina_span){(array), sizeof(array)})
#define MSPAN(array) ((patina_mspan){(array), sizeof(array)})
#define TEXT(literal) ((patina_span){(const uint8_t *)("" literal), sizeof(literal) - 1})

// Zeroed memory of exactly `size` bytes, so that a step outside is seen by the sanitizer.
void *context_new(uint32_t size);

// Clears by the row's own function, then once more; every byte must then be zero. Frees.
void context_free(void *ctx, uint32_t size, void (*clear)(void *));

bool is_zero(const void *p, size_t n);

// Bytes that depend on `seed` alone.
void fill(patina_mspan out, uint64_t seed);

// Reads hexadecimal digits (spaces allowed) into `out`; fails the row when they do not fit.
patina_mspan from_hex(const char *hex, patina_mspan out);

const struct patina_group *group_of(const struct patina_provider *p, uint16_t id);
const struct patina_suite *suite_of(const struct patina_provider *p, uint16_t id);
const struct patina_verify_alg *alg_of_scheme(const struct patina_provider *p, uint16_t scheme);
const struct patina_verify_alg *alg_of_ids(const struct patina_provider *p, patina_span key_alg_id,
                                           patina_span sig_alg_id);

// The DER of the first block of tests/support/keys/`file`; free() it.
patina_mspan read_pem(const char *file);

// The two halves of a SubjectPublicKeyInfo, borrowed from it.
void split_spki(patina_span spki, patina_span *out_alg_id, patina_span *out_bits);

// Signs a message and gives the signature; the error of the key's sign otherwise.
patina_err sign(struct patina_key *key, uint16_t scheme, patina_span message,
                uint8_t out[PATINA_SIGNATURE_MAX], size_t *out_len);

#endif

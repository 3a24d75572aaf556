// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The provider suite's frame: which libraries there are, which rows run over them, and what rows
// share.
#include "provider_suite.h"

#include "library_hooks.h"

#include "x509/pem.h"

#ifdef PATINA_SUITE_OPENSSL
#include "patina/provider_openssl.h"
#endif
#ifdef PATINA_SUITE_AWSLC
#include "patina/provider_awslc.h"
#endif

#include <stdlib.h>
#include <string.h>

// ---- Libraries

#define LIBRARIES_MAX 2
static struct library libraries[LIBRARIES_MAX];
static size_t library_count;

static bool find_libraries(void)
{
#ifdef PATINA_SUITE_OPENSSL
    const struct patina_provider *openssl = NULL;
    bool hooked = openssl_hook_heap(); // before libcrypto's first allocation
    patina_err err = patina_openssl_new(NULL, &openssl);
    if (err != PATINA_OK) {
        fprintf(stderr, "patina_openssl_new: %s\n", patina_err_name(err));
        return false;
    }
    libraries[library_count++] =
        (struct library){"openssl", openssl, openssl_mark_errors, openssl_has_mark_alone, hooked};
#endif
#ifdef PATINA_SUITE_AWSLC
    libraries[library_count++] = (struct library){"aws-lc", patina_awslc(), awslc_mark_errors,
                                                  awslc_has_mark_alone, awslc_hook_heap()};
#endif
    for (size_t i = 0; i < library_count; i++) {
        printf("# %s is %s %s\n", libraries[i].name, libraries[i].p->name, libraries[i].p->version);
    }
    return library_count != 0;
}

// ---- Rows

#define ROWS_MAX 1500
struct full_row {
    struct row row;
    row_fn fn;
};
static struct full_row full_rows[ROWS_MAX];
static struct CMUnitTest tests[ROWS_MAX];
static size_t row_count;

static void run_row(void **state)
{
    const struct full_row *r = *state;
    for (size_t i = 0; i < library_count; i++) {
        libraries[i].mark_errors();
    }
    r->fn(&r->row);
    for (size_t i = 0; i < library_count; i++) {
        if (!libraries[i].has_mark_alone()) {
            fail_msg("the error queue of %s is not as it was", libraries[i].name);
        }
    }
}

void add_row(const struct library *lib, const struct library *maker, const char *rule, row_fn fn,
             const void *data)
{
    char *name = malloc(200);
    if (name == NULL || row_count == ROWS_MAX) {
        abort();
    }
    if (maker != NULL && maker != lib) {
        (void)snprintf(name, 200, "%s > %s: %s", maker->name, lib->name, rule);
    } else {
        (void)snprintf(name, 200, "%s: %s", lib->name, rule);
    }
    full_rows[row_count] = (struct full_row){{lib, maker, data}, fn};
    tests[row_count] = (struct CMUnitTest){name, run_row, NULL, NULL, &full_rows[row_count]};
    row_count++;
}

// ---- Helpers

void *context_new(uint32_t size)
{
    void *p = calloc(1, size);
    assert_non_null(p);
    return p;
}

void context_free(void *ctx, uint32_t size, void (*clear)(void *))
{
    clear(ctx);
    assert_true(is_zero(ctx, size));
    clear(ctx); // a cleared one is accepted
    assert_true(is_zero(ctx, size));
    free(ctx);
}

bool is_zero(const void *p, size_t n)
{
    const uint8_t *bytes = p;
    uint8_t any = 0;
    for (size_t i = 0; i < n; i++) {
        any |= bytes[i];
    }
    return any == 0;
}

// Marsaglia's xorshift, which overflows nowhere.
void fill(patina_mspan out, uint64_t seed)
{
    seed ^= UINT64_C(0x9e3779b97f4a7c15);
    for (size_t i = 0; i < out.len; i++) {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        out.ptr[i] = (uint8_t)(seed >> 56);
    }
}

static int digit(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

patina_mspan from_hex(const char *hex, patina_mspan out)
{
    size_t len = 0;
    while (*hex != '\0') {
        if (*hex == ' ') {
            hex++;
            continue;
        }
        int high = digit(hex[0]);
        int low = high < 0 ? -1 : digit(hex[1]);
        assert_true(low >= 0 && len < out.len);
        out.ptr[len++] = (uint8_t)(high << 4 | low);
        hex += 2;
    }
    return (patina_mspan){out.ptr, len};
}

const struct patina_group *group_of(const struct patina_provider *p, uint16_t id)
{
    for (size_t i = 0; i < p->groups_count; i++) {
        if (p->groups[i]->id == id) {
            return p->groups[i];
        }
    }
    return NULL;
}

const struct patina_suite *suite_of(const struct patina_provider *p, uint16_t id)
{
    for (size_t i = 0; i < p->suites_count; i++) {
        if (p->suites[i]->id == id) {
            return p->suites[i];
        }
    }
    return NULL;
}

const struct patina_verify_alg *alg_of_scheme(const struct patina_provider *p, uint16_t scheme)
{
    for (size_t i = 0; i < p->verify_algs_count; i++) {
        const struct patina_verify_alg *a = p->verify_algs[i];
        for (size_t k = 0; k < a->schemes_count; k++) {
            if (a->schemes[k] == scheme) {
                return a;
            }
        }
    }
    return NULL;
}

static bool same(patina_span a, patina_span b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

const struct patina_verify_alg *alg_of_ids(const struct patina_provider *p, patina_span key_alg_id,
                                           patina_span sig_alg_id)
{
    for (size_t i = 0; i < p->verify_algs_count; i++) {
        const struct patina_verify_alg *a = p->verify_algs[i];
        if (same(a->key_alg_id, key_alg_id) && same(a->sig_alg_id, sig_alg_id)) {
            return a;
        }
    }
    return NULL;
}

patina_mspan read_pem(const char *file)
{
    static char text[16384];
    char path[1024];
    (void)snprintf(path, sizeof(path), "%s/%s", PATINA_TEST_KEYS, file);
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    size_t len = fread(text, 1, sizeof(text), f);
    (void)fclose(f);

    struct ptn_pem_block block;
    struct ptn_buf der;
    size_t at = 0;
    bool have = false;
    ptn_buf_init(&der, &ptn_heap, 16384);
    assert_err(ptn_pem_next((patina_span){(const uint8_t *)text, len}, &at, &block, &der, &have),
               PATINA_OK);
    assert_true(have);
    patina_mspan out = {malloc(ptn_buf_len(&der)), ptn_buf_len(&der)};
    assert_non_null(out.ptr);
    memcpy(out.ptr, ptn_buf_span(&der).ptr, out.len);
    ptn_buf_clear(&der);
    return out;
}

void split_spki(patina_span spki, patina_span *out_alg_id, patina_span *out_bits)
{
    patina_span body;
    assert_true(der_take(&spki, DER_SEQUENCE, &body));
    assert_true(der_take(&body, DER_SEQUENCE, out_alg_id));
    assert_true(der_take(&body, DER_BIT_STRING, out_bits));
    assert_true(out_bits->len > 1 && out_bits->ptr[0] == 0);
    *out_bits = span_part(*out_bits, 1, SIZE_MAX);
}

patina_err sign(struct patina_key *key, uint16_t scheme, patina_span message,
                uint8_t out[PATINA_SIGNATURE_MAX], size_t *out_len)
{
    struct patina_op *op = NULL;
    *out_len = 0;
    assert_err(patina_sign_op_new(scheme, message, NULL, &op), PATINA_OK);
    patina_err err = key->vtable->sign(key, op);
    patina_span signature = patina_sign_op_result(op);
    if (err == PATINA_OK) {
        assert_in_range(signature.len, 1, PATINA_SIGNATURE_MAX);
        memcpy(out, signature.ptr, signature.len);
        *out_len = signature.len;
    } else {
        assert_int_equal(signature.len, 0);
    }
    patina_op_release(op);
    return err;
}

int main(void)
{
    if (!find_libraries()) {
        return 1;
    }
    for (size_t i = 0; i < library_count; i++) {
        const struct library *lib = &libraries[i];
        add_table_rows(lib);
        add_hash_rows(lib);
        add_key_rows(lib);
        add_life_rows(lib);
        add_memory_rows(lib);
        for (size_t k = 0; k < library_count; k++) {
            add_aead_rows(lib, &libraries[k]);
            add_kx_rows(lib, &libraries[k]);
            add_sign_rows(lib, &libraries[k]);
        }
    }
#ifdef PATINA_SUITE_OPENSSL
    add_openssl_rows(&libraries[0]);
#endif
    for (size_t i = 0; i < library_count; i++) {
        add_wycheproof_rows(&libraries[i]);
    }
    int failed = _cmocka_run_group_tests("provider_suite", tests, row_count, NULL, NULL);
    for (size_t i = 0; i < row_count; i++) {
        free((void *)(uintptr_t)tests[i].name);
    }
    for (size_t i = 0; i < library_count; i++) {
        patina_provider_unref(libraries[i].p);
    }
    return failed != 0;
}

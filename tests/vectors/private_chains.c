// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Chains as people make them, each with the tool that made it (private/README.md): profile PRIVATE
// accepts every one of them, and refuses each for another name and without its root. A file is
// a few lines, "tool:", "name:", "roots:" (how many), and "expected:" where it is an error, then
// PEM blocks: the roots, the leaf, the rest.
#include "provider.h"

#include "patina/patina.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define NOW INT64_C(1795867200) // 2026-11-28 12:00 UTC, the day after the chains were made
enum { MAX_FILES = 64, MAX_BLOCKS = 8, MAX_TEXT = 64 * 1024 };

struct chain {
    char text[MAX_TEXT];
    uint8_t der[MAX_TEXT];
    patina_span blocks[MAX_BLOCKS];
    size_t blocks_count, roots_count;
    char name[128];
    char expected[64]; // "OK", or the error's name
};

static void read_chain(const char *path, struct chain *c)
{
    memset(c, 0, sizeof *c);
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    size_t len = fread(c->text, 1, sizeof c->text - 1, f);
    (void)fclose(f);
    const char *name = strstr(c->text, "\nname: ");
    const char *roots = strstr(c->text, "\nroots: ");
    assert_non_null(name);
    assert_non_null(roots);
    assert_int_equal(sscanf(name, "\nname: %127s", c->name), 1);
    c->roots_count = (size_t)strtoul(roots + 8, NULL, 10);
    const char *expected = strstr(c->text, "\nexpected: ");
    (void)snprintf(c->expected, sizeof c->expected, "OK");
    if (expected != NULL) {
        assert_int_equal(sscanf(expected, "\nexpected: %63s", c->expected), 1);
    }

    const patina_span pem = {(const uint8_t *)c->text, len};
    struct patina_pem_block block;
    size_t position = 0;
    size_t used = 0;
    while (patina_pem_read(pem, &position, (patina_mspan){c->der + used, sizeof c->der - used},
                           &block) == PATINA_OK &&
           block.label.len != 0) {
        assert_true(c->blocks_count < MAX_BLOCKS);
        c->blocks[c->blocks_count] = block.der;
        c->blocks_count++;
        used += block.der.len;
    }
    assert_true(c->roots_count >= 1 && c->blocks_count > c->roots_count);
}

static patina_err judge(const struct chain *c, const patina_span *roots_der, size_t roots_count,
                        const char *name, struct patina_report *report)
{
    const struct patina_provider *provider = vectors_provider();
    struct patina_roots *roots = NULL;
    struct patina_verifier *v = NULL;
    struct patina_verifier_options o = PATINA_VERIFIER_OPTIONS_INIT;
    struct patina_verify_input in = PATINA_VERIFY_INPUT_INIT;
    assert_int_equal(patina_roots_from_der(roots_der, roots_count, NULL, &roots), PATINA_OK);
    o.provider = provider;
    o.roots = roots;
    assert_int_equal(patina_verifier_new(&o, &v), PATINA_OK);
    in.chain = c->blocks + c->roots_count;
    in.chain_count = c->blocks_count - c->roots_count;
    in.name = patina_span_str(name);
    in.now_s = NOW;
    patina_err err = patina_verifier_judge(v, &in, NULL, report);
    patina_verifier_unref(v);
    patina_roots_unref(roots);
    patina_provider_unref(provider);
    return err;
}

// A root of another chain: the one of mkcert.
static void another_root(struct chain *out)
{
    read_chain(VECTORS_DIR "/private/mkcert.pem", out);
}

static void test_chain(void **state)
{
    static struct chain c;
    static struct chain other;
    struct patina_report report = {0};
    read_chain(*state, &c);
    patina_err err = judge(&c, c.blocks, c.roots_count, c.name, &report);
    if (strcmp(patina_err_name(err), c.expected) != 0) {
        print_error("%s: %s\n", (const char *)*state, report.text);
    }
    assert_string_equal(patina_err_name(err), c.expected);
    if (err != PATINA_OK) {
        return;
    }
    assert_int_equal(judge(&c, c.blocks, c.roots_count, "other.example", &report),
                     PATINA_ERR_CERT_NAME_MISMATCH);
    another_root(&other);
    if (strstr(*state, "mkcert") == NULL) {
        err = judge(&c, other.blocks, 1, c.name, &report);
        assert_true(err == PATINA_ERR_CERT_UNKNOWN_ISSUER || err == PATINA_ERR_CERT_SELF_SIGNED);
    }
}

// ---- A row a file, in the order of their names

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

int main(void)
{
    static char *paths[MAX_FILES];
    static struct CMUnitTest tests[MAX_FILES];
    size_t count = 0;
    DIR *dir = opendir(VECTORS_DIR "/private");
    if (dir == NULL) {
        (void)fprintf(stderr, "no folder %s/private\n", VECTORS_DIR);
        return 1;
    }
    for (struct dirent *e = readdir(dir); e != NULL && count < MAX_FILES; e = readdir(dir)) {
        if (strstr(e->d_name, ".pem") != NULL) {
            size_t size = sizeof VECTORS_DIR + sizeof "/private/" + strlen(e->d_name);
            paths[count] = malloc(size);
            if (paths[count] == NULL) {
                return 1;
            }
            (void)snprintf(paths[count], size, "%s/private/%s", VECTORS_DIR, e->d_name);
            count++;
        }
    }
    (void)closedir(dir);
    qsort(paths, count, sizeof paths[0], by_name);
    for (size_t i = 0; i < count; i++) {
        tests[i] = (struct CMUnitTest){
            .name = strrchr(paths[i], '/') + 1, .test_func = test_chain, .initial_state = paths[i]};
    }
    int failed = _cmocka_run_group_tests("private_chains", tests, count, NULL, NULL);
    for (size_t i = 0; i < count; i++) {
        free(paths[i]);
    }
    return failed != 0;
}

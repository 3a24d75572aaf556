// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Trust anchors and chains as objects: made of PEM and DER, counted, looked up by subject, read
// from the system's places.
#include "x509_rows.h"

#include "counting.h"
#include "support/mkcert.h"

#include "patina/cert.h"
#include "x509/chain.h"
#include "x509/pem.h"
#include "x509/roots.h"

#include <sys/stat.h>
#include <unistd.h>

enum { CAS = 5 };

static struct test_cert cas[CAS]; // the last two share a name

static int set_up(void **state)
{
    (void)state;
    static const char *const names[CAS] = {"Gamma", "Alpha", "Beta", "Twin", "Twin"};
    for (size_t i = 0; i < CAS; i++) {
        test_make_ca(names[i], TEST_P256, NULL, &cas[i]);
    }
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    for (size_t i = 0; i < CAS; i++) {
        test_cert_free(&cas[i]);
    }
    return 0;
}

static patina_span pem_of(const char *text)
{
    return ptn_span_of_string(text);
}

static size_t count_with_subject(const struct patina_roots *roots, const struct test_cert *ca)
{
    struct ptn_cert cert;
    size_t position = 0;
    size_t count = 0;
    assert_err(ptn_cert_parse_anchor(ca->der, &cert), PATINA_OK);
    const struct ptn_root *root = ptn_roots_find(roots, cert.subject, &position);
    while (root != NULL) {
        assert_true(ptn_span_equal(root->cert.subject, cert.subject));
        count++;
        root = ptn_roots_find(roots, cert.subject, &position);
    }
    return count;
}

static void from_der(void **state)
{
    (void)state;
    patina_span der[CAS];
    struct patina_roots *roots = NULL;
    for (size_t i = 0; i < CAS; i++) {
        der[i] = cas[i].der;
    }
    assert_err(patina_roots_from_der(der, CAS, NULL, &roots), PATINA_OK);
    assert_int_equal(patina_roots_count(roots), CAS);
    assert_int_equal(count_with_subject(roots, &cas[0]), 1);
    assert_int_equal(count_with_subject(roots, &cas[1]), 1);
    assert_int_equal(count_with_subject(roots, &cas[2]), 1);
    assert_int_equal(count_with_subject(roots, &cas[3]), 2);
    // The bytes are its own.
    size_t position = 0;
    struct ptn_cert cert;
    assert_err(ptn_cert_parse_anchor(cas[0].der, &cert), PATINA_OK);
    const struct ptn_root *root = ptn_roots_find(roots, cert.subject, &position);
    assert_true(root->cert.der.ptr != cas[0].der.ptr);
    assert_true(ptn_span_equal(root->cert.der, cas[0].der));
    assert_ptr_equal(patina_roots_ref(roots), roots);
    patina_roots_unref(roots);
    assert_int_equal(patina_roots_count(roots), CAS);
    patina_roots_unref(roots);
}

static void each_certificate(void **state)
{
    (void)state;
    patina_span der[] = {cas[0].der, cas[1].der, cas[0].der};
    struct patina_roots *roots = NULL;
    assert_err(patina_roots_from_der(der, PTN_COUNT(der), NULL, &roots), PATINA_OK);
    patina_span a = patina_roots_certificate(roots, 0);
    patina_span b = patina_roots_certificate(roots, 1);
    assert_true((ptn_span_equal(a, cas[0].der) && ptn_span_equal(b, cas[1].der)) ||
                (ptn_span_equal(a, cas[1].der) && ptn_span_equal(b, cas[0].der)));
    assert_int_equal(patina_roots_certificate(roots, 2).len, 0);
    assert_int_equal(patina_roots_certificate(roots, SIZE_MAX).len, 0);
    assert_int_equal(patina_roots_certificate(NULL, 0).len, 0);
    patina_roots_unref(roots);
}

static void unknown_subject(void **state)
{
    (void)state;
    struct patina_roots *roots = NULL;
    struct ptn_cert cert;
    // Before, between and behind all of them.
    assert_err(patina_roots_from_der(&cas[2].der, 1, NULL, &roots), PATINA_OK);
    for (size_t i = 0; i < CAS; i++) {
        size_t position = 0;
        assert_err(ptn_cert_parse_anchor(cas[i].der, &cert), PATINA_OK);
        if (i != 2) {
            assert_null(ptn_roots_find(roots, cert.subject, &position));
            assert_null(ptn_roots_find(roots, cert.subject, &position));
        }
    }
    size_t position = 0;
    assert_null(ptn_roots_find(roots, (patina_span){0}, &position));
    patina_roots_unref(roots);
}

static void the_same_one_twice(void **state)
{
    (void)state;
    patina_span der[] = {cas[1].der, cas[0].der, cas[1].der, cas[0].der, cas[1].der};
    struct patina_roots *roots = NULL;
    assert_err(patina_roots_from_der(der, PTN_COUNT(der), NULL, &roots), PATINA_OK);
    assert_int_equal(patina_roots_count(roots), 2);
    assert_int_equal(count_with_subject(roots, &cas[1]), 1);
    patina_roots_unref(roots);
}

static void unusable_der(void **state)
{
    (void)state;
    patina_span der[] = {cas[0].der, PTN_SPAN_LITERAL("nonsense")};
    struct patina_roots *roots = (struct patina_roots *)(uintptr_t)1;
    assert_err(patina_roots_from_der(der, 2, NULL, &roots), PATINA_ERR_BAD_CERTIFICATE_INPUT);
    assert_null(roots);
    assert_err(patina_roots_from_der(der, 0, NULL, &roots), PATINA_ERR_NO_ROOTS);
    assert_err(patina_roots_from_der(NULL, 0, NULL, &roots), PATINA_ERR_NO_ROOTS);
    assert_err(patina_roots_from_der(NULL, 1, NULL, &roots), PATINA_ERR_MISUSE);
    assert_err(patina_roots_from_der(der, 1, NULL, NULL), PATINA_ERR_MISUSE);
    patina_span *many = calloc(PTN_MAX_ROOTS + 1, sizeof *many);
    for (size_t i = 0; i <= PTN_MAX_ROOTS; i++) {
        many[i] = cas[0].der;
    }
    assert_err(patina_roots_from_der(many, PTN_MAX_ROOTS + 1, NULL, &roots),
               PATINA_ERR_TOO_MANY_OPTIONS);
    assert_err(patina_roots_from_der(many, PTN_MAX_ROOTS, NULL, &roots), PATINA_OK);
    assert_int_equal(patina_roots_count(roots), 1);
    patina_roots_unref(roots);
    free(many);
}

static void from_pem(void **state)
{
    (void)state;
    char text[16384];
    struct patina_roots_refused refused = {.count = 7};
    struct patina_roots *roots = NULL;
    (void)snprintf(
        text, sizeof text,
        "# Gamma\r\n%s\n# a key, none of ours\n%s# malformed\n-----BEGIN CERTIFICATE-----\nAAA\n"
        "-----END CERTIFICATE-----\n# no certificate\n-----BEGIN CERTIFICATE-----\nAAAA\n"
        "-----END CERTIFICATE-----\n%s",
        cas[0].pem, cas[0].key_pem, cas[1].pem);
    assert_err(patina_roots_from_pem(pem_of(text), NULL, &roots, &refused), PATINA_OK);
    assert_int_equal(patina_roots_count(roots), 2);
    assert_int_equal(refused.count, 2);
    patina_roots_unref(roots);
    assert_err(patina_roots_from_pem(pem_of(text), NULL, &roots, NULL), PATINA_OK);
    patina_roots_unref(roots);

    assert_err(patina_roots_from_pem(pem_of("nothing"), NULL, &roots, &refused),
               PATINA_ERR_NO_ROOTS);
    assert_null(roots);
    assert_true(is_all_zero(&refused, sizeof refused));
    assert_err(patina_roots_from_pem((patina_span){0}, NULL, &roots, NULL), PATINA_ERR_NO_ROOTS);
    assert_err(patina_roots_from_pem(pem_of(text), NULL, NULL, NULL), PATINA_ERR_MISUSE);
    static const uint8_t one = 0;
    assert_err(
        patina_roots_from_pem((patina_span){&one, PTN_MAX_PEM_BYTES + 1u}, NULL, &roots, NULL),
        PATINA_ERR_BAD_PEM);
}

// ---- What is refused is told by its line

#define BEGIN "-----BEGIN CERTIFICATE-----\n"
#define END "-----END CERTIFICATE-----\n"

static size_t lines_of(const char *text)
{
    size_t lines = 0;
    for (; *text != 0; text++) {
        lines += *text == '\n' ? 1u : 0u;
    }
    return lines;
}

static struct patina_roots_refused refused_in(const char *text, size_t want_count)
{
    struct patina_roots *roots = NULL;
    struct patina_roots_refused refused;
    patina_err err = patina_roots_from_pem(pem_of(text), NULL, &roots, &refused);
    assert_err(err, want_count == 0 ? PATINA_ERR_NO_ROOTS : PATINA_OK);
    assert_int_equal(patina_roots_count(roots), want_count);
    assert_string_equal(refused.file, "");
    patina_roots_unref(roots);
    return refused;
}

static void the_line_of_a_malformed_block(void **state)
{
    (void)state;
    char text[16384];
    static const char *const bad[] = {
        BEGIN "A?==\n" END,                                        // no base64
        BEGIN "AAAA\n-----END CERTIFICATE REQUEST-----\n",         // another's end
        BEGIN "\n" END,                                            // nothing in it
        "-----BEGIN X509 CRL-----\nAAA\n-----END X509 CRL-----\n", // of another kind
        BEGIN "AAAA\n",                                            // another begins inside
    };
    for (size_t i = 0; i < PTN_COUNT(bad); i++) {
        (void)snprintf(text, sizeof text, "# text\r\n%s\n%s%s", cas[0].pem, bad[i], cas[1].pem);
        struct patina_roots_refused refused = refused_in(text, 2);
        assert_int_equal(refused.count, 1);
        assert_err(refused.err, PATINA_ERR_BAD_PEM);
        assert_int_equal(refused.line, 1 + lines_of(cas[0].pem) + 2);
        assert_int_equal(refused.position, strlen("# text\r\n") + strlen(cas[0].pem) + 1);
    }
    // The end of the text inside a block.
    (void)snprintf(text, sizeof text, "%s" BEGIN "AAAA\n", cas[0].pem);
    struct patina_roots_refused refused = refused_in(text, 1);
    assert_int_equal(refused.count, 1);
    assert_int_equal(refused.line, 1 + lines_of(cas[0].pem));
}

static void the_line_of_a_certificate_refused(void **state)
{
    (void)state;
    char text[16384];
    struct test_cert twice;
    test_issue(
        &(struct test_cert_options){.subject = "CN=Twice",
                                    .extensions = {"1.2.3.4=DER:05:00", "1.2.3.4=DER:05:00"}},
        NULL, &twice);
    (void)snprintf(text, sizeof text, "%s%s", cas[0].pem, twice.pem);
    struct patina_roots_refused refused = refused_in(text, 1);
    assert_int_equal(refused.count, 1);
    assert_err(refused.err, PATINA_ERR_CERT_DUPLICATE_EXTENSION);
    assert_int_equal(refused.line, 1 + lines_of(cas[0].pem));
    // What is broken is told first, wherever it stands.
    (void)snprintf(text, sizeof text, "%s%s" BEGIN "AAAA\n" END BEGIN "AAA\n" END, twice.pem,
                   cas[0].pem);
    refused = refused_in(text, 1);
    assert_int_equal(refused.count, 3);
    assert_err(refused.err, PATINA_ERR_CERT_ENCODING);
    assert_int_equal(refused.line, 1 + lines_of(twice.pem) + lines_of(cas[0].pem));
    // None that can be used: the line is told all the same.
    refused = refused_in(twice.pem, 0);
    assert_err(refused.err, PATINA_ERR_CERT_DUPLICATE_EXTENSION);
    assert_int_equal(refused.line, 1);
    test_cert_free(&twice);
}

static void more_roots_than_fit(void **state)
{
    (void)state;
    size_t block = strlen(cas[0].pem);
    size_t lines = lines_of(cas[0].pem);
    char *text = calloc(PTN_MAX_ROOTS + 2, block);
    for (size_t i = 0; i < PTN_MAX_ROOTS + 1; i++) {
        memcpy(text + i * block, cas[0].pem, block);
    }
    struct patina_roots_refused refused = refused_in(text, 1);
    assert_int_equal(refused.count, 1);
    assert_err(refused.err, PATINA_ERR_TOO_MANY_OPTIONS);
    assert_int_equal(refused.line, 1 + PTN_MAX_ROOTS * lines);
    free(text);
}

static void no_memory_for_the_line(void **state)
{
    (void)state;
    char text[16384];
    struct counting c;
    (void)snprintf(text, sizeof text, BEGIN "AAA\n" END "%s", cas[0].pem);
    counting_init(&c);
    bool told = false;
    for (size_t n = 1; !told; n++) {
        struct patina_roots *roots = NULL;
        struct patina_roots_refused refused;
        c.fail_at = c.allocations + n;
        patina_err err = patina_roots_from_pem(pem_of(text), &c.alloc, &roots, &refused);
        assert_true(err == PATINA_OK || err == PATINA_ERR_NO_MEMORY);
        assert_true(refused.err == PATINA_OK || refused.err == PATINA_ERR_BAD_PEM);
        told = refused.err != PATINA_OK && err == PATINA_OK;
        assert_true(err != PATINA_OK || refused.count == 1);
        patina_roots_unref(roots);
        assert_int_equal(c.live_blocks, 0);
        assert_in_range(n, 1, 40);
    }
}

static void each_allocation_fails(void **state)
{
    (void)state;
    struct counting c;
    struct patina_roots *roots = NULL;
    struct patina_chain *chain = NULL;
    counting_init(&c);
    for (size_t n = 1; roots == NULL; n++) {
        c.fail_at = c.allocations + n;
        patina_err err = patina_roots_from_pem(pem_of(cas[0].pem), &c.alloc, &roots, NULL);
        assert_true(err == PATINA_OK || err == PATINA_ERR_NO_MEMORY);
        assert_int_equal(roots != NULL, err == PATINA_OK);
        assert_int_equal(c.live_blocks != 0, err == PATINA_OK);
        assert_in_range(n, 1, 20);
    }
    patina_roots_unref(roots);
    roots = NULL;
    for (size_t n = 1; roots == NULL; n++) {
        c.fail_at = c.allocations + n;
        patina_err err = patina_roots_from_der(&cas[0].der, 1, &c.alloc, &roots);
        assert_true(err == PATINA_OK || err == PATINA_ERR_NO_MEMORY);
        assert_int_equal(c.live_blocks != 0, err == PATINA_OK);
        assert_in_range(n, 1, 20);
    }
    patina_roots_unref(roots);
    c.fail_at = c.allocations + 1;
    assert_err(ptn_chain_new(&c.alloc, &cas[0].der, 1, &chain), PATINA_ERR_NO_MEMORY);
    assert_null(chain);
    assert_int_equal(c.live_blocks, 0);
    assert_int_equal(c.unwiped, 0);
}

static void nothing_at_all(void **state)
{
    (void)state;
    assert_int_equal(patina_roots_count(NULL), 0);
    assert_null(patina_roots_ref(NULL));
    patina_roots_unref(NULL);
    assert_int_equal(patina_chain_count(NULL), 0);
    assert_null(patina_chain_certificate(NULL, 0).ptr);
    assert_null(patina_chain_ref(NULL));
    patina_chain_unref(NULL);
}

static void chains(void **state)
{
    (void)state;
    struct counting c;
    patina_span der[] = {cas[0].der, {0}, cas[1].der};
    struct patina_chain *chain = NULL;
    counting_init(&c);
    assert_err(ptn_chain_new(&c.alloc, der, 3, &chain), PATINA_OK);
    assert_int_equal(c.live_blocks, 1);
    assert_int_equal(patina_chain_count(chain), 3);
    assert_true(ptn_span_equal(patina_chain_certificate(chain, 0), cas[0].der));
    assert_int_equal(patina_chain_certificate(chain, 1).len, 0);
    assert_true(ptn_span_equal(patina_chain_certificate(chain, 2), cas[1].der));
    assert_null(patina_chain_certificate(chain, 3).ptr);
    assert_ptr_equal(patina_chain_ref(chain), chain);
    patina_chain_unref(chain);
    assert_int_equal(c.live_blocks, 1);
    patina_chain_unref(chain);
    assert_int_equal(c.live_blocks, 0);
    assert_err(ptn_chain_new(NULL, NULL, 0, &chain), PATINA_OK);
    assert_int_equal(patina_chain_count(chain), 0);
    patina_chain_unref(chain);
    // More bytes than can be counted are not looked at.
    static const uint8_t one = 0;
    const patina_span huge[] = {{&one, SIZE_MAX}, {&one, 1}};
    assert_err(ptn_chain_new(NULL, huge, 2, &chain), PATINA_ERR_NO_MEMORY);
    assert_null(chain);
}

// ---- The system's roots

static void write_file(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    assert_true(fputs(text, f) >= 0);
    assert_int_equal(fclose(f), 0);
}

static void write_der(const char *path, patina_span der)
{
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(der.ptr, 1, der.len, f), der.len);
    assert_int_equal(fclose(f), 0);
}

static size_t system_count(const char *file, const char *folders, patina_err want)
{
    struct patina_roots *roots = NULL;
    assert_int_equal(file == NULL ? unsetenv("SSL_CERT_FILE") : setenv("SSL_CERT_FILE", file, 1),
                     0);
    assert_int_equal(
        folders == NULL ? unsetenv("SSL_CERT_DIR") : setenv("SSL_CERT_DIR", folders, 1), 0);
    struct patina_roots_refused refused;
    assert_err(patina_roots_system(NULL, &roots, &refused), want);
    size_t count = patina_roots_count(roots);
    patina_roots_unref(roots);
    (void)unsetenv("SSL_CERT_FILE");
    (void)unsetenv("SSL_CERT_DIR");
    return count;
}

static void system_by_environment(void **state)
{
    (void)state;
    char folder[] = "/tmp/patina-roots-XXXXXX";
    char file[100];
    char hashed[100];
    char link[100];
    char both[300];
    char empty[100];
    assert_non_null(mkdtemp(folder));
    (void)snprintf(file, sizeof file, "%s/bundle.pem", folder);
    (void)snprintf(hashed, sizeof hashed, "%s/hashed", folder);
    (void)snprintf(link, sizeof link, "%s/hashed/0123abcd.0", folder);
    (void)snprintf(both, sizeof both, "/nowhere:%s:%s", hashed, folder);
    (void)snprintf(empty, sizeof empty, "%s/empty.pem", folder);
    assert_int_equal(mkdir(hashed, 0700), 0);
    write_file(file, cas[0].pem);
    write_file(link, cas[1].pem);
    write_file(empty, "");

    assert_int_equal(system_count(file, NULL, PATINA_OK), 1);
    assert_int_equal(system_count(NULL, hashed, PATINA_OK), 1);
    assert_int_equal(system_count(file, hashed, PATINA_OK), 2);
    assert_int_equal(system_count(NULL, both, PATINA_OK), 2);
    assert_int_equal(system_count("/nowhere/file", hashed, PATINA_ERR_FILE), 0);
    assert_int_equal(system_count(folder, NULL, PATINA_ERR_FILE), 0);
    assert_int_equal(system_count(NULL, "/nowhere:/nowhere/else", PATINA_ERR_FILE), 0);
    assert_int_equal(system_count(empty, NULL, PATINA_ERR_NO_ROOTS), 0);
    struct patina_roots **no_place = NULL;
    assert_err(patina_roots_system(NULL, no_place, NULL), PATINA_ERR_MISUSE);

    (void)unlink(link);
    (void)unlink(file);
    (void)unlink(empty);
    (void)rmdir(hashed);
    (void)rmdir(folder);
}

// What is passed over is told by file and line.
static void system_refused(void **state)
{
    (void)state;
    char folder[] = "/tmp/patina-roots-XXXXXX";
    char good[100];
    char bad[100];
    char der[100];
    char text[8192];
    struct patina_roots *roots = NULL;
    struct patina_roots_refused refused;
    assert_non_null(mkdtemp(folder));
    (void)snprintf(good, sizeof good, "%s/bundle.pem", folder);
    (void)snprintf(bad, sizeof bad, "%s/bad.pem", folder);
    (void)snprintf(der, sizeof der, "%s/cut.der", folder);
    write_file(good, cas[0].pem);
    (void)snprintf(text, sizeof text, "\n\n%s" BEGIN "AAA\n" END, cas[1].pem);
    write_file(bad, text);
    (void)setenv("SSL_CERT_FILE", good, 1);
    (void)setenv("SSL_CERT_DIR", folder, 1);
    assert_err(patina_roots_system(NULL, &roots, &refused), PATINA_OK);
    assert_int_equal(patina_roots_count(roots), 2);
    patina_roots_unref(roots);
    assert_int_equal(refused.count, 1);
    assert_err(refused.err, PATINA_ERR_BAD_PEM);
    assert_string_equal(refused.file, bad);
    assert_int_equal(refused.line, 3 + lines_of(cas[1].pem));
    assert_int_equal(refused.position, 2 + strlen(cas[1].pem));
    // A file of DER has no lines.
    assert_int_equal(unlink(bad), 0);
    write_der(der, ptn_span_first(cas[1].der, cas[1].der.len - 1));
    assert_err(patina_roots_system(NULL, &roots, &refused), PATINA_OK);
    assert_int_equal(patina_roots_count(roots), 1);
    patina_roots_unref(roots);
    assert_err(refused.err, PATINA_ERR_CERT_ENCODING);
    assert_string_equal(refused.file, der);
    assert_int_equal(refused.line, 0);
    assert_int_equal(refused.position, 0);
    (void)unlink(der);
    (void)unlink(good);
    (void)rmdir(folder);
    (void)unsetenv("SSL_CERT_FILE");
    (void)unsetenv("SSL_CERT_DIR");
}

// Files of DER beside files of PEM; the same certificate counts once.
static void system_der(void **state)
{
    (void)state;
    char folder[] = "/tmp/patina-roots-XXXXXX";
    char files[6][100];
    struct test_cert made[4];
    assert_non_null(mkdtemp(folder));
    for (size_t i = 0; i < 4; i++) {
        char name[] = "A Root aaaa";
        name[7 + i] = 0; // of another length each
        test_make_ca(name, TEST_P384, NULL, &made[i]);
        (void)snprintf(files[i], sizeof files[i], "%s/%zu.0", folder, i);
        write_der(files[i], made[i].der);
        assert_int_equal(system_count(files[i], NULL, PATINA_OK), 1);
        struct patina_roots *roots = NULL;
        (void)setenv("SSL_CERT_FILE", files[i], 1);
        assert_err(patina_roots_system(NULL, &roots, NULL), PATINA_OK);
        (void)unsetenv("SSL_CERT_FILE");
        assert_true(ptn_span_equal(patina_roots_certificate(roots, 0), made[i].der));
        patina_roots_unref(roots);
    }
    (void)snprintf(files[4], sizeof files[4], "%s/first.pem", folder);
    (void)snprintf(files[5], sizeof files[5], "%s/cut.der", folder);
    write_file(files[4], made[0].pem);
    write_der(files[5], ptn_span_first(made[1].der, made[1].der.len - 1));
    assert_int_equal(system_count(NULL, folder, PATINA_OK), 4);
    assert_int_equal(system_count(files[5], NULL, PATINA_ERR_NO_ROOTS), 0);
    for (size_t i = 0; i < 6; i++) {
        (void)unlink(files[i]);
    }
    for (size_t i = 0; i < 4; i++) {
        test_cert_free(&made[i]);
    }
    (void)rmdir(folder);
}

#define BUNDLE "/etc/ssl/certs/ca-certificates.crt"

// Debian's bundle parses entirely.
static void system_bundle(void **state)
{
    (void)state;
    FILE *f = fopen(BUNDLE, "rb");
    if (f == NULL) {
        print_message("no %s here\n", BUNDLE);
        skip();
    }
    char *text = calloc(1, 4 << 20);
    size_t len = fread(text, 1, (4 << 20) - 1, f);
    (void)fclose(f);
    size_t blocks = 0;
    for (const char *at = strstr(text, "-----BEGIN CERT"); at != NULL;
         at = strstr(at + 1, "-----BEGIN CERT")) {
        blocks++;
    }
    struct patina_roots *roots = NULL;
    struct patina_roots_refused refused = {.count = 1};
    assert_err(
        patina_roots_from_pem((patina_span){(const uint8_t *)text, len}, NULL, &roots, &refused),
        PATINA_OK);
    assert_int_equal(refused.count, 0);
    assert_int_equal(patina_roots_count(roots), blocks);
    assert_in_range(blocks, 100, 400);
    patina_roots_unref(roots);
    assert_int_equal(system_count(NULL, NULL, PATINA_OK), blocks);
    free(text);
}

#define T(f) cmocka_unit_test(f)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        T(from_der),
        T(unknown_subject),
        T(the_same_one_twice),
        T(unusable_der),
        T(from_pem),
        T(each_allocation_fails),
        T(nothing_at_all),
        T(chains),
        T(system_by_environment),
        T(system_der),
        T(system_bundle),
        T(each_certificate),
        T(the_line_of_a_malformed_block),
        T(the_line_of_a_certificate_refused),
        T(more_roots_than_fit),
        T(no_memory_for_the_line),
        T(system_refused),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down) != 0;
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Trust, measured in one run on one thread, CPU time, medians: the system's bundle loaded by patina
// and into libcrypto's X509_STORE; roots attached to a verifier; a client's handshake with the link
// cache off and warm, with the signatures it checks, and the hashing that the cache costs. Prints a
// row a measurement; judges nothing.
#include "side.h"

#include "fixture.h"

#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROUNDS = 21, ATTACHES = 100000, HANDSHAKES = 40, HASHES = 20000, MAX_BUNDLE = 4 << 20 };

static int by_value(const void *x, const void *y)
{
    double a = *(const double *)x;
    double b = *(const double *)y;
    return a < b ? -1 : a > b;
}

static double median(double *values, size_t count)
{
    qsort(values, count, sizeof *values, by_value);
    return values[count / 2];
}

static void must(bool good, const char *what)
{
    if (!good) {
        (void)fprintf(stderr, "bench: %s\n", what);
        exit(1);
    }
}

// ---- The system's bundle

static char bundle[MAX_BUNDLE];

static size_t read_bundle(const char *path)
{
    FILE *f = fopen(path, "rb");
    size_t len = f == NULL ? 0 : fread(bundle, 1, sizeof bundle, f);
    if (f != NULL) {
        (void)fclose(f);
    }
    return len;
}

static double load_patina(size_t len, size_t *out_count)
{
    struct patina_roots *roots = NULL;
    uint64_t start = bench_now_ns();
    must(patina_roots_from_pem((patina_span){(const uint8_t *)bundle, len}, NULL, &roots, NULL) ==
             PATINA_OK,
         "roots");
    uint64_t took = bench_now_ns() - start;
    *out_count = patina_roots_count(roots);
    patina_roots_unref(roots);
    return (double)took / 1000;
}

static double load_libcrypto(size_t len, size_t *out_count)
{
    uint64_t start = bench_now_ns();
    X509_STORE *store = X509_STORE_new();
    BIO *bio = BIO_new_mem_buf(bundle, (int)len);
    must(store != NULL && bio != NULL, "store");
    *out_count = 0;
    X509 *cert = PEM_read_bio_X509(bio, NULL, NULL, NULL);
    while (cert != NULL) {
        must(X509_STORE_add_cert(store, cert) == 1, "add");
        X509_free(cert);
        ++*out_count;
        cert = PEM_read_bio_X509(bio, NULL, NULL, NULL);
    }
    uint64_t took = bench_now_ns() - start;
    BIO_free(bio);
    X509_STORE_free(store);
    return (double)took / 1000;
}

static void bench_bundle(const char *path)
{
    double ours[ROUNDS];
    double theirs[ROUNDS];
    size_t our_count = 0;
    size_t their_count = 0;
    size_t len = read_bundle(path);
    if (len == 0) {
        printf("bundle %s: not here\n", path);
        return;
    }
    for (size_t i = 0; i < ROUNDS; i++) {
        ours[i] = load_patina(len, &our_count);
        theirs[i] = load_libcrypto(len, &their_count);
    }
    double a = median(ours, ROUNDS);
    double b = median(theirs, ROUNDS);
    printf("bundle loaded, us: patina %.0f (%zu roots), X509_STORE %.0f (%zu): %.3f of it\n", a,
           our_count, b, their_count, a / b);
}

static void bench_attach(const struct patina_provider *p, struct patina_roots *roots)
{
    size_t before = bench_allocations();
    uint64_t start = bench_now_ns();
    for (size_t i = 0; i < ATTACHES; i++) {
        struct patina_verifier_options o = PATINA_VERIFIER_OPTIONS_INIT;
        struct patina_verifier *v = NULL;
        o.provider = p;
        o.roots = roots;
        must(patina_verifier_new(&o, &v) == PATINA_OK, "verifier");
        patina_verifier_unref(v);
    }
    uint64_t took = bench_now_ns() - start;
    printf("roots attached to a new verifier, ns: %.0f, allocations: %.1f\n",
           (double)took / (double)ATTACHES,
           (double)(bench_allocations() - before) / (double)ATTACHES);
}

// ---- The link cache

static double client_us(struct fixture *f)
{
    struct pair p;
    uint64_t client = 0;
    uint64_t start = bench_now_ns();
    fixture_pair(f, &p);
    pair_step(&p, &p.client);
    client += bench_now_ns() - start;
    (void)pair_move(&p, &p.client, &p.server);
    pair_step(&p, &p.server);
    (void)pair_move(&p, &p.server, &p.client);
    start = bench_now_ns();
    pair_step(&p, &p.client);
    client += bench_now_ns() - start;
    must(p.client.err == PATINA_OK && pair_saw(&p.client, PATINA_EVENT_HANDSHAKE_DONE),
         "handshake");
    pair_free(&p);
    return (double)client / 1000;
}

static double bench_client(const struct patina_provider *p, uint32_t flags)
{
    struct fixture f;
    double rounds[ROUNDS];
    fixture_options(&f, p, p, TEST_P256);
    f.client.flags = flags;
    fixture_configs(&f);
    (void)client_us(&f); // warm
    for (size_t i = 0; i < ROUNDS; i++) {
        rounds[i] = 0;
        for (size_t k = 0; k < HANDSHAKES; k++) {
            rounds[i] += client_us(&f) / (double)HANDSHAKES;
        }
    }
    fixture_free(&f);
    return median(rounds, ROUNDS);
}

static void bench_hash(const struct patina_provider *p)
{
    static uint8_t link[1024]; // what a link of a usual certificate comes to
    const struct patina_hash *h = p->hmac_sha256->hash;
    const patina_span parts[] = {{link, 64}, {link, sizeof link - 64}};
    struct patina_digest digest;
    uint64_t start = bench_now_ns();
    for (size_t i = 0; i < HASHES; i++) {
        link[0]++;
        must(h->once(h, parts, 2, &digest) == PATINA_OK, "hash");
    }
    printf("  hashing a link of 1 KiB, us: %.2f (two a handshake)\n",
           (double)(bench_now_ns() - start) / (double)HASHES / 1000.0);
}

static void bench_links(const struct patina_provider *p)
{
    double off = bench_client(p, PATINA_CONFIG_NO_LINK_CACHE);
    double warm = bench_client(p, 0);
    double again = bench_client(p, PATINA_CONFIG_NO_LINK_CACHE);
    printf("client handshake over %s, P-256 leaf, intermediate and root, us: link cache off %.1f "
           "(again %.1f), warm %.1f: two signatures less\n",
           p->name, off, again, warm);
    bench_hash(p);
}

int main(int argc, char **argv)
{
    const char *path = argc > 1 ? argv[1] : "/etc/ssl/certs/ca-certificates.crt";
    bench_bundle(path);
    struct patina_roots *roots = NULL;
    size_t len = read_bundle(path);
    if (len != 0 && patina_roots_from_pem((patina_span){(const uint8_t *)bundle, len}, NULL, &roots,
                                          NULL) == PATINA_OK) {
        bench_attach(fixture_provider(0), roots);
        patina_roots_unref(roots);
    }
    for (size_t i = 0; fixture_provider(i) != NULL; i++) {
        bench_links(fixture_provider(i));
    }
    return 0;
}

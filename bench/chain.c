// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// What judging a chain costs beside its signatures: leaf, intermediate and root (P-256), name and
// dates, link cache off. patina over a provider whose signatures all hold at once, so that nothing
// but the judging is measured; libcrypto's X509_verify_cert less two EVP_DigestVerify of the same
// keys. Alternated in one run on one thread, CPU time, medians. libcrypto stands there three times:
// over X509s that it has judged before, whose extensions it has kept; over X509s just made of what
// a peer sent, as in a handshake, without the making; and with it, as patina always does. Prints
// rows; judges nothing.
#include "patina/patina.h"
#include "patina/provider_openssl.h"
#include "side.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROUNDS = 31, TIMES = 200, MAX_ALGS = 64 };

static void must(bool ok, const char *what)
{
    if (!ok) {
        (void)fprintf(stderr, "bench_chain: %s\n", what);
        exit(1);
    }
}

// ---- A provider whose signatures hold

static patina_err load_nothing(const struct patina_verify_alg *a, patina_span public_key,
                               struct patina_public_key **out)
{
    static char nothing;
    (void)a;
    (void)public_key;
    *out = (struct patina_public_key *)(void *)&nothing;
    return PATINA_OK;
}

static patina_err verify_nothing(const struct patina_verify_alg *a,
                                 const struct patina_public_key *k, const patina_span *message,
                                 size_t message_count, patina_span signature)
{
    (void)a;
    (void)k;
    (void)message;
    (void)message_count;
    (void)signature;
    return PATINA_OK;
}

static void drop_nothing(const struct patina_verify_alg *a, struct patina_public_key *k)
{
    (void)a;
    (void)k;
}

static const struct patina_provider *without_signatures(const struct patina_provider *real)
{
    static struct patina_verify_alg algs[MAX_ALGS];
    static const struct patina_verify_alg *pointers[MAX_ALGS];
    static struct patina_provider p;
    must(real->verify_algs_count <= MAX_ALGS, "too many algorithms");
    p = *real;
    for (size_t i = 0; i < real->verify_algs_count; i++) {
        algs[i] = *real->verify_algs[i];
        algs[i].load = load_nothing;
        algs[i].verify = verify_nothing;
        algs[i].drop = drop_nothing;
        pointers[i] = &algs[i];
    }
    p.verify_algs = pointers;
    return &p;
}

// ---- What is measured

struct world {
    struct test_cert root, intermediate, leaf;
    patina_span chain[2];
    struct patina_verifier *beside, *whole; // without signatures, with libcrypto's
    X509_STORE *store;
    X509 *parsed[2];
    EVP_PKEY *key;
    unsigned char signature[128];
    size_t signature_len;
    size_t allocations; // of one judgement of `beside`
};

typedef void work(struct world *w);

static void judge(const struct world *w, const struct patina_verifier *v)
{
    struct patina_verify_input in = PATINA_VERIFY_INPUT_INIT;
    in.chain = w->chain;
    in.chain_count = 2;
    in.name = patina_span_str("bench.test");
    in.now_s = 1796083200; // 2026-12-01
    must(patina_verifier_judge(v, &in, NULL, NULL) == PATINA_OK, "patina refuses the chain");
}

static void patina_beside(struct world *w)
{
    judge(w, w->beside);
}

static void patina_whole(struct world *w)
{
    judge(w, w->whole);
}

static X509 *parse(patina_span der)
{
    const unsigned char *p = der.ptr;
    X509 *x = d2i_X509(NULL, &p, (long)der.len);
    must(x != NULL, "d2i_X509");
    return x;
}

static void verify_cert(const struct world *w, X509 *leaf, X509 *intermediate)
{
    STACK_OF(X509) *rest = sk_X509_new_null();
    X509_STORE_CTX *ctx = X509_STORE_CTX_new();
    must(rest != NULL && ctx != NULL && sk_X509_push(rest, intermediate) == 1 &&
             X509_STORE_CTX_init(ctx, w->store, leaf, rest) == 1,
         "X509_STORE_CTX_init");
    X509_VERIFY_PARAM *param = X509_STORE_CTX_get0_param(ctx);
    X509_VERIFY_PARAM_set_time(param, 1796083200);
    must(X509_STORE_CTX_set_default(ctx, "ssl_server") == 1 &&
             X509_VERIFY_PARAM_set1_host(param, "bench.test", 0) == 1,
         "X509_VERIFY_PARAM");
    must(X509_verify_cert(ctx) == 1, "X509_verify_cert refuses the chain");
    X509_STORE_CTX_free(ctx);
    sk_X509_free(rest);
}

static void libcrypto_parsed(struct world *w)
{
    verify_cert(w, w->parsed[0], w->parsed[1]);
}

static void libcrypto_making(struct world *w)
{
    X509_free(parse(w->chain[0]));
    X509_free(parse(w->chain[1]));
}

static void libcrypto_whole(struct world *w)
{
    X509 *leaf = parse(w->chain[0]);
    X509 *intermediate = parse(w->chain[1]);
    verify_cert(w, leaf, intermediate);
    X509_free(leaf);
    X509_free(intermediate);
}

static void libcrypto_signature(struct world *w)
{
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    must(ctx != NULL && EVP_DigestVerifyInit(ctx, NULL, EVP_sha256(), NULL, w->key) == 1 &&
             EVP_DigestVerify(ctx, w->signature, w->signature_len, w->chain[0].ptr,
                              w->chain[0].len) == 1,
         "EVP_DigestVerify");
    EVP_MD_CTX_free(ctx);
}

// ---- Making it

static struct patina_verifier *verifier(const struct patina_provider *p, patina_span root)
{
    struct patina_roots *roots = NULL;
    struct patina_verifier *v = NULL;
    struct patina_verifier_options o = PATINA_VERIFIER_OPTIONS_INIT;
    must(patina_roots_from_der(&root, 1, NULL, &roots) == PATINA_OK, "roots");
    o.provider = p;
    o.roots = roots;
    must(patina_verifier_new(&o, &v) == PATINA_OK, "verifier");
    patina_roots_unref(roots);
    return v;
}

static void make(struct world *w, const struct patina_provider *p)
{
    test_make_ca("Bench Root", TEST_P256, NULL, &w->root);
    test_make_ca("Bench Intermediate", TEST_P256, &w->root, &w->intermediate);
    test_make_server("bench.test", "DNS:bench.test", TEST_P256, &w->intermediate, &w->leaf);
    w->chain[0] = w->leaf.der;
    w->chain[1] = w->intermediate.der;
    w->beside = verifier(without_signatures(p), w->root.der);
    w->whole = verifier(p, w->root.der);

    w->store = X509_STORE_new();
    X509 *root = parse(w->root.der);
    must(w->store != NULL && X509_STORE_add_cert(w->store, root) == 1, "X509_STORE");
    X509_free(root);
    w->parsed[0] = parse(w->chain[0]);
    w->parsed[1] = parse(w->chain[1]);

    BIO *pem = BIO_new_mem_buf(w->leaf.key_pem, -1);
    w->key = PEM_read_bio_PrivateKey(pem, NULL, NULL, NULL);
    BIO_free(pem);
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    w->signature_len = sizeof w->signature;
    must(w->key != NULL && ctx != NULL &&
             EVP_DigestSignInit(ctx, NULL, EVP_sha256(), NULL, w->key) == 1 &&
             EVP_DigestSign(ctx, w->signature, &w->signature_len, w->chain[0].ptr,
                            w->chain[0].len) == 1,
         "EVP_DigestSign");
    EVP_MD_CTX_free(ctx);
}

static void clear(struct world *w)
{
    patina_verifier_unref(w->beside);
    patina_verifier_unref(w->whole);
    X509_STORE_free(w->store);
    X509_free(w->parsed[0]);
    X509_free(w->parsed[1]);
    EVP_PKEY_free(w->key);
    test_cert_free(&w->leaf);
    test_cert_free(&w->intermediate);
    test_cert_free(&w->root);
}

// ---- Measuring

static int by_value(const void *x, const void *y)
{
    double a = *(const double *)x;
    double b = *(const double *)y;
    return a < b ? -1 : a > b;
}

static double round_us(struct world *w, work *run)
{
    uint64_t started = bench_now_ns();
    for (int i = 0; i < TIMES; i++) {
        run(w);
    }
    return (double)(bench_now_ns() - started) / 1000.0 / (double)TIMES;
}

static double median(const double *samples)
{
    double sorted[ROUNDS];
    memcpy(sorted, samples, sizeof sorted);
    qsort(sorted, ROUNDS, sizeof sorted[0], by_value);
    return sorted[ROUNDS / 2];
}

enum { BESIDE, WHOLE, PARSED, PEER, MAKING, SIGNATURE, PARSED_AGAIN, ROWS, NOTHING = ROWS };

// What a row takes without its two signatures, and without another row: the difference of the same
// round, since a machine is not as fast in every one.
static double median_beside(double samples[ROWS][ROUNDS], size_t row, size_t less)
{
    double beside[ROUNDS];
    for (size_t i = 0; i < ROUNDS; i++) {
        beside[i] = samples[row][i] - 2 * samples[SIGNATURE][i];
        beside[i] -= less == NOTHING ? 0.0 : samples[less][i];
    }
    return median(beside);
}

int main(void)
{
    static work *const works[ROWS] = {patina_beside,   patina_whole,     libcrypto_parsed,
                                      libcrypto_whole, libcrypto_making, libcrypto_signature,
                                      libcrypto_parsed};
    static struct world w;
    static double samples[ROWS][ROUNDS];
    double us[ROWS];
    const struct patina_provider *p = NULL;
    must(patina_openssl_new(NULL, &p) == PATINA_OK, "no provider");
    make(&w, p);
    patina_beside(&w);
    size_t before = bench_allocations();
    patina_beside(&w);
    size_t allocations = bench_allocations() - before;
    for (size_t i = 0; i < ROUNDS; i++) {
        for (size_t row = 0; row < ROWS; row++) {
            samples[row][i] = round_us(&w, works[row]);
        }
    }
    double parsed = median_beside(samples, PARSED, NOTHING);
    double peer = median_beside(samples, PEER, NOTHING);
    double fresh = median_beside(samples, PEER, MAKING);
    for (size_t row = 0; row < ROWS; row++) {
        us[row] = median(samples[row]);
    }
    (void)printf("a chain of leaf, intermediate, root (P-256), in microseconds; %s\n", p->version);
    (void)printf("  patina beside the signatures            %7.2f   %zu allocations\n", us[BESIDE],
                 allocations);
    (void)printf("  libcrypto beside the signatures         %7.2f   X509s judged before: x%.1f\n",
                 parsed, parsed / us[BESIDE]);
    (void)printf("  libcrypto beside the signatures         %7.2f   X509s just made:     x%.1f\n",
                 fresh, fresh / us[BESIDE]);
    (void)printf("  libcrypto beside the signatures         %7.2f   of a peer's bytes:   x%.1f\n",
                 peer, peer / us[BESIDE]);
    (void)printf("  patina with libcrypto's signatures      %7.2f\n", us[WHOLE]);
    (void)printf("  libcrypto, X509s judged before          %7.2f   again (A/A): %.2f\n",
                 us[PARSED], us[PARSED_AGAIN]);
    (void)printf("  libcrypto, a peer's bytes               %7.2f\n", us[PEER]);
    (void)printf("  making the X509s                        %7.2f\n", us[MAKING]);
    (void)printf("  one EVP_DigestVerify                    %7.2f\n", us[SIGNATURE]);
    clear(&w);
    patina_provider_unref(p);
    return 0;
}

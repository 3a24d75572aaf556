// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The first yardstick: full TLS 1.3 handshakes and bulk data in memory, patina over each provider
// beside the system's libssl, alternated in one run on one thread, CPU time, medians. libssl stands
// there twice: the difference of the two is the noise (A/A). Prints a row a measurement; judges
// nothing.
#include "side.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    MAX_SIDES = 4,
    ROUNDS = 15,
    HANDSHAKES = 60,
    BULK_ROUNDS = 9,
    BULK_BYTES = 24 * 1024 * 1024
};

struct samples {
    double a[ROUNDS], b[ROUNDS];
    size_t count, allocations;
};

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

struct entrant {
    const struct bench_side *side;
    const char *name;
    void *state; // NULL: cannot
    struct samples handshake, bulk;
};

static size_t list_entrants(struct entrant *e)
{
    size_t n = 0;
    e[n++] = (struct entrant){.side = &bench_libssl, .name = "libssl"};
    e[n++] = (struct entrant){.side = &bench_patina_openssl, .name = "patina, libcrypto"};
#ifdef BENCH_AWSLC
    e[n++] = (struct entrant){.side = &bench_patina_awslc, .name = "patina, AWS-LC"};
#endif
    e[n++] = (struct entrant){.side = &bench_libssl, .name = "libssl again (A/A)"};
    return n;
}

static void handshake_round(struct entrant *e)
{
    uint64_t client = 0;
    uint64_t server = 0;
    for (int i = 0; i < HANDSHAKES; i++) {
        uint64_t client_ns;
        uint64_t server_ns;
        e->side->handshake(e->state, &client_ns, &server_ns, &e->handshake.allocations);
        client += client_ns;
        server += server_ns;
    }
    e->handshake.a[e->handshake.count] = (double)client / (double)HANDSHAKES / 1000;
    e->handshake.b[e->handshake.count] = (double)server / (double)HANDSHAKES / 1000;
    e->handshake.count++;
}

static void bulk_round(struct entrant *e)
{
    uint64_t seal;
    uint64_t open;
    e->side->bulk(e->state, BULK_BYTES, &seal, &open, &e->bulk.allocations);
    e->bulk.a[e->bulk.count] = (double)BULK_BYTES / (double)seal;
    e->bulk.b[e->bulk.count] = (double)BULK_BYTES / (double)open;
    e->bulk.count++;
}

static void print_row(const char *name, double a, double b, double base_a, double base_b,
                      bool more_is_better)
{
    if (base_a <= 0 || base_b <= 0) { // libssl is not in this table
        printf("  %-22s %9.2f %9.2f       -      -", name, a, b);
        return;
    }
    double ratio_a = more_is_better ? a / base_a : base_a / a;
    double ratio_b = more_is_better ? b / base_b : base_b / b;
    printf("  %-22s %9.2f %9.2f   x%.2f  x%.2f", name, a, b, ratio_a, ratio_b);
}

static void run(const struct bench_setup *setup, bool with_bulk)
{
    static struct entrant e[MAX_SIDES];
    memset(e, 0, sizeof e);
    size_t n = list_entrants(e);
    for (size_t i = 0; i < n; i++) {
        e[i].state = e[i].side->open(setup, e[i].side->arg);
    }
    for (size_t r = 0; r < ROUNDS; r++) {
        for (size_t i = 0; i < n; i++) {
            if (e[i].state != NULL) {
                handshake_round(&e[i]);
            }
        }
    }
    for (size_t r = 0; with_bulk && r < BULK_ROUNDS; r++) {
        for (size_t i = 0; i < n; i++) {
            if (e[i].state != NULL) {
                bulk_round(&e[i]);
            }
        }
    }
    printf("\n%s\n  %-22s %9s %9s   %s\n", setup->name, "us per handshake", "client", "server",
           "speed beside libssl, allocations of the server");
    double base_a = e[0].state != NULL ? median(e[0].handshake.a, e[0].handshake.count) : 0;
    double base_b = e[0].state != NULL ? median(e[0].handshake.b, e[0].handshake.count) : 0;
    for (size_t i = 0; i < n; i++) {
        if (e[i].state == NULL) {
            printf("  %-22s this library has no such group\n", e[i].name);
            continue;
        }
        print_row(e[i].name, median(e[i].handshake.a, e[i].handshake.count),
                  median(e[i].handshake.b, e[i].handshake.count), base_a, base_b, false);
        printf("   %zu\n", e[i].handshake.allocations);
    }
    if (with_bulk) {
        printf("  %-22s %9s %9s   %s\n", "GB/s, 16 KiB records", "seal", "open",
               "speed beside libssl, allocations in 24 MiB");
        base_a = e[0].state != NULL ? median(e[0].bulk.a, e[0].bulk.count) : 0;
        base_b = e[0].state != NULL ? median(e[0].bulk.b, e[0].bulk.count) : 0;
        for (size_t i = 0; i < n; i++) {
            if (e[i].state != NULL) {
                print_row(e[i].name, median(e[i].bulk.a, e[i].bulk.count),
                          median(e[i].bulk.b, e[i].bulk.count), base_a, base_b, true);
                printf("   %zu\n", e[i].bulk.allocations);
            }
        }
    }
    for (size_t i = 0; i < n; i++) {
        if (e[i].state != NULL) {
            e[i].side->close(e[i].state);
        }
    }
    (void)fflush(stdout);
}

int main(void)
{
    struct test_cert root;
    struct test_cert intermediate;
    struct test_cert ecdsa;
    struct test_cert rsa;
    test_make_ca("Bench Root", TEST_P256, NULL, &root);
    test_make_ca("Bench Intermediate", TEST_P256, &root, &intermediate);
    test_make_server("bench.test", "DNS:bench.test", TEST_P256, &intermediate, &ecdsa);
    test_make_server("bench.test", "DNS:bench.test", TEST_RSA2048, &intermediate, &rsa);
    const struct bench_setup setups[] = {
        {"AES-128-GCM, x25519, ECDSA P-256", 0x1301, 0x001d, &root, &intermediate, &ecdsa},
        {"AES-256-GCM, secp256r1, ECDSA P-256", 0x1302, 0x0017, &root, &intermediate, &ecdsa},
        {"AES-128-GCM, X25519MLKEM768, ECDSA P-256", 0x1301, 0x11ec, &root, &intermediate, &ecdsa},
        {"ChaCha20-Poly1305, x25519, RSA-2048", 0x1303, 0x001d, &root, &intermediate, &rsa},
    };
    printf("patina beside the system's libssl: one thread, CPU time, medians of %d alternated "
           "rounds\n",
           ROUNDS);
    for (size_t i = 0; i < sizeof setups / sizeof setups[0]; i++) {
        run(&setups[i], i != 2);
    }
    test_cert_free(&rsa);
    test_cert_free(&ecdsa);
    test_cert_free(&intermediate);
    test_cert_free(&root);
    return 0;
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// A CA, a server's chain and ready configs for tests of whole connections. Tests change the options
// between fixture_options and fixture_configs. Any failure ends the test program. Link
// patina_fixture.
//
//     struct fixture f;
//     fixture_options(&f, provider, provider, TEST_P256);
//     f.client.alpn = ...;
//     fixture_configs(&f);
//     struct pair p;
//     fixture_pair(&f, &p);
//     pair_run(&p);
//     pair_free(&p);
//     fixture_free(&f);
#ifndef PTN_TESTS_FIXTURE_H
#define PTN_TESTS_FIXTURE_H

#include "mkcert.h"
#include "pair.h"
#include "patina/dangerous.h"

struct fixture {
    struct test_cert root, intermediate, leaf; // for "server.test", "*.wild.test", 127.0.0.1; not
                                               // to be freed
    int64_t now_s;                             // what the clock says; fixed
    struct patina_clock clock;
    struct patina_roots *roots;
    struct patina_verifier *verifier;
    struct patina_credential *credential;
    struct patina_client_options client;
    struct patina_server_options server;
    struct patina_conn_options client_conn, server_conn;
    struct patina_client_config *client_config;
    struct patina_server_config *server_config;
};

// Every provider of this build, by index; NULL past the end. Counted ones live until the program
// ends.
const struct patina_provider *fixture_provider(size_t i);

// Makes the certificates and the default options of both sides.
void fixture_options(struct fixture *f, const struct patina_provider *client,
                     const struct patina_provider *server, enum test_key key);

// Makes the configs from f->client and f->server as they now are.
void fixture_configs(struct fixture *f);

// Makes a connection of each config.
void fixture_pair(struct fixture *f, struct pair *p);

void fixture_free(struct fixture *f);

// A key of the chain for `issuer`: leaf and intermediate as a credential.
struct patina_credential *fixture_credential(const struct patina_provider *provider,
                                             const struct test_cert *leaf,
                                             const struct test_cert *intermediate,
                                             const struct patina_allocator *alloc);

// A key of the test's own: `sign` decides when the real one signs. It belongs to the test and is
// dropped by the credential.
struct fixture_signer {
    struct patina_key base; // first, so that the library's pointer is ours
    struct patina_key *real;
    patina_err (*sign)(void *user, struct patina_op *op);
    void *user;
    size_t drops;
};

// Puts a credential with the server's chain and `signer` in the place of f->credential.
void fixture_use_signer(struct fixture *f, struct fixture_signer *signer);

// The real key signs, with an operation of its own as a signer on another machine would, and the
// answer goes to `op`.
patina_err fixture_sign(const struct fixture_signer *signer, struct patina_op *op);

static inline patina_span fixture_text(const char *s)
{
    size_t len = 0;
    while (s[len] != 0) {
        len++;
    }
    return (patina_span){(const uint8_t *)s, len};
}

#endif

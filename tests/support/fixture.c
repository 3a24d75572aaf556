// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// A CA, a server's chain and ready configs: see fixture.h.
#include "fixture.h"

#include "null_provider.h"
#include "x509/cert.h"

#ifdef FIXTURE_OPENSSL
#include "patina/provider_openssl.h"
#endif
#ifdef FIXTURE_AWSLC
#include "patina/provider_awslc.h"
#endif

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void need(patina_err err, const char *what)
{
    if (err != PATINA_OK) {
        (void)fprintf(stderr, "fixture: %s: %s\n", what, patina_err_name(err));
        abort();
    }
}

const struct patina_provider *fixture_provider(size_t i)
{
    const struct patina_provider *list[3] = {NULL, NULL, NULL};
    size_t count = 0;
#ifdef FIXTURE_AWSLC
    list[count++] = patina_awslc();
#endif
#ifdef FIXTURE_OPENSSL
    static const struct patina_provider *openssl; // lives until the program ends
    if (openssl == NULL) {
        need(patina_openssl_new(NULL, &openssl), "provider");
    }
    list[count++] = openssl;
#endif
    return i < count ? list[i] : NULL;
}

static patina_err fixed_now(void *user, int64_t *out)
{
    const struct fixture *f = user;
    *out = f->now_s;
    return PATINA_OK;
}

struct patina_credential *fixture_credential(const struct patina_provider *provider,
                                             const struct test_cert *leaf,
                                             const struct test_cert *intermediate,
                                             const struct patina_allocator *alloc)
{
    struct patina_credential_options o = PATINA_CREDENTIAL_OPTIONS_INIT;
    const patina_span chain[2] = {leaf->der, intermediate != NULL ? intermediate->der : leaf->der};
    o.provider = provider;
    o.alloc = alloc;
    o.chain_der = chain;
    o.chain_der_count = intermediate != NULL ? 2 : 1;
    if (strcmp(provider->name, "null") == 0) {
        struct ptn_cert cert; // its keys are made of a SubjectPublicKeyInfo
        need(ptn_cert_parse(leaf->der, &cert), "leaf");
        need(null_key_new(cert.spki.whole, &o.key), "null key");
    } else {
        o.key_pem = fixture_text(leaf->key_pem);
    }
    struct patina_credential *c;
    need(patina_credential_new(&o, &c, NULL), "credential");
    return c;
}

// Certificates are made once a key type and live until the program ends: RSA keys take time.
static void certificates(struct fixture *f, enum test_key key)
{
    static struct test_cert root;
    static struct test_cert intermediate;
    static struct test_cert leaves[TEST_RSA3072 + 1];
    if (root.der.len == 0) {
        test_make_ca("Test Root", TEST_P256, NULL, &root);
        test_make_ca("Test Intermediate", TEST_P256, &root, &intermediate);
    }
    if (leaves[key].der.len == 0) {
        test_make_server("server.test", "DNS:server.test,DNS:*.wild.test,IP:127.0.0.1", key,
                         &intermediate, &leaves[key]);
    }
    f->root = root;
    f->intermediate = intermediate;
    f->leaf = leaves[key];
}

void fixture_options(struct fixture *f, const struct patina_provider *client,
                     const struct patina_provider *server, enum test_key key)
{
    static const struct patina_client_options client_init = PATINA_CLIENT_OPTIONS_INIT;
    static const struct patina_server_options server_init = PATINA_SERVER_OPTIONS_INIT;
    static const struct patina_conn_options conn_init = PATINA_CONN_OPTIONS_INIT;
    memset(f, 0, sizeof *f);
    certificates(f, key);
    f->now_s = INT64_C(1790000000); // September 2026
    f->clock = (struct patina_clock){.struct_size = sizeof f->clock, .user = f, .now = fixed_now};

    need(patina_roots_from_der(&f->root.der, 1, NULL, &f->roots), "roots");
    struct patina_verifier_options v = PATINA_VERIFIER_OPTIONS_INIT;
    v.provider = client;
    v.roots = f->roots;
    v.revocation = PATINA_REVOCATION_ALLOW_UNKNOWN; // what tests staple is an error of a responder
    need(patina_verifier_new(&v, &f->verifier), "verifier");
    f->credential = fixture_credential(server, &f->leaf, &f->intermediate, NULL);

    f->client = client_init;
    f->client.provider = client;
    f->client.verifier = f->verifier;
    f->client.clock = &f->clock;
    f->server = server_init;
    f->server.provider = server;
    f->server.clock = &f->clock;
    f->server.credentials = &f->credential;
    f->server.credentials_count = 1;
    f->client_conn = conn_init;
    f->client_conn.server_name = fixture_text("server.test");
    f->server_conn = conn_init;
}

void fixture_configs(struct fixture *f)
{
    need(patina_client_config_new(&f->client, &f->client_config, NULL), "client config");
    need(patina_server_config_new(&f->server, &f->server_config, NULL), "server config");
}

void fixture_pair(struct fixture *f, struct pair *p)
{
    struct patina_conn *client;
    struct patina_conn *server;
    need(patina_client_new(f->client_config, &f->client_conn, &client), "client");
    need(patina_server_new(f->server_config, &f->server_conn, &server), "server");
    pair_init(p, client, server);
}

void fixture_free(struct fixture *f)
{
    patina_client_config_unref(f->client_config);
    patina_server_config_unref(f->server_config);
    patina_credential_unref(f->credential);
    patina_verifier_unref(f->verifier);
    patina_roots_unref(f->roots);
}

// ---- A key of the test's own

static struct fixture_signer *signer_of(const struct patina_key *key)
{
    return (struct fixture_signer *)(uintptr_t)key;
}

static const uint16_t *signer_schemes(const struct patina_key *key, size_t *out_count)
{
    return signer_of(key)->real->vtable->schemes(signer_of(key)->real, out_count);
}

static patina_err signer_sign(struct patina_key *key, struct patina_op *op)
{
    return signer_of(key)->sign(signer_of(key)->user, op);
}

static patina_err signer_spki(const struct patina_key *key, patina_span *out)
{
    return signer_of(key)->real->vtable->spki(signer_of(key)->real, out);
}

static void signer_drop(struct patina_key *key)
{
    struct fixture_signer *s = signer_of(key);
    s->drops++;
    s->real->vtable->drop(s->real);
    s->real = NULL;
}

static const struct patina_key_vtable signer_vtable = {
    .struct_size = sizeof signer_vtable,
    .schemes = signer_schemes,
    .sign = signer_sign,
    .spki = signer_spki,
    .drop = signer_drop,
};

void fixture_use_signer(struct fixture *f, struct fixture_signer *signer)
{
    const struct patina_provider *provider = f->server.provider;
    const patina_span chain[2] = {f->leaf.der, f->intermediate.der};
    struct patina_credential_options o = PATINA_CREDENTIAL_OPTIONS_INIT;
    patina_span der = test_key_der(&f->leaf);
    need(provider->load_key(provider, der, &signer->real), "key");
    free((void *)(uintptr_t)der.ptr);
    signer->base.vtable = &signer_vtable;
    signer->drops = 0;
    o.provider = provider;
    o.chain_der = chain;
    o.chain_der_count = 2;
    o.key = &signer->base;
    patina_credential_unref(f->credential);
    need(patina_credential_new(&o, &f->credential, NULL), "credential");
}

patina_err fixture_sign(const struct fixture_signer *signer, struct patina_op *op)
{
    struct patina_op *inner;
    patina_err err =
        patina_sign_op_new(patina_sign_op_scheme(op), patina_sign_op_message(op), NULL, &inner);
    if (err == PATINA_OK) {
        err = signer->real->vtable->sign(signer->real, inner);
    }
    if (err == PATINA_OK) {
        err = patina_sign_op_complete(op, patina_sign_op_result(inner));
    }
    patina_op_release(inner);
    return err;
}

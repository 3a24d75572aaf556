// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// A private key that signs later, on another thread, as one in an HSM or a key service would:
// usage: remote_key CERT KEY.DER CAFILE. The server's handshake is suspended meanwhile; the waker
// ends its wait. Client and server talk over a socket pair; the certificate is for "localhost".
#include <pthread.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <patina/stream.h>

#include "files.h"
#include "provider.h"

// ---- The key: it hands each signature to a thread of its own.

struct remote_key {
    struct patina_key base; // first, so that the library's pointer is ours
    struct patina_key *local;
    pthread_t thread;
    struct patina_op *op;
};

static struct remote_key *remote(const struct patina_key *key)
{
    return (struct remote_key *)(uintptr_t)key;
}

static const uint16_t *schemes(const struct patina_key *key, size_t *out_count)
{
    return remote(key)->local->vtable->schemes(remote(key)->local, out_count);
}

static patina_err spki(const struct patina_key *key, patina_span *out)
{
    return remote(key)->local->vtable->spki(remote(key)->local, out);
}

// On the other thread: signs a copy of the request, then answers the real one.
static void *sign_there(void *arg)
{
    struct remote_key *k = arg;
    struct patina_op *request = NULL;
    patina_err e = patina_sign_op_new(patina_sign_op_scheme(k->op), patina_sign_op_message(k->op),
                                      NULL, &request);
    e = e == PATINA_OK ? k->local->vtable->sign(k->local, request) : e;
    if (e == PATINA_OK) {
        puts("signed on another thread");
        e = patina_sign_op_complete(k->op, patina_sign_op_result(request));
    } else {
        e = patina_op_refuse(k->op, PATINA_ALERT_INTERNAL_ERROR);
    }
    (void)e; // ABANDONED when the connection is gone meanwhile: nothing to do
    patina_op_release(request);
    patina_op_release(k->op);
    return NULL;
}

static patina_err sign(struct patina_key *key, struct patina_op *op)
{
    struct remote_key *k = remote(key);
    k->op = patina_op_keep(op);
    if (k->op == NULL) {
        return PATINA_ERR_NO_MEMORY;
    }
    if (pthread_create(&k->thread, NULL, sign_there, k) != 0) {
        patina_op_release(k->op);
        return PATINA_ERR_SIGN_FAILED;
    }
    return PATINA_PENDING;
}

static void drop(struct patina_key *key)
{
    remote(key)->local->vtable->drop(remote(key)->local);
}

static const struct patina_key_vtable remote_vtable = {
    sizeof(struct patina_key_vtable), 0, schemes, sign, spki, drop,
};

// ---- Both ends.

static struct patina_server_config *server_config(const struct patina_provider *provider,
                                                  const char *cert, const char *key,
                                                  struct remote_key *k)
{
    struct patina_credential_options co = PATINA_CREDENTIAL_OPTIONS_INIT;
    struct patina_server_options o = PATINA_SERVER_OPTIONS_INIT;
    struct patina_server_config *cfg = NULL;
    struct patina_credential *credential = NULL;
    patina_mspan pem = read_file(cert);
    patina_mspan der = read_file(key);
    check(provider->load_key(provider, span_of(der), &k->local), key);
    patina_wipe(der.ptr, der.len);
    k->base.vtable = &remote_vtable;
    co.provider = provider;
    co.chain_pem = span_of(pem);
    co.key = &k->base;
    check(patina_credential_new(&co, &credential, NULL), cert);
    o.provider = provider;
    o.clock = patina_clock_system();
    o.credentials = &credential;
    o.credentials_count = 1;
    check(patina_server_config_new(&o, &cfg, NULL), "config");
    patina_credential_unref(credential);
    free(pem.ptr);
    free(der.ptr);
    return cfg;
}

static void *run_client(void *arg)
{
    char text[64];
    size_t n = 0;
    check(patina_stream_read(arg, text, sizeof(text), &n), "client");
    printf("client got: %.*s\n", (int)n, text);
    return NULL;
}

int main(int argc, char **argv)
{
    int fds[2];
    if (argc != 4 || socketpair(AF_UNIX, SOCK_STREAM, 0, fds) != 0) {
        fputs("usage: remote_key CERT KEY.DER CAFILE\n", stderr);
        return 1;
    }
    static struct remote_key key;
    const struct patina_provider *provider = example_provider();
    struct patina_client_config *ccfg = client_config(provider, argv[3]);
    struct patina_server_config *scfg = server_config(provider, argv[1], argv[2], &key);

    struct patina_stream_waker *waker = NULL;
    check(patina_stream_waker_new(NULL, &waker), "waker");
    struct patina_conn_options co = PATINA_CONN_OPTIONS_INIT;
    co.server_name = patina_span_str("localhost");
    struct patina_conn_options so = PATINA_CONN_OPTIONS_INIT;
    so.waker = patina_stream_waker_get(waker);
    struct patina_stream_options stream_options = PATINA_STREAM_OPTIONS_INIT;
    stream_options.waker = waker;
    struct patina_conn *conn = NULL;
    struct patina_stream *client = NULL;
    struct patina_stream *server = NULL;
    check(patina_client_new(ccfg, &co, &conn), "client");
    check(patina_stream_new(fds[0], conn, NULL, &client), "client");
    check(patina_server_new(scfg, &so, &conn), "server");
    check(patina_stream_new(fds[1], conn, &stream_options, &server), "server");

    pthread_t thread;
    if (pthread_create(&thread, NULL, run_client, client) != 0) {
        return 1;
    }
    check(patina_stream_write(server, "hello", 5, NULL), "server"); // the handshake comes first
    check(patina_stream_close_notify(server), "server");
    pthread_join(thread, NULL);
    pthread_join(key.thread, NULL); // before the waker goes, which it calls
    patina_stream_free(client);
    patina_stream_free(server);
    patina_stream_waker_free(waker);
    close(fds[0]);
    close(fds[1]);
    patina_client_config_unref(ccfg);
    patina_server_config_unref(scfg);
    patina_provider_unref(provider);
    return 0;
}

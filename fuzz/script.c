// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Plays a script on a connection: see script.h.
#include "script.h"

#include "pieces.h"

#include "conn/conn.h"
#include "hs/roles.h"
#include "null_provider.h"
#include "patina/patina.h"

#include <string.h>

enum {
    MAX_STREAM = 256 * 1024,  // bytes a script may give
    MAX_MEMORY = 1024 * 1024, // a connection never needs more
    MAX_TURNS = 100000,       // events of one input: every one uses bytes or ends the loop
};

// ---- Memory is counted, so that growth beyond what came in shows

struct heap {
    struct patina_allocator allocator;
    size_t live, peak;
};

static void *heap_alloc(void *user, size_t size)
{
    struct heap *h = user;
    h->live += size;
    h->peak = h->live > h->peak ? h->live : h->peak;
    MUST(h->peak <= MAX_MEMORY);
    return malloc(size);
}

static void *heap_resize(void *user, void *p, size_t old_size, size_t new_size)
{
    (void)user, (void)p, (void)old_size, (void)new_size;
    return NULL;
}

static void heap_release(void *user, void *p, size_t size)
{
    struct heap *h = user;
    h->live -= size;
    free(p);
}

// ---- Configs

static patina_err fixed_now(void *user, int64_t *out)
{
    (void)user;
    *out = INT64_C(1800000000);
    return PATINA_OK;
}

static patina_err accept_all(void *user, struct patina_op *op)
{
    (void)user;
    for (size_t i = 0; i < 3; i++) {
        use_span(patina_verify_op_certificate(op, i));
    }
    return patina_verify_op_accept(op);
}

struct world {
    struct heap heap;
    const struct patina_provider *provider;
    struct patina_conn *conn;
    struct patina_output out;
    patina_mspan in; // MAX_STREAM bytes
    size_t in_len;
    uint32_t random; // for the pieces
    bool is_server;
    bool into; // with receive_into
};

static const struct patina_clock fixed_clock = {.struct_size = sizeof fixed_clock,
                                                .now = fixed_now};

static void make_client(struct world *w)
{
    struct patina_verifier_callback_options v = PATINA_VERIFIER_CALLBACK_OPTIONS_INIT;
    struct patina_verifier *verifier;
    v.provider = w->provider;
    v.verify = accept_all;
    MUST(patina_verifier_callback_new(&v, &verifier) == PATINA_OK);
    const patina_span alpn[] = {PTN_SPAN_LITERAL("h2"), PTN_SPAN_LITERAL("http/1.1")};
    struct patina_client_options o = PATINA_CLIENT_OPTIONS_INIT;
    o.provider = w->provider;
    o.verifier = verifier;
    o.clock = &fixed_clock;
    o.flags = PATINA_CONFIG_WANT_SCTS;
    o.alloc = &w->heap.allocator;
    o.alpn = alpn;
    o.alpn_count = 2;
    struct patina_client_config *cfg;
    MUST(patina_client_config_new(&o, &cfg, NULL) == PATINA_OK);
    struct patina_conn_options c = PATINA_CONN_OPTIONS_INIT;
    c.server_name = PTN_SPAN_LITERAL("fuzz.test");
    MUST(patina_client_new(cfg, &c, &w->conn) == PATINA_OK);
    patina_client_config_unref(cfg);
    patina_verifier_unref(verifier);
}

static void make_server(struct world *w)
{
    struct ptn_cert cert;
    const patina_span der = script_certificate();
    MUST(ptn_cert_parse(der, &cert) == PATINA_OK);
    struct patina_credential_options k = PATINA_CREDENTIAL_OPTIONS_INIT;
    k.provider = w->provider;
    k.chain_der = &der;
    k.chain_der_count = 1;
    k.ocsp_response = PTN_SPAN_LITERAL("a staple");
    k.sct_list = PTN_SPAN_LITERAL("\0\3\0\1s");
    MUST(null_key_new(cert.spki.whole, &k.key) == PATINA_OK);
    struct patina_credential *credential;
    MUST(patina_credential_new(&k, &credential, NULL) == PATINA_OK);
    const patina_span alpn[] = {PTN_SPAN_LITERAL("http/1.1")};
    struct patina_server_options o = PATINA_SERVER_OPTIONS_INIT;
    o.provider = w->provider;
    o.clock = &fixed_clock;
    o.alloc = &w->heap.allocator;
    o.credentials = &credential;
    o.credentials_count = 1;
    o.alpn = alpn;
    o.alpn_count = 1;
    struct patina_server_config *cfg;
    MUST(patina_server_config_new(&o, &cfg, NULL) == PATINA_OK);
    MUST(patina_server_new(cfg, NULL, &w->conn) == PATINA_OK);
    patina_server_config_unref(cfg);
    patina_credential_unref(credential);
}

// ---- Making what a peer would send

static void give(struct world *w, patina_span bytes)
{
    size_t room = w->in.len - w->in_len;
    bytes = ptn_span_first(bytes, room);
    ptn_span_copy(ptn_mspan_skip(w->in, w->in_len), bytes);
    w->in_len += bytes.len;
}

static void give_record(struct world *w, uint8_t type, patina_span text, bool sealed)
{
    uint8_t record[5 + PTN_MAX_PLAINTEXT_BYTES + 1 + NULL_TAG_LEN];
    text = ptn_span_first(text, PTN_MAX_PLAINTEXT_BYTES);
    size_t len = text.len + (sealed ? 1 + NULL_TAG_LEN : 0);
    struct ptn_writer writer = ptn_writer_of((patina_mspan){record, sizeof record});
    ptn_write_u8(&writer, sealed ? (uint8_t)PTN_CONTENT_APPLICATION_DATA : type);
    ptn_write_u16(&writer, PTN_VERSION_TLS12);
    ptn_write_u16(&writer, (uint16_t)len);
    ptn_write_span(&writer, text);
    patina_span whole;
    if (sealed) {
        uint8_t tag[NULL_TAG_LEN];
        ptn_write_u8(&writer, type);
        MUST(ptn_writer_finish(&writer, &whole));
        null_aead_tag(ptn_span_first(whole, 5), ptn_span_skip(whole, 5), tag);
        ptn_write_span(&writer, (patina_span){tag, sizeof tag});
    }
    MUST(ptn_writer_finish(&writer, &whole));
    give(w, whole);
}

static void give_message(struct world *w, uint8_t type, patina_span body)
{
    uint8_t message[PTN_MAX_PLAINTEXT_BYTES];
    struct ptn_writer writer = ptn_writer_of((patina_mspan){message, sizeof message});
    ptn_write_u8(&writer, type);
    struct ptn_mark mark = ptn_open(&writer, 3);
    ptn_write_span(&writer, ptn_span_first(body, sizeof message - 4));
    ptn_close(&writer, mark);
    patina_span whole;
    MUST(ptn_writer_finish(&writer, &whole));
    give_record(w, PTN_CONTENT_HANDSHAKE, whole, w->conn->opener.aead != NULL);
}

// What the peer's Finished has to be, from the connection's own secrets.
static void give_finished(struct world *w)
{
    struct ptn_hs *hs = &w->conn->hs;
    struct ptn_handshake *h = hs->is_server ? (hs->server != NULL ? &hs->server->h : NULL)
                                            : (hs->client != NULL ? &hs->client->h : NULL);
    if (h == NULL || h->hkdf.hmac == NULL || w->conn->opener.aead == NULL) {
        return;
    }
    struct patina_digest transcript;
    struct patina_digest verify_data;
    const struct ptn_secret *base = hs->is_server ? &h->secrets.client : &h->secrets.server;
    MUST(ptn_transcript_peek(&h->transcript, &transcript) == PATINA_OK);
    MUST(ptn_derive_finished13(&h->hkdf, base, &transcript, &verify_data) == PATINA_OK);
    give_message(w, PTN_HS_FINISHED, (patina_span){verify_data.bytes, verify_data.len});
}

// ---- Running

static void check_failed(const struct world *w, patina_err err)
{
    struct patina_report report;
    patina_conn_report(w->conn, &report);
    MUST(report.err == err);
    int err_class = patina_err_class(err);
    MUST(err_class == PATINA_CLASS_PEER || err_class == PATINA_CLASS_ALERT ||
         err_class == PATINA_CLASS_CERTIFICATE || err_class == PATINA_CLASS_TRANSPORT ||
         err_class == PATINA_CLASS_APPLICATION || err == PATINA_ERR_PROVIDER);
    MUST(report.alert_from_peer == 1 || report.alert == patina_err_alert(err) ||
         err_class == PATINA_CLASS_APPLICATION);
    char text[400];
    MUST(patina_conn_explain(w->conn, text, sizeof text) < sizeof text);
}

static void drain(struct world *w)
{
    use_span(patina_output_unsent(&w->out));
    patina_output_sent(&w->out, SIZE_MAX);
}

// One call of the driver on a piece of what there is; true while it gets on.
static bool turn(struct world *w, size_t piece)
{
    struct patina_event ev;
    size_t used = 0;
    patina_mspan copy = fuzz_exact(ptn_span_first(ptn_span(w->in), piece));
    uint8_t room[PTN_MAX_CIPHERTEXT_BYTES];
    const patina_mspan text = {room, sizeof room};
    patina_err err =
        w->into ? patina_conn_receive_into(w->conn, ptn_span(copy), text, &used, &w->out, &ev)
                : patina_conn_receive(w->conn, copy, &used, &w->out, &ev);
    MUST(used <= copy.len && ev.kind != PATINA_EVENT_NEED_ROOM);
    if (err != PATINA_OK) {
        check_failed(w, err);
    } else if (ev.kind == PATINA_EVENT_DATA) {
        const uint8_t *from = w->into ? text.ptr : copy.ptr;
        MUST(ev.data.len != 0 && ev.data.ptr >= from &&
             ev.data.ptr + ev.data.len <= from + (w->into ? text.len : used));
        use_span(ev.data);
    }
    free(copy.ptr);
    ptn_span_copy(w->in, ptn_span_skip(ptn_span(ptn_mspan_first(w->in, w->in_len)), used));
    w->in_len -= used;
    drain(w);
    MUST(ev.kind != PATINA_EVENT_NEED_INPUT || ev.want > piece - used);
    return err == PATINA_OK && (used != 0 || ev.kind == PATINA_EVENT_HANDSHAKE_DONE);
}

static void run(struct world *w)
{
    size_t piece = 0;
    for (size_t i = 0; i < MAX_TURNS; i++) {
        bool more = turn(w, piece);
        if (!more && piece >= w->in_len) {
            return;
        }
        piece = more ? 0 : piece;
        piece = ptn_min_size(w->in_len, piece + fuzz_piece(&w->random));
    }
    MUST(false); // it never ends
}

static void call(struct world *w, patina_span argument)
{
    uint8_t which = argument.len != 0 ? ptn_span_at(argument, 0) : 0;
    patina_span text = ptn_span_skip(argument, 1);
    uint8_t exported[64];
    size_t taken = 0;
    patina_err err = PATINA_OK;
    switch (which % 9) {
    case 0:
        err = patina_conn_send(w->conn, &text, 1, &taken, &w->out);
        MUST(taken <= text.len);
        break;
    case 1:
        err = patina_conn_update_keys(w->conn, (which & 8) != 0, &w->out);
        break;
    case 2:
        err = patina_conn_close(w->conn, &w->out);
        break;
    case 3:
        err = patina_conn_export(w->conn, text, text, (patina_mspan){exported, sizeof exported});
        break;
    case 4:
        err = patina_conn_flush(w->conn, &w->out);
        break;
    case 5:
        use_number(patina_conn_sealed_size(w->conn, text.len) + patina_conn_queued(w->conn));
        break;
    case 6:
        err = patina_conn_input_end(w->conn, w->in_len);
        break;
    case 7:
        err = patina_conn_abort(w->conn, which, &w->out);
        break;
    default:
        w->into = !w->into;
        break;
    }
    use_number((uint64_t)err);
    drain(w);
}

static bool play_chunk(struct world *w, struct ptn_reader *script)
{
    uint8_t op;
    uint16_t len;
    patina_span body;
    if (!ptn_read_u8(script, &op) || !ptn_read_u16(script, &len)) {
        return false;
    }
    body = ptn_span_first(ptn_reader_rest(script), len);
    if (!ptn_read_bytes(script, body.len, &body)) {
        return false;
    }
    uint8_t first = body.len != 0 ? ptn_span_at(body, 0) : 0;
    patina_span rest = ptn_span_skip(body, 1);
    switch (op % SCRIPT_OPS) {
    case SCRIPT_RAW:
        give(w, body);
        break;
    case SCRIPT_PLAIN_RECORD:
        give_record(w, first, rest, false);
        break;
    case SCRIPT_PROTECTED_RECORD:
        give_record(w, first, rest, true);
        break;
    case SCRIPT_MESSAGE:
        give_message(w, first, rest);
        break;
    case SCRIPT_FINISHED:
        give_finished(w);
        break;
    default:
        call(w, body);
        break;
    }
    run(w);
    return true;
}

void script_play(bool is_server, patina_span script)
{
    struct world w = {.is_server = is_server, .random = 1};
    const struct patina_output grow = PATINA_OUTPUT_GROW(SIZE_MAX);
    w.heap.allocator = (struct patina_allocator){
        sizeof w.heap.allocator, 0, &w.heap, heap_alloc, heap_resize, heap_release,
    };
    w.out = grow;
    w.in = (patina_mspan){malloc(MAX_STREAM), MAX_STREAM};
    w.provider = null_provider_new(1);
    MUST(w.in.ptr != NULL && w.provider != NULL);
    if (is_server) {
        make_server(&w);
    } else {
        make_client(&w);
    }
    run(&w);
    struct ptn_reader reader = ptn_reader_of(script);
    while (play_chunk(&w, &reader)) {
    }
    patina_conn_free(w.conn);
    MUST(w.heap.live == 0);
    patina_output_free(&w.out);
    patina_provider_unref(w.provider);
    free(w.in.ptr);
}

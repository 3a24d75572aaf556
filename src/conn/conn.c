// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The public object: making and freeing, and the doors of every call that drives a connection. Each
// door refuses calls from inside a callback, repeats the error of a failed connection, and turns a
// new error into a failed connection.
#include "conn/conn.h"

// ---- Making and freeing

static patina_err copy_options(const struct patina_conn_options *from,
                               struct patina_conn_options *to)
{
    static const struct patina_conn_options none = PATINA_CONN_OPTIONS_INIT;
    if (from == NULL) {
        *to = none;
        return PATINA_OK;
    }
    PTN_REQUIRE(ptn_copy_options(to, sizeof *to, from, from->struct_size, sizeof *to),
                PATINA_ERR_NEWER_OPTIONS);
    PTN_REQUIRE(to->flags == 0 && to->reserved == 0, PATINA_ERR_BAD_OPTION);
    PTN_REQUIRE(to->handshake_memory_limit <= PTN_MAX_HANDSHAKE_BYTES, PATINA_ERR_BAD_OPTION);
    return PATINA_OK;
}

// Bytes of inbound handshake messages: what the caller says, or the library's limit and what the
// config allows a Certificate message beyond the usual.
static size_t handshake_limit(const struct ptn_common_config *common, uint32_t asked)
{
    size_t more = common->max_cert_list > PTN_MAX_CERTIFICATE_BYTES
                      ? common->max_cert_list - (size_t)PTN_MAX_CERTIFICATE_BYTES
                      : 0;
    return asked != 0 ? asked : PTN_MAX_HANDSHAKE_BYTES + more;
}

static struct patina_conn *conn_alloc(const struct ptn_common_config *common,
                                      const struct patina_conn_options *o)
{
    struct patina_conn *c = ptn_alloc(common->alloc, sizeof *c);
    if (c == NULL) {
        return NULL;
    }
    c->alloc = common->alloc;
    c->user = o->user;
    c->handshake_limit = handshake_limit(common, o->handshake_memory_limit);
    c->report.in_message = PTN_HS_NONE;
    c->report.certificate = -1;
    c->report.alert = PATINA_ALERT_NONE;
    ptn_join_init(&c->join, c->alloc, c->handshake_limit);
    ptn_buf_init(&c->scratch, c->alloc, PATINA_RECORD_MAX);
    return c;
}

static struct ptn_hs_options hs_options(const struct patina_conn_options *o)
{
    return (struct ptn_hs_options){
        .user = o->user,
        .waker = o->waker,
        .server_name = o->server_name,
        .sni = o->sni,
        .alpn = o->alpn,
        .alpn_count = o->alpn_count,
    };
}

// Of one of the two configs; the other is NULL.
static patina_err conn_new(struct patina_client_config *client, struct patina_server_config *server,
                           const struct patina_conn_options *options, struct patina_conn **out)
{
    struct patina_conn_options o;
    PTN_TRY(copy_options(options, &o));
    struct patina_conn *c = conn_alloc(client != NULL ? &client->common : &server->common, &o);
    PTN_REQUIRE(c != NULL, PATINA_ERR_NO_MEMORY);
    const struct ptn_hs_options hs = hs_options(&o);
    patina_err err = client != NULL ? ptn_hs_init_client(&c->hs, client, &hs)
                                    : ptn_hs_init_server(&c->hs, server, &hs);
    if (err != PATINA_OK) {
        patina_conn_free(c);
        return err;
    }
    *out = c;
    return PATINA_OK;
}

patina_err patina_client_new(struct patina_client_config *cfg,
                             const struct patina_conn_options *options, struct patina_conn **out)
{
    PTN_REQUIRE(out != NULL, PATINA_ERR_MISUSE);
    *out = NULL;
    PTN_REQUIRE(cfg != NULL, PATINA_ERR_MISUSE);
    return conn_new(cfg, NULL, options, out);
}

patina_err patina_server_new(struct patina_server_config *cfg,
                             const struct patina_conn_options *options, struct patina_conn **out)
{
    PTN_REQUIRE(out != NULL, PATINA_ERR_MISUSE);
    *out = NULL;
    PTN_REQUIRE(cfg != NULL, PATINA_ERR_MISUSE);
    return conn_new(NULL, cfg, options, out);
}

void patina_conn_free(struct patina_conn *c)
{
    if (c == NULL) {
        return;
    }
    if (c->in_call) {
        c->free_later = true; // inside a callback: when the outer call returns
        return;
    }
    const struct patina_allocator *alloc = c->alloc;
    // The contexts are the provider's, and the config that hs holds may be the last to hold that.
    ptn_sealer_clear(&c->sealer);
    ptn_opener_clear(&c->opener);
    ptn_hs_clear(&c->hs);
    ptn_join_clear(&c->join);
    ptn_buf_clear(&c->scratch);
    ptn_free(alloc, c, sizeof *c);
}

// ---- The doors

static patina_err enter(struct patina_conn *c, const struct patina_output *out)
{
    PTN_REQUIRE(!c->in_call, PATINA_ERR_REENTRANT);
    PTN_REQUIRE(out == NULL || ptn_output_fits(out), PATINA_ERR_MISUSE);
    c->in_call = true;
    return PATINA_OK;
}

// RETRY and USAGE leave the connection as it was; everything else fails it, and the alert goes out
// if there is room.
static patina_err leave(struct patina_conn *c, patina_err err, uint8_t direction,
                        struct patina_output *out)
{
    int err_class = patina_err_class(err);
    if (err != PATINA_OK && err_class != PATINA_CLASS_RETRY && err_class != PATINA_CLASS_USAGE &&
        c->failed == PATINA_OK) {
        err = ptn_conn_fail(c, err, direction);
        if (out != NULL && ptn_conn_drain(c, out) != PATINA_OK) {
            ptn_flight_clear(&c->hs.flight); // even the alert cannot be made
        }
    }
    c->in_call = false;
    if (c->free_later) {
        patina_conn_free(c);
    }
    return err;
}

enum { RECEIVING = 1, SENDING = 2 };

static patina_err receive(struct patina_conn *c, struct ptn_input *input, size_t *out_used,
                          struct patina_output *out, struct patina_event *ev)
{
    PTN_TRY(enter(c, out));
    patina_err err = c->failed;
    if (err == PATINA_OK) {
        err = ptn_as_failure(ptn_conn_run(c, input, out, ev));
        *out_used = input->used;
    }
    if (err != PATINA_OK) {
        *ev = (struct patina_event){0};
    }
    return leave(c, err, RECEIVING, out);
}

patina_err patina_conn_receive(struct patina_conn *c, patina_mspan in, size_t *out_used,
                               struct patina_output *out, struct patina_event *ev)
{
    PTN_REQUIRE(c != NULL && out_used != NULL && out != NULL && ev != NULL, PATINA_ERR_MISUSE);
    PTN_REQUIRE(in.ptr != NULL || in.len == 0, PATINA_ERR_MISUSE);
    *out_used = 0;
    *ev = (struct patina_event){0};
    struct ptn_input input = {.in = ptn_span(in), .in_place = in};
    return receive(c, &input, out_used, out, ev);
}

patina_err patina_conn_receive_into(struct patina_conn *c, patina_span in, patina_mspan text,
                                    size_t *out_used, struct patina_output *out,
                                    struct patina_event *ev)
{
    PTN_REQUIRE(c != NULL && out_used != NULL && out != NULL && ev != NULL, PATINA_ERR_MISUSE);
    PTN_REQUIRE((in.ptr != NULL || in.len == 0) && (text.ptr != NULL || text.len == 0),
                PATINA_ERR_MISUSE);
    *out_used = 0;
    *ev = (struct patina_event){0};
    struct ptn_input input = {.in = in, .text = text, .is_into = true};
    return receive(c, &input, out_used, out, ev);
}

patina_err patina_conn_input_end(struct patina_conn *c, size_t unused)
{
    (void)unused; // all that stands there is lost either way; the report says in which state
    PTN_REQUIRE(c != NULL, PATINA_ERR_MISUSE);
    PTN_TRY(enter(c, NULL));
    patina_err err = c->failed;
    if (err == PATINA_OK && !c->received_close) {
        err = PATINA_ERR_TRUNCATED;
    }
    return leave(c, err, RECEIVING, NULL);
}

static patina_err send_text(struct patina_conn *c, const patina_span *text, size_t text_count,
                            size_t *out_taken, struct patina_output *out)
{
    PTN_REQUIRE(!c->sent_close, PATINA_ERR_SEND_CLOSED);
    PTN_REQUIRE(c->hs.done, PATINA_ERR_NOT_YET);
    PTN_TRY(ptn_conn_queue_key_update(c));
    PTN_TRY(ptn_conn_drain(c, out));
    return ptn_conn_seal_text(c, text, text_count, out_taken, out);
}

patina_err patina_conn_send(struct patina_conn *c, const patina_span *text, size_t text_count,
                            size_t *out_taken, struct patina_output *out)
{
    PTN_REQUIRE(c != NULL && out_taken != NULL && out != NULL, PATINA_ERR_MISUSE);
    *out_taken = 0;
    PTN_REQUIRE(text != NULL || text_count == 0, PATINA_ERR_MISUSE);
    PTN_TRY(enter(c, out));
    patina_err err = c->failed;
    if (err == PATINA_OK) {
        err = send_text(c, text, text_count, out_taken, out);
    }
    return leave(c, err, SENDING, out);
}

patina_err patina_conn_flush(struct patina_conn *c, struct patina_output *out)
{
    PTN_REQUIRE(c != NULL && out != NULL, PATINA_ERR_MISUSE);
    PTN_TRY(enter(c, out));
    patina_err err = PATINA_OK;
    if (c->failed == PATINA_OK) {
        err = ptn_conn_queue_key_update(c);
    }
    if (err == PATINA_OK) {
        err = ptn_conn_drain(c, out);
    }
    return leave(c, err, SENDING, out);
}

patina_err patina_conn_close(struct patina_conn *c, struct patina_output *out)
{
    PTN_REQUIRE(c != NULL && out != NULL, PATINA_ERR_MISUSE);
    PTN_TRY(enter(c, out));
    patina_err err = c->failed;
    if (err == PATINA_OK && !c->sent_close) {
        err = ptn_conn_queue_key_update(c);
        if (err == PATINA_OK && !c->hs.done) {
            ptn_flight_alert(&c->hs.flight, PATINA_ALERT_USER_CANCELED); // RFC 9846 §6.1: followed
                                                                         // by close_notify
        }
        ptn_flight_alert(&c->hs.flight, PATINA_ALERT_CLOSE_NOTIFY);
        c->sent_close = true;
    }
    if (err == PATINA_OK) {
        err = ptn_conn_drain(c, out);
    }
    return leave(c, err, SENDING, out);
}

patina_err patina_conn_abort(struct patina_conn *c, uint8_t alert, struct patina_output *out)
{
    PTN_REQUIRE(c != NULL && out != NULL, PATINA_ERR_MISUSE);
    PTN_REQUIRE(alert != PATINA_ALERT_CLOSE_NOTIFY && alert != PATINA_ALERT_NONE,
                PATINA_ERR_MISUSE);
    PTN_TRY(enter(c, out));
    if (c->failed != PATINA_OK) {
        return leave(c, c->failed, SENDING, out);
    }
    c->hs.detail.alert = alert;
    (void)leave(c, PATINA_ERR_REFUSED, SENDING, out);
    return PATINA_OK;
}

static patina_err update_keys(struct patina_conn *c, bool ask_peer, struct patina_output *out)
{
    PTN_REQUIRE(!c->sent_close, PATINA_ERR_SEND_CLOSED);
    PTN_REQUIRE(c->hs.done, PATINA_ERR_NOT_YET);
    PTN_TRY(ptn_hs_update_keys(&c->hs, ask_peer));
    c->hs.owes_key_update = false; // this one is the answer
    return ptn_conn_drain(c, out);
}

patina_err patina_conn_update_keys(struct patina_conn *c, bool ask_peer, struct patina_output *out)
{
    PTN_REQUIRE(c != NULL && out != NULL, PATINA_ERR_MISUSE);
    PTN_TRY(enter(c, out));
    patina_err err = c->failed;
    if (err == PATINA_OK) {
        err = update_keys(c, ask_peer, out);
    }
    return leave(c, err, SENDING, out);
}

patina_err patina_conn_export(struct patina_conn *c, patina_span label, patina_span context,
                              patina_mspan out)
{
    PTN_REQUIRE(c != NULL && out.len != 0 && out.ptr != NULL, PATINA_ERR_MISUSE);
    ptn_mspan_fill(out, 0);
    PTN_REQUIRE(c->failed == PATINA_OK, c->failed);
    PTN_REQUIRE(c->hs.done, PATINA_ERR_NOT_YET);
    return ptn_hs_export(&c->hs, label, context, out);
}

size_t patina_conn_queued(const struct patina_conn *c)
{
    return c == NULL ? 0 : ptn_conn_queued_size(c);
}

size_t patina_conn_sealed_size(const struct patina_conn *c, size_t text_len)
{
    enum {
        KEY_UPDATE_RECORD =
            PTN_RECORD_HEADER_BYTES + PTN_HANDSHAKE_HEADER_BYTES + PTN_KEY_UPDATE_BYTES + 1 + 16
    };
    if (c == NULL || !c->hs.done || c->sent_close || c->failed != PATINA_OK) {
        return 0;
    }
    size_t size = ptn_conn_queued_size(c);
    if (ptn_conn_owes_key_update(c)) {
        size += KEY_UPDATE_RECORD;
    }
    return ptn_add_size(size, ptn_conn_text_size(c, text_len), &size) ? size : SIZE_MAX;
}

size_t patina_record_want(patina_span in)
{
    struct ptn_reader r = ptn_reader_of(in);
    patina_span head;
    uint16_t len;
    if (!ptn_read_bytes(&r, 3, &head) || !ptn_read_u16(&r, &len)) {
        return in.len < PTN_RECORD_HEADER_BYTES ? PTN_RECORD_HEADER_BYTES - in.len : 0;
    }
    size_t whole = PTN_RECORD_HEADER_BYTES + (size_t)len;
    return in.len >= whole ? 0 : whole - in.len;
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Bytes in: records are found, opened where they stand (or out of place), and their content goes to
// the handshake or to the caller. One event a call. RFC 9846 §5.
//
// Implementation notes. A record is used as a whole the moment it is opened; what is left of its
// content when the call must return moves to the join buffer. So any split of the input gives the
// same result. A call does at most one pass over its input: each turn of the loop uses a record, a
// message, or an operation's result, or returns.
#include "conn/conn.h"

// ---- Handshake content

// Installs what the handler left behind. Rule (a) of docs/RULES.md was checked where the key was
// made.
static patina_err install_receive_key(struct patina_conn *c)
{
    struct ptn_rx_key *rx = &c->hs.rx;
    if (!rx->is_ready) {
        return PATINA_OK;
    }
    rx->is_ready = false;
    return ptn_opener_install(&c->opener, rx->aead, &rx->key, c->alloc);
}

static patina_err after_step(struct patina_conn *c, patina_err err)
{
    if (err == PATINA_OK) {
        err = install_receive_key(c);
    }
    if (err == PATINA_OK) {
        c->hs.in_message = PTN_HS_NONE;
    }
    return err;
}

// Handles the messages of `*fragment` and of the join buffer, until there is none, or one must wait
// (PENDING), or the handshake is complete. What is left goes to the join buffer.
static patina_err handle_messages(struct patina_conn *c, patina_span fragment)
{
    bool have = true;
    while (have) {
        struct ptn_message msg;
        patina_err err = ptn_join_next(&c->join, &fragment, ptn_hs_limit, &c->hs, &msg, &have);
        if (err == PATINA_OK && have) {
            bool was_done = c->hs.done;
            c->hs.is_aligned = fragment.len == 0 && ptn_join_is_aligned(&c->join);
            err = after_step(c, ptn_hs_handle(&c->hs, &msg));
            have = was_done == c->hs.done; // HANDSHAKE_DONE is told before anything else
        }
        if (err == PATINA_PENDING) {
            PTN_TRY(ptn_join_keep(&c->join, fragment));
        }
        PTN_TRY(err);
    }
    return fragment.len != 0 ? ptn_join_keep(&c->join, fragment) : PATINA_OK;
}

static patina_err on_handshake(struct patina_conn *c, patina_span fragment)
{
    // RFC 9846 §5.4: a handshake record without content is answered with unexpected_message.
    PTN_REQUIRE(fragment.len != 0, PATINA_ERR_EMPTY_FRAGMENT);
    if (!c->hs.done) {
        PTN_REQUIRE(ptn_add_size(c->handshake_bytes, fragment.len, &c->handshake_bytes) &&
                        c->handshake_bytes <= c->handshake_limit,
                    PATINA_ERR_HANDSHAKE_TOO_LARGE);
    }
    return handle_messages(c, fragment);
}

// ---- Other content

static patina_err on_alert(struct patina_conn *c, patina_span fragment)
{
    bool closed = false;
    PTN_TRY(ptn_hs_alert(&c->hs, fragment, &closed));
    c->received_close = c->received_close || closed;
    return PATINA_OK;
}

static patina_err on_application_data(struct patina_conn *c, patina_span text,
                                      struct patina_event *ev)
{
    // RFC 9846 §2: none before the peer has sent its Finished.
    PTN_REQUIRE(c->hs.done, PATINA_ERR_UNEXPECTED_APPLICATION_DATA);
    if (text.len == 0) {
        // RFC 9846 §5.1 allows them as a cover for traffic; a flood is cut off (limits.h).
        PTN_REQUIRE(c->empty_records < PTN_MAX_EMPTY_RECORDS, PATINA_ERR_TOO_MANY_EMPTY_RECORDS);
        c->empty_records++;
        return PATINA_OK;
    }
    c->empty_records = 0;
    ptn_hs_on_data(&c->hs);
    ev->kind = PATINA_EVENT_DATA;
    ev->data = text;
    return PATINA_OK;
}

static patina_err on_content(struct patina_conn *c, uint8_t type, patina_span text,
                             struct patina_event *ev)
{
    // RFC 9846 §5.1: no other record may stand inside a fragmented message; an alert ends it
    // lawfully.
    PTN_REQUIRE(type == PTN_CONTENT_HANDSHAKE || type == PTN_CONTENT_ALERT ||
                    ptn_join_is_aligned(&c->join),
                PATINA_ERR_MESSAGE_INTERLEAVED);
    switch (type) {
    case PTN_CONTENT_HANDSHAKE:
        return on_handshake(c, text);
    case PTN_CONTENT_ALERT:
        return on_alert(c, text);
    case PTN_CONTENT_APPLICATION_DATA:
        return on_application_data(c, text, ev);
    default:
        // RFC 9846 §5: change_cipher_spec is never protected.
        return PATINA_ERR_BAD_INNER_CONTENT_TYPE;
    }
}

// ---- Records

static patina_err skip_early_data(struct patina_conn *c, const struct ptn_record *record)
{
    size_t len = record->header.len != 0 ? record->header.len : 1; // empty ones end too
    PTN_REQUIRE(ptn_add_size(c->skipped_early, len, &c->skipped_early) &&
                    c->skipped_early <= PTN_MAX_SKIPPED_EARLY_DATA_BYTES,
                PATINA_ERR_TOO_MUCH_SKIPPED_EARLY_DATA);
    return PATINA_OK;
}

static patina_err on_plain_record(struct patina_conn *c, const struct ptn_record *record,
                                  patina_span body, struct patina_event *ev)
{
    if (record->header.type == PTN_CONTENT_APPLICATION_DATA) {
        // RFC 9846 §4.3.10: after a HelloRetryRequest early data is known by its outer type.
        PTN_REQUIRE(c->hs.skip_early == PTN_SKIP_BY_TYPE, PATINA_ERR_PROTECTED_RECORD);
        // RFC 9846 §5.1: early data may stand before the second ClientHello, not inside it.
        PTN_REQUIRE(ptn_join_is_aligned(&c->join), PATINA_ERR_MESSAGE_INTERLEAVED);
        return skip_early_data(c, record);
    }
    PTN_TRY(ptn_check_plaintext_record(&record->header));
    return on_content(c, record->header.type, body, ev);
}

// Where a protected record is opened: in place, in the caller's text, or (a handshake read with
// receive_into) in scratch.
static patina_err opening_room(struct patina_conn *c, const struct ptn_input *input, size_t len,
                               patina_mspan *out, struct patina_event *ev)
{
    if (!input->is_into) {
        *out = ptn_mspan_part(input->in_place, input->used + PTN_RECORD_HEADER_BYTES,
                              len - PTN_RECORD_HEADER_BYTES);
        return PATINA_OK;
    }
    if (!c->hs.done) {
        ptn_buf_clear(&c->scratch);
        PTN_REQUIRE(ptn_buf_extend(&c->scratch, len, out), PATINA_ERR_NO_MEMORY);
        return PATINA_OK;
    }
    size_t tag = c->opener.aead->tag_len;
    size_t need = len - PTN_RECORD_HEADER_BYTES;
    need = need > tag ? need - tag : 0;
    if (input->text.len < need) {
        ev->kind = PATINA_EVENT_NEED_ROOM;
        ev->want = need;
        return PATINA_OK;
    }
    *out = input->text;
    return PATINA_OK;
}

// A peer that failed before it had keys can only tell so in plaintext. Such an alert ends the
// connection as any other unprotected record would; it is read for the report. None that would end
// it gracefully is believed.
static patina_err on_unprotected_record(struct patina_conn *c, const struct ptn_record *record,
                                        patina_span body)
{
    bool is_early_alert = record->header.type == PTN_CONTENT_ALERT && !c->hs.done &&
                          c->opener.seq == 0 && body.len == 2;
    bool closed = false;
    if (is_early_alert) {
        PTN_TRY(ptn_hs_alert(&c->hs, body, &closed));
    }
    // RFC 9846 §5.2: the outer type is application_data.
    return PATINA_ERR_UNPROTECTED_RECORD;
}

static patina_err on_protected_record(struct patina_conn *c, const struct ptn_record *record,
                                      struct ptn_input *input, struct patina_event *ev)
{
    patina_span whole = ptn_span_part(input->in, input->used, record->whole_len);
    if (record->header.type != PTN_CONTENT_APPLICATION_DATA) {
        return on_unprotected_record(c, record, ptn_span_skip(whole, PTN_RECORD_HEADER_BYTES));
    }
    // RFC 9846 §5.2: the version here is always 0x0303, and may be held to it (§E); that of
    // plaintext records is ignored.
    PTN_REQUIRE(record->header.version == PTN_VERSION_TLS12, PATINA_ERR_BAD_RECORD_VERSION);
    patina_mspan room = {0};
    PTN_TRY(opening_room(c, input, record->whole_len, &room, ev));
    if (ev->kind != 0) {
        return PATINA_OK;
    }
    uint8_t type = 0;
    patina_mspan text;
    patina_err err = ptn_opener_open(&c->opener, whole, room, &type, &text);
    input->used += record->whole_len;
    if (err == PATINA_ERR_BAD_RECORD_MAC && c->hs.skip_early == PTN_SKIP_UNOPENED) {
        return skip_early_data(c, record); // RFC 9846 §4.3.10: rejected early data
    }
    PTN_TRY(err);
    c->hs.skip_early = PTN_SKIP_NONE; // once a record has opened, a later failure is fatal
    err = on_content(c, type, ptn_span(text), ev);
    ptn_buf_clear(&c->scratch);
    return err;
}

static patina_err on_record(struct patina_conn *c, struct ptn_input *input, struct patina_event *ev)
{
    struct ptn_record record;
    size_t want = 0;
    patina_span rest = ptn_span_skip(input->in, input->used);
    PTN_TRY(ptn_deframe(rest, !c->saw_record, &record, &want));
    if (want != 0) {
        ev->kind = PATINA_EVENT_NEED_INPUT;
        ev->want = want;
        return PATINA_OK;
    }
    c->saw_record = true;
    patina_span body = ptn_span_part(rest, PTN_RECORD_HEADER_BYTES, record.header.len);
    if (record.header.type == PTN_CONTENT_CHANGE_CIPHER_SPEC) {
        PTN_REQUIRE(ptn_join_is_aligned(&c->join), PATINA_ERR_MESSAGE_INTERLEAVED);
        input->used += record.whole_len;
        return ptn_hs_change_cipher_spec(&c->hs, body);
    }
    if (c->opener.aead != NULL) {
        return on_protected_record(c, &record, input, ev);
    }
    input->used += record.whole_len;
    return on_plain_record(c, &record, body, ev);
}

// ---- The loop

static void suspended(const struct patina_conn *c, struct patina_event *ev)
{
    ev->kind = PATINA_EVENT_SUSPENDED;
    ev->op = c->hs.op;
}

// One step; sets ev->kind when the call must return.
static patina_err step(struct patina_conn *c, struct ptn_input *input, struct patina_event *ev)
{
    if (c->sent_close && !c->hs.done) {
        // RFC 9846 §6.1: nothing follows our close_notify, no first flight and no operation's
        // answer.
        ev->kind = PATINA_EVENT_CLOSED;
        return PATINA_OK;
    }
    if (!c->hs.is_started) {
        return ptn_hs_start(&c->hs);
    }
    if (c->hs.op != NULL) {
        if (!ptn_op_is_done(c->hs.op)) {
            suspended(c, ev);
            return PATINA_OK;
        }
        c->hs.is_aligned = ptn_join_is_aligned(&c->join);
        return after_step(c, ptn_hs_resume(&c->hs));
    }
    if (c->hs.done && !c->told_done) {
        c->told_done = true;
        ptn_join_clear(&c->join); // aligned, by rule (a): an idle connection keeps no buffer
        ev->kind = PATINA_EVENT_HANDSHAKE_DONE;
        return PATINA_OK;
    }
    if (c->received_close) {
        ev->kind = PATINA_EVENT_CLOSED;
        return PATINA_OK;
    }
    if (!ptn_join_is_aligned(&c->join)) {
        PTN_TRY(handle_messages(c, (patina_span){0}));
        if (c->hs.op != NULL || (c->hs.done && !c->told_done)) {
            return PATINA_OK;
        }
    }
    return on_record(c, input, ev);
}

patina_err ptn_conn_run(struct patina_conn *c, struct ptn_input *input, struct patina_output *out,
                        struct patina_event *ev)
{
    while (ev->kind == 0) {
        PTN_TRY(ptn_conn_drain(c, out));
        patina_err err = step(c, input, ev);
        if (err == PATINA_PENDING && c->hs.op != NULL) {
            suspended(c, ev);
            err = PATINA_OK;
        }
        PTN_TRY(err);
    }
    return ptn_conn_drain(c, out);
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The queue out: messages become records, key marks become keys, RFC 9846 §5. Also application
// data.
#include "conn/conn.h"

enum {
    MAX_SPANS = 16,       // of the caller's text sealed without a copy
    SEALED_MORE = 1 + 16, // content type and tag
    ALERT_LEN = 2,
    ALERT_WARNING = 1,
    ALERT_FATAL = 2,
};

static bool is_sealed(const struct patina_conn *c, uint8_t content_type)
{
    return c->sealer.aead != NULL && content_type != PTN_CONTENT_CHANGE_CIPHER_SPEC;
}

// Of the config that serves the connection now: it may change at the ClientHello.
static size_t max_fragment(const struct patina_conn *c)
{
    return c->hs.common->max_fragment;
}

static size_t overhead(bool sealed)
{
    return sealed ? PTN_RECORD_HEADER_BYTES + SEALED_MORE : PTN_RECORD_HEADER_BYTES;
}

// How many of `len` bytes go into the next record: all that a record holds, or less where a small
// output must still make progress; 0 when there is no room.
static size_t fit(size_t len, size_t max_len, size_t more, size_t room)
{
    size_t n = ptn_fragment_len(len, max_len);
    if (room >= n + more) {
        return n;
    }
    return room >= PATINA_OUTPUT_MIN ? room - more : 0;
}

static patina_err write_record(struct patina_conn *c, uint8_t type, uint16_t version,
                               patina_span text, patina_mspan room)
{
    if (!is_sealed(c, type)) {
        ptn_write_plain_record(type, version, text,
                               ptn_mspan_first(room, PTN_RECORD_HEADER_BYTES + text.len));
        return PATINA_OK;
    }
    return ptn_sealer_seal(&c->sealer, type, &text, 1,
                           ptn_mspan_first(room, ptn_sealed_len(&c->sealer, text.len)));
}

// One record of the front item; *out_moved is false when there is no room.
static patina_err drain_bytes(struct patina_conn *c, const struct ptn_flight_item *item,
                              struct patina_output *out, bool *out_moved)
{
    patina_span text = ptn_flight_bytes(&c->hs.flight);
    size_t more = overhead(is_sealed(c, item->content_type));
    patina_mspan room;
    PTN_TRY(ptn_output_room(out, ptn_fragment_len(text.len, max_fragment(c)) + more, &room));
    size_t n = fit(text.len, max_fragment(c), more, room.len);
    *out_moved = n != 0;
    if (n == 0) {
        return PATINA_OK;
    }
    // RFC 9846 §5.1: an initial ClientHello says 0x0301 for the sake of old servers.
    uint16_t version = item->is_first_hello ? PTN_VERSION_TLS10 : PTN_VERSION_TLS12;
    PTN_TRY(write_record(c, item->content_type, version, ptn_span_first(text, n), room));
    ptn_output_filled(out, n + more);
    ptn_flight_take(&c->hs.flight, n);
    return PATINA_OK;
}

// RFC 9846 §5.1: alerts are neither split nor joined.
static patina_err drain_alert(struct patina_conn *c, struct patina_output *out, bool *out_moved)
{
    size_t more = overhead(is_sealed(c, PTN_CONTENT_ALERT));
    patina_mspan room;
    PTN_TRY(ptn_output_room(out, ALERT_LEN + more, &room));
    *out_moved = false;
    uint8_t description = 0;
    if (room.len < ALERT_LEN + more || !ptn_flight_take_alert(&c->hs.flight, &description)) {
        return PATINA_OK;
    }
    bool is_warning =
        description == PATINA_ALERT_CLOSE_NOTIFY || description == PATINA_ALERT_USER_CANCELED;
    const uint8_t alert[ALERT_LEN] = {is_warning ? ALERT_WARNING : ALERT_FATAL, description};
    PTN_TRY(write_record(c, PTN_CONTENT_ALERT, PTN_VERSION_TLS12, PTN_SPAN_OF(alert), room));
    ptn_output_filled(out, ALERT_LEN + more);
    *out_moved = true;
    return PATINA_OK;
}

patina_err ptn_conn_drain(struct patina_conn *c, struct patina_output *out)
{
    bool moved = true;
    while (moved && !ptn_flight_is_empty(&c->hs.flight)) {
        const struct ptn_flight_item *item = ptn_flight_front(&c->hs.flight);
        if (item == NULL) {
            PTN_TRY(drain_alert(c, out, &moved));
        } else if (item->kind == PTN_FLIGHT_KEY) {
            struct ptn_flight_key *key = ptn_flight_take_key(&c->hs.flight);
            PTN_TRY(ptn_as_failure(ptn_sealer_install(&c->sealer, key->aead, &key->key, c->alloc)));
        } else {
            PTN_TRY(drain_bytes(c, item, out, &moved));
        }
    }
    return PATINA_OK;
}

bool ptn_conn_owes_key_update(const struct patina_conn *c)
{
    // While something is queued, a KeyUpdate and its key may be among it.
    bool is_due = ptn_sealer_wants_update(&c->sealer) && c->hs.flight.count == 0;
    return c->hs.owes_key_update || is_due;
}

patina_err ptn_conn_queue_key_update(struct patina_conn *c)
{
    if (!c->hs.done || c->sent_close) {
        return PATINA_OK;
    }
    if (ptn_conn_owes_key_update(c)) {
        patina_err err = ptn_hs_update_keys(&c->hs, false);
        if (err == PATINA_ERR_BUSY) {
            return PATINA_OK; // the queue is full of them already: later
        }
        PTN_TRY(err);
        c->hs.owes_key_update = false;
    }
    return PATINA_OK;
}

// ---- Application data

// Where in the caller's text the next record begins; moves forward only.
struct cursor {
    const patina_span *text;
    size_t count;
    size_t span, at; // span `span`, its byte `at`
};

// The text's next bytes, at most `len` and within one span; empty spans are passed over.
static patina_span next_piece(struct cursor *c, size_t len)
{
    while (c->span < c->count && c->at == PTN_ITEM(c->text, c->count, c->span).len) {
        c->span++;
        c->at = 0;
    }
    if (c->span == c->count) {
        return (patina_span){0};
    }
    patina_span piece = ptn_span_part(PTN_ITEM(c->text, c->count, c->span), c->at, len);
    c->at += piece.len;
    return piece;
}

// The next `len` bytes of the text as a few spans. What does not fit into them is copied to where
// the record's text goes, to be sealed in place: many small spans still make full records.
struct gather {
    patina_span spans[MAX_SPANS];
    size_t count;
};

static void gather(struct cursor *c, size_t len, patina_mspan record, struct gather *out)
{
    struct cursor start = *c;
    size_t got = 0;
    *out = (struct gather){0};
    while (got < len && out->count < MAX_SPANS) {
        patina_span piece = next_piece(c, len - got);
        PTN_AT(out->spans, out->count) = piece;
        out->count++;
        got += piece.len;
    }
    if (got == len) {
        return;
    }
    *c = start;
    patina_mspan text = ptn_mspan_part(record, PTN_RECORD_HEADER_BYTES, len);
    for (got = 0; got < len;) {
        patina_span piece = next_piece(c, len - got);
        ptn_span_copy(ptn_mspan_skip(text, got), piece);
        got += piece.len;
    }
    PTN_AT(out->spans, 0) = ptn_span(text);
    out->count = 1;
}

static patina_err total_len(const patina_span *text, size_t text_count, size_t *out)
{
    *out = 0;
    for (size_t i = 0; i < text_count; i++) {
        PTN_REQUIRE(ptn_add_size(*out, PTN_ITEM(text, text_count, i).len, out), PATINA_ERR_MISUSE);
    }
    return PATINA_OK;
}

patina_err ptn_conn_seal_text(struct patina_conn *c, const patina_span *text, size_t text_count,
                              size_t *out_taken, struct patina_output *out)
{
    size_t total;
    PTN_TRY(total_len(text, text_count, &total));
    struct cursor cursor = {.text = text, .count = text_count};
    while (*out_taken < total && ptn_flight_is_empty(&c->hs.flight)) {
        size_t left = total - *out_taken;
        patina_mspan room;
        PTN_TRY(
            ptn_output_room(out, ptn_fragment_len(left, max_fragment(c)) + overhead(true), &room));
        size_t n = fit(left, max_fragment(c), overhead(true), room.len);
        // Full records or the end of the text; a shorter one only when nothing else would go.
        if (n == 0 || (n < ptn_fragment_len(left, max_fragment(c)) && *out_taken != 0)) {
            break;
        }
        patina_mspan record = ptn_mspan_first(room, ptn_sealed_len(&c->sealer, n));
        struct gather piece;
        gather(&cursor, n, record, &piece);
        PTN_TRY(ptn_sealer_seal(&c->sealer, PTN_CONTENT_APPLICATION_DATA, piece.spans, piece.count,
                                record));
        ptn_output_filled(out, record.len);
        *out_taken += n;
        if (ptn_sealer_wants_update(&c->sealer)) {
            PTN_TRY(ptn_conn_queue_key_update(c)); // RFC 9846 §5.5
            PTN_TRY(ptn_conn_drain(c, out));
        }
    }
    return PATINA_OK;
}

// ---- Sizes

static size_t records_size(size_t len, size_t max_len, size_t more)
{
    size_t records = len / max_len + (len % max_len != 0 ? 1 : 0);
    size_t all;
    size_t sum;
    return ptn_mul_size(records, more, &all) && ptn_add_size(all, len, &sum) ? sum : SIZE_MAX;
}

size_t ptn_conn_queued_size(const struct patina_conn *c)
{
    const struct ptn_flight *f = &c->hs.flight;
    bool sealed = c->sealer.aead != NULL;
    size_t size = 0;
    for (size_t i = 0; i < f->count; i++) {
        const struct ptn_flight_item *item = ptn_flight_item_at(f, i);
        if (item->kind == PTN_FLIGHT_KEY) {
            sealed = true;
            continue;
        }
        bool plain = !sealed || item->content_type == PTN_CONTENT_CHANGE_CIPHER_SPEC;
        size += records_size(item->len, max_fragment(c), overhead(!plain)); // the queue is bounded:
                                                                            // no overflow
    }
    return size + f->alerts_count * (ALERT_LEN + overhead(sealed));
}

size_t ptn_conn_text_size(const struct patina_conn *c, size_t text_len)
{
    return records_size(text_len, max_fragment(c), overhead(true));
}

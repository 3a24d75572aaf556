// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The public object, and what the files of conn/ share: conn.c (making, calling), receive.c (bytes
// in), drain.c (queue out), report.c (what went wrong), output.c (the caller's buffers).
#ifndef PTN_CONN_H
#define PTN_CONN_H

#include "hs/hs.h"
#include "patina/conn.h"
#include "record/record.h"

struct patina_conn {
    const struct patina_allocator *alloc;
    struct ptn_hs hs;
    struct ptn_sealer sealer;
    struct ptn_opener opener;
    struct ptn_join join;
    struct ptn_buf scratch; // receive_into: handshake records are opened here
    void *user;
    size_t handshake_bytes; // inbound, until completion
    size_t handshake_limit;
    size_t skipped_early;   // bytes
    uint16_t empty_records; // in a row
    bool in_call, free_later;
    bool told_done; // HANDSHAKE_DONE was returned
    bool saw_record;
    bool sent_close, received_close;
    patina_err failed; // sticky; PATINA_OK while all is well
    struct patina_report report;
};

// ---- receive.c

// The caller's bytes during one call.
struct ptn_input {
    patina_span in;
    patina_mspan in_place; // the same bytes, to open records in; empty for receive_into
    patina_mspan text;     // receive_into
    bool is_into;
    size_t used;
};

// Works until one event. The error is not yet turned into a failed connection.
patina_err ptn_conn_run(struct patina_conn *c, struct ptn_input *input, struct patina_output *out,
                        struct patina_event *ev);

// ---- drain.c

// Moves what is queued into `out`, as far as there is room.
patina_err ptn_conn_drain(struct patina_conn *c, struct patina_output *out);

// Whether a KeyUpdate is owed to the peer, or due by the limit of the key (RFC 9846 §5.5) and not
// queued yet.
bool ptn_conn_owes_key_update(const struct patina_conn *c);

// Queues the KeyUpdate that is owed or due, ahead of a send, flush or close.
patina_err ptn_conn_queue_key_update(struct patina_conn *c);

// Seals as much of the text as there is room for.
patina_err ptn_conn_seal_text(struct patina_conn *c, const patina_span *text, size_t text_count,
                              size_t *out_taken, struct patina_output *out);

// Bytes the queue will take once sealed, an owed KeyUpdate left out; and bytes of `text_len` bytes
// of text alone.
size_t ptn_conn_queued_size(const struct patina_conn *c);
size_t ptn_conn_text_size(const struct patina_conn *c, size_t text_len);

// ---- report.c

// Makes the connection failed: report, alert into the queue, secrets wiped. Returns the error to
// give the caller.
patina_err ptn_conn_fail(struct patina_conn *c, patina_err err, uint8_t direction);

// ---- output.c

// Whether the caller's struct can be worked with: start <= len <= cap, and bytes where it says so.
bool ptn_output_fits(const struct patina_output *o);
// Free bytes at the end of `out`, at least `want` when it may grow that far. NO_MEMORY when growing
// failed.
patina_err ptn_output_room(struct patina_output *o, size_t want, patina_mspan *out);
// `n` bytes of the room were filled.
void ptn_output_filled(struct patina_output *o, size_t n);

#endif

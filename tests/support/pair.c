// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Two connections in memory: see pair.h.
#include "pair.h"

#include <stdlib.h>
#include <string.h>

void pair_init(struct pair *p, struct patina_conn *client, struct patina_conn *server)
{
    static const struct patina_output grow = PATINA_OUTPUT_GROW(SIZE_MAX);
    memset(p, 0, sizeof *p);
    p->client.conn = client;
    p->server.conn = server;
    p->client.out = grow;
    p->server.out = grow;
}

static void side_free(struct pair_side *side)
{
    patina_conn_free(side->conn);
    patina_output_free(&side->out);
    free(side->in);
    free(side->data);
}

void pair_free(struct pair *p)
{
    side_free(&p->client);
    side_free(&p->server);
}

static void append(uint8_t **to, size_t *len, size_t *cap, patina_span bytes)
{
    if (*cap - *len < bytes.len) {
        *cap = (*len + bytes.len) * 2;
        *to = realloc(*to, *cap);
        if (*to == NULL) {
            abort();
        }
    }
    if (bytes.len != 0) {
        memcpy(*to + *len, bytes.ptr, bytes.len);
        *len += bytes.len;
    }
}

static void keep_data(struct pair_side *side, patina_span data)
{
    size_t cap = side->data_len;
    append(&side->data, &side->data_len, &cap, data);
}

void pair_step(struct pair *p, struct pair_side *side)
{
    static uint8_t text[PATINA_RECORD_MAX];
    size_t give = 0; // grows until the call gets on
    while (side->conn != NULL && side->err == PATINA_OK) {
        struct patina_event ev;
        size_t used = 0;
        give = p->piece == 0 || give + p->piece > side->in_len ? side->in_len : give + p->piece;
        p->calls++;
        if (p->into) {
            side->err =
                patina_conn_receive_into(side->conn, (patina_span){side->in, give},
                                         (patina_mspan){text, sizeof text}, &used, &side->out, &ev);
        } else {
            side->err = patina_conn_receive(side->conn, (patina_mspan){side->in, give}, &used,
                                            &side->out, &ev);
        }
        if (ev.kind == PATINA_EVENT_DATA) {
            keep_data(side, ev.data);
        }
        if (used != 0) {
            memmove(side->in, side->in + used, side->in_len - used);
            side->in_len -= used;
            give = 0;
        }
        if (side->err != PATINA_OK) {
            return;
        }
        side->events |= UINT64_C(1) << ev.kind;
        side->op = ev.op;
        bool more = ev.kind == PATINA_EVENT_NEED_INPUT && give < side->in_len;
        if (!more && (ev.kind == PATINA_EVENT_NEED_INPUT || ev.kind == PATINA_EVENT_SUSPENDED ||
                      ev.kind == PATINA_EVENT_CLOSED)) {
            return;
        }
    }
}

bool pair_move(struct pair *p, struct pair_side *from, struct pair_side *to)
{
    patina_span sent = patina_output_unsent(&from->out);
    if (sent.len == 0) {
        return false;
    }
    if (p->tap != NULL) {
        p->tap(p->tap_user, from == &p->client,
               (patina_mspan){from->out.ptr + from->out.start, sent.len});
    }
    append(&to->in, &to->in_len, &to->in_cap, sent);
    patina_output_sent(&from->out, sent.len);
    return true;
}

void pair_run(struct pair *p)
{
    bool moved = true;
    pair_step(p, &p->client);
    pair_step(p, &p->server);
    while (moved) {
        moved = pair_move(p, &p->client, &p->server);
        pair_step(p, &p->server);
        moved = pair_move(p, &p->server, &p->client) || moved;
        pair_step(p, &p->client);
    }
}

patina_err pair_send(struct pair *p, struct pair_side *from, const void *text, size_t len)
{
    patina_span left = {text, len};
    while (left.len != 0) {
        size_t taken = 0;
        patina_err err = patina_conn_send(from->conn, &left, 1, &taken, &from->out);
        if (err != PATINA_OK || taken == 0) {
            return err;
        }
        left.ptr += taken;
        left.len -= taken;
    }
    pair_run(p);
    return PATINA_OK;
}

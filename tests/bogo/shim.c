// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The program BoringSSL's test runner starts once per test: it connects to the runner, shakes hands
// as the flags say, echoes what it reads with every bit flipped, and ends as the flags say. Exit
// status 0: success; 89: a flag asks for something this library has not got; else failure, and what
// stands on stderr is matched with what the test expects.
#include "shim.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// decompression_failure, RFC 4346 §7.2.2: the alert -send-alert stands for.
#define ALERT_DECOMPRESSION_FAILURE 30u

static const char initial_write[] = "hello";

static bool failed(struct shim_link *link, const struct shim_state *s, patina_err e)
{
    struct patina_report report;
    patina_conn_report(shim_link_conn(link), &report);
    shim_print_error(s, e, &report);
    return false;
}

// Drives until the handshake is done; without -implicit-handshake nothing else may come first.
static patina_err shake_hands(struct shim_link *link)
{
    struct patina_event ev;
    patina_err e = shim_link_event(link, &ev);
    if (e == PATINA_OK && ev.kind != PATINA_EVENT_HANDSHAKE_DONE) {
        fprintf(stderr, "event %d before the end of the handshake\n", (int)ev.kind);
        e = PATINA_ERR_INTERNAL;
    }
    return e;
}

// Once the handshake is done, driving without input neither does nor sends anything.
static bool extra_handshake_is_nothing(struct shim_link *link)
{
    struct patina_event ev;
    return shim_link_poke(link, &ev) == PATINA_OK && ev.kind == PATINA_EVENT_NEED_INPUT &&
           shim_link_quiet(link);
}

static patina_err export_material(const struct shim_flags *f, struct shim_link *link)
{
    uint8_t material[4096];
    size_t len = (size_t)f->export_length;
    if (len > sizeof material) {
        return PATINA_ERR_EXPORTER_TOO_LONG;
    }
    const char *label = f->export_label == NULL ? "" : f->export_label;
    const char *context =
        f->export_context == NULL || !f->use_export_context ? "" : f->export_context;
    patina_err e = patina_conn_export(
        shim_link_conn(link), (patina_span){(const uint8_t *)label, strlen(label)},
        (patina_span){(const uint8_t *)context, strlen(context)}, (patina_mspan){material, len});
    return e == PATINA_OK ? shim_link_send(link, material, len) : e;
}

// Answers application data in pieces of the read size, each after a KeyUpdate when asked to.
static patina_err echo(const struct shim_flags *f, struct shim_link *link, patina_span data)
{
    uint8_t piece[16384];
    size_t step =
        f->read_size > 0 && (size_t)f->read_size < sizeof piece ? (size_t)f->read_size : 512;
    for (size_t at = 0; at < data.len; at += step) {
        size_t n = data.len - at < step ? data.len - at : step;
        for (size_t i = 0; i < n; i++) {
            piece[i] = data.ptr[at + i] ^ 0xff;
        }
        patina_err e = f->key_update ? shim_link_update_keys(link) : PATINA_OK;
        if (e == PATINA_OK && f->key_update_before_read && at > 0) {
            e = shim_link_update_keys(link);
        }
        if (e == PATINA_OK) {
            e = shim_link_send(link, piece, n);
        }
        if (e != PATINA_OK) {
            return e;
        }
    }
    return PATINA_OK;
}

// Reads and echoes until the peer ends, cleanly or not: *out_clean says which.
static patina_err talk(const struct shim_flags *f, struct shim_link *link, bool *out_clean)
{
    *out_clean = false;
    for (;;) {
        struct patina_event ev;
        patina_err e = f->key_update_before_read ? shim_link_update_keys(link) : PATINA_OK;
        if (e == PATINA_OK) {
            e = shim_link_event(link, &ev);
        }
        if (e == PATINA_ERR_TRUNCATED) {
            return PATINA_OK;
        }
        if (e != PATINA_OK) {
            return e;
        }
        if (ev.kind == PATINA_EVENT_CLOSED) {
            *out_clean = true;
            return PATINA_OK;
        }
        if (ev.kind == PATINA_EVENT_DATA) {
            shim_link_hold(link, false); // the rest of the unfinished write
            e = echo(f, link, ev.data);
            if (e != PATINA_OK) {
                return e;
            }
        }
    }
}

// Our close_notify went first: the peer's must follow, and nothing but what handshake messages do.
static patina_err await_close(struct shim_link *link)
{
    for (;;) {
        struct patina_event ev;
        patina_err e = shim_link_event(link, &ev);
        if (e != PATINA_OK || ev.kind == PATINA_EVENT_CLOSED) {
            return e;
        }
        if (ev.kind == PATINA_EVENT_DATA) {
            fprintf(stderr, ":APPLICATION_DATA_ON_SHUTDOWN:\n");
            return PATINA_ERR_UNEXPECTED_APPLICATION_DATA;
        }
    }
}

static bool shut_down(const struct shim_state *s, struct shim_link *link, bool clean)
{
    if (!s->flags->check_close_notify) {
        return true;
    }
    patina_err e = shim_link_close(link);
    if (e == PATINA_OK && s->flags->shim_shuts_down) {
        e = await_close(link);
        if (e == PATINA_ERR_TRUNCATED) {
            fprintf(stderr, "Unexpected SSL_shutdown result: -1 != 1\n");
        }
    } else if (e == PATINA_OK && !clean) {
        e = PATINA_ERR_TRUNCATED;
        fprintf(stderr, "Unexpected SSL_shutdown result: 0 != 1\n");
    }
    return e == PATINA_OK || failed(link, s, e);
}

static bool exchange(const struct shim_state *s, struct shim_link *link)
{
    const struct shim_flags *f = s->flags;
    // A server may not speak before the client's Finished here, so also an implicit handshake ends
    // before the first write; what it does not do is look at properties.
    bool clean = false;
    patina_err e = f->implicit_handshake && !f->shim_writes_first && f->export_length == 0
                       ? PATINA_OK
                       : shake_hands(link);
    if (e != PATINA_OK) {
        return failed(link, s, e);
    }
    if (!f->implicit_handshake) {
        if (!shim_expect(s, shim_link_conn(link))) {
            return false;
        }
        if (f->no_op_extra_handshake && !extra_handshake_is_nothing(link)) {
            fprintf(stderr, "driving a finished handshake did something\n");
            return false;
        }
    }
    if (f->export_length > 0) {
        e = export_material(f, link);
    }
    if (e == PATINA_OK && f->send_alert) {
        e = shim_link_abort(link, ALERT_DECOMPRESSION_FAILURE);
        return e == PATINA_OK || failed(link, s, e);
    }
    if (e == PATINA_OK && (f->shim_writes_first || f->read_with_unfinished_write)) {
        shim_link_hold(link, f->read_with_unfinished_write);
        e = shim_link_send(link, initial_write, sizeof initial_write - 1);
    }
    if (e == PATINA_OK && !f->shim_shuts_down) {
        e = talk(f, link, &clean);
    }
    if (e != PATINA_OK) {
        return failed(link, s, e);
    }
    return shut_down(s, link, clean);
}

int main(int argc, char **argv)
{
    struct shim_flags flags;
    struct shim_state state = {0};
    struct shim_setup setup = {0};
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "-is-handshaker-supported") == 0) {
            puts("No");
            return 0;
        }
    }
    int status = shim_flags_parse(argc, argv, &flags);
    if (status != SHIM_OK) {
        return status;
    }
    if (flags.can_group != 0) {
        return shim_setup_can(&flags);
    }
    state.flags = &flags;
    state.selected = -2;
    status = shim_setup_make(&state, &setup);
    if (status == SHIM_OK) {
        struct shim_link *link = shim_link_open(&state, &setup);
        status = link != NULL && exchange(&state, link) ? SHIM_OK : SHIM_FAILED;
        if (link != NULL) {
            shim_link_free(link);
        }
    }
    patina_credential_unref(state.ocsp_answer);
    shim_setup_free(&setup);
    return status;
}

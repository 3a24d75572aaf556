// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// What the runner's -expect-* flags ask of a ClientHello and of a finished handshake.
#include "shim.h"

#include <stdio.h>
#include <string.h>

static bool equals(patina_span got, const char *wanted)
{
    size_t len = wanted == NULL ? 0 : strlen(wanted);
    return got.len == len && (len == 0 || memcmp(got.ptr, wanted, len) == 0);
}

static bool want_number(const char *what, int wanted, int got)
{
    if (wanted == 0 || wanted == got) {
        return true;
    }
    fprintf(stderr, "%s: wanted %d, got %d\n", what, wanted, got);
    return false;
}

static bool has_fast_aes(void)
{
#if defined(__x86_64__) || defined(__i386__)
    return __builtin_cpu_supports("aes") != 0;
#else
    return true;
#endif
}

static bool expect_alpn(const struct shim_flags *f, const struct patina_conn *c)
{
    const char *wanted = f->server ? f->select_alpn : f->expect_alpn;
    if (equals(patina_conn_alpn(c), wanted)) {
        return true;
    }
    fprintf(stderr, "negotiated another application protocol\n");
    return false;
}

static bool expect_name(const struct shim_flags *f, const struct patina_conn *c)
{
    if (f->expect_server_name == NULL ||
        equals(patina_conn_server_name(c), f->expect_server_name)) {
        return true;
    }
    fprintf(stderr, "another server name\n");
    return false;
}

static bool expect_status(const struct shim_flags *f, const struct patina_conn *c)
{
    uint8_t room[SHIM_STATUS_MAX];
    const char *wanted[2] = {f->expect_ocsp_response, f->expect_scts};
    patina_span got[2] = {patina_conn_peer_staple(c), patina_conn_peer_scts(c)};
    for (size_t i = 0; i < 2; i++) {
        patina_span bytes = shim_base64(wanted[i], room, sizeof room);
        if (wanted[i] != NULL &&
            (got[i].len != bytes.len || memcmp(got[i].ptr, bytes.ptr, bytes.len) != 0)) {
            fprintf(stderr, "another %s\n", i == 0 ? "OCSP response" : "list of timestamps");
            return false;
        }
    }
    return true;
}

static bool expect_retry(const struct shim_flags *f, const struct patina_conn *c)
{
    bool retried = patina_conn_was_retried(c);
    if ((f->expect_hrr && !retried) || (f->expect_no_hrr && retried)) {
        fprintf(stderr, "HelloRetryRequest: %s\n", retried ? "unexpected" : "expected");
        return false;
    }
    return true;
}

bool shim_expect(const struct shim_state *s, const struct patina_conn *c)
{
    const struct shim_flags *f = s->flags;
    int suite = has_fast_aes() ? f->expect_cipher_aes : f->expect_cipher_no_aes;
    if (s->complaint != NULL) {
        fprintf(stderr, "%s\n", s->complaint);
        return false;
    }
    if (f->server && !s->early_callback_called) {
        fprintf(stderr, "no config was asked for\n");
        return false;
    }
    if (patina_conn_phase(c) != PATINA_PHASE_TRAFFIC) {
        fprintf(stderr, "the handshake is done, the phase is %d\n", (int)patina_conn_phase(c));
        return false;
    }
    if (f->has_expect_selected && f->expect_selected != s->selected) {
        fprintf(stderr, "credential: wanted %d, got %d\n", f->expect_selected, s->selected);
        return false;
    }
    return want_number("version", f->expect_version, patina_conn_version(c)) &&
           want_number("version", 0x0304, patina_conn_version(c)) &&
           want_number("group", f->expect_group, patina_conn_group(c)) &&
           want_number("scheme", f->expect_scheme, patina_conn_scheme(c)) &&
           want_number("suite", suite, patina_conn_suite(c)) && expect_retry(f, c) &&
           expect_alpn(f, c) && expect_name(f, c) && expect_status(f, c);
}

static bool expect_offered_protocols(const struct shim_flags *f, const struct patina_op *op)
{
    if (f->expect_advertised_alpn == NULL) {
        return true;
    }
    const char *rest = f->expect_advertised_alpn; // names with a length byte each
    size_t left = strlen(rest);
    size_t i = 0;
    for (; left > 0; i++) {
        size_t len = (unsigned char)rest[0];
        patina_span got = patina_hello_op_alpn(op, i);
        if (len >= left || got.len != len || memcmp(got.ptr, rest + 1, len) != 0) {
            return false;
        }
        rest += 1 + len;
        left -= 1 + len;
    }
    return patina_hello_op_alpn(op, i).len == 0;
}

static bool expect_offered_schemes(const struct shim_flags *f, const struct patina_op *op)
{
    if (!f->expect_peer_schemes.given) {
        return true;
    }
    for (size_t i = 0; i < f->expect_peer_schemes.count; i++) {
        if (patina_hello_op_scheme(op, i) != f->expect_peer_schemes.items[i]) {
            return false;
        }
    }
    return patina_hello_op_scheme(op, f->expect_peer_schemes.count) == 0;
}

bool shim_expect_hello(struct shim_state *s, const struct patina_op *op)
{
    patina_span raw = patina_hello_op_raw(op);
    if (raw.len < 4 || raw.ptr[0] != 1) {
        s->complaint = "the ClientHello of the operation is none";
    } else if (s->flags->expect_server_name != NULL &&
               !equals(patina_hello_op_server_name(op), s->flags->expect_server_name)) {
        s->complaint = "another server name in the ClientHello";
    } else if (!expect_offered_protocols(s->flags, op)) {
        s->complaint = "other application protocols in the ClientHello";
    } else if (!expect_offered_schemes(s->flags, op)) {
        s->complaint = "other signature schemes in the ClientHello";
    }
    return s->complaint == NULL;
}

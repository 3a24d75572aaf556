// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Operations that may finish later: see op.h.
#include "hs/op.h"

#include "config/config.h"
#include "x509/chain.h"

#include <stdatomic.h>

enum { OPEN, CLAIMED, DONE, ABANDONED };

struct patina_op {
    struct ptn_ref ref;
    atomic_int phase;
    const struct patina_allocator *alloc;
    struct ptn_op_input in;
    atomic_bool in_callback;
    bool kept;                     // spans of `in` are our own copies
    struct ptn_client_hello hello; // CONFIG, CREDENTIAL: borrows from in.message

    // The result: written by whoever claimed the operation, read once it is DONE.
    patina_err result;
    uint8_t alert;
    struct patina_server_config *config;
    struct patina_credential *credential;
    patina_mspan signature_room; // SIGN: PATINA_SIGNATURE_MAX bytes
    size_t signature_len;
};

static patina_err parse_hello(struct patina_op *op)
{
    if (op->in.kind == PATINA_OP_CONFIG || op->in.kind == PATINA_OP_CREDENTIAL) {
        return ptn_parse_client_hello(ptn_span_skip(op->in.message, PTN_HANDSHAKE_HEADER_BYTES),
                                      &op->hello);
    }
    return PATINA_OK;
}

static void op_free(struct patina_op *op)
{
    if (op->kept) {
        ptn_span_free(op->alloc, op->in.message);
        ptn_span_free(op->alloc, op->in.name);
    }
    patina_chain_unref(op->in.chain);
    patina_verifier_unref(op->in.verifier);
    patina_credential_unref(op->in.credential);
    patina_server_config_unref(op->config);
    patina_credential_unref(op->credential);
    ptn_free(op->alloc, op->signature_room.ptr, op->signature_room.len);
    ptn_free(op->alloc, op, sizeof *op);
}

patina_err ptn_op_new(const struct patina_allocator *alloc, const struct ptn_op_input *input,
                      struct patina_op **out)
{
    *out = NULL;
    struct patina_op *op = ptn_alloc(alloc, sizeof *op);
    PTN_REQUIRE(op != NULL, PATINA_ERR_NO_MEMORY);
    ptn_ref_init(&op->ref);
    atomic_init(&op->phase, OPEN);
    op->alloc = alloc;
    op->in = *input;
    (void)patina_chain_ref(op->in.chain);
    (void)patina_verifier_ref(op->in.verifier);
    (void)patina_credential_ref(op->in.credential);
    op->alert = PATINA_ALERT_NONE;
    atomic_init(&op->in_callback, true);
    patina_err err = parse_hello(op);
    if (err == PATINA_OK && input->kind == PATINA_OP_SIGN) {
        op->signature_room =
            (patina_mspan){ptn_alloc(alloc, PATINA_SIGNATURE_MAX), PATINA_SIGNATURE_MAX};
        if (op->signature_room.ptr == NULL) {
            op->signature_room.len = 0;
            err = PATINA_ERR_NO_MEMORY;
        }
    }
    if (err != PATINA_OK) {
        op_free(op);
        return err;
    }
    *out = op;
    return PATINA_OK;
}

struct patina_op *patina_op_keep(struct patina_op *op)
{
    if (op == NULL || !op->in_callback) {
        return NULL;
    }
    if (!op->kept) {
        patina_span message;
        patina_span name;
        if (!ptn_span_dup(op->alloc, op->in.message, &message)) {
            return NULL;
        }
        if (!ptn_span_dup(op->alloc, op->in.name, &name)) {
            ptn_span_free(op->alloc, message);
            return NULL;
        }
        op->in.message = message;
        op->in.name = name;
        op->kept = true;
        PTN_CHECK(parse_hello(op) == PATINA_OK); // it parsed before, from the same bytes
    }
    ptn_ref_add(&op->ref);
    return op;
}

void patina_op_release(struct patina_op *op)
{
    if (op != NULL && ptn_ref_drop(&op->ref)) {
        op_free(op);
    }
}

uint32_t patina_op_kind(const struct patina_op *op)
{
    return op->in.kind;
}

bool patina_op_abandoned(const struct patina_op *op)
{
    return atomic_load_explicit(&op->phase, memory_order_acquire) == ABANDONED;
}

void *patina_op_conn_user(const struct patina_op *op)
{
    return op->in_callback ? op->in.conn_user : NULL;
}

// Takes the right to write the result.
static patina_err claim(struct patina_op *op)
{
    int expected = OPEN;
    if (atomic_compare_exchange_strong_explicit(&op->phase, &expected, CLAIMED,
                                                memory_order_acq_rel, memory_order_acquire)) {
        return PATINA_OK;
    }
    return expected == ABANDONED ? PATINA_ERR_ABANDONED : PATINA_ERR_MISUSE;
}

static void publish(struct patina_op *op)
{
    // The waker is copied first: once DONE is seen the connection may release the operation on its
    // own thread.
    struct patina_waker waker = op->in.waker;
    bool wake = op->kept && waker.wake != NULL; // one not kept is completed inside its callback
    int expected = CLAIMED;
    // Fails only when the connection went away meanwhile; then nobody is to be woken.
    bool published = atomic_compare_exchange_strong_explicit(
        &op->phase, &expected, DONE, memory_order_acq_rel, memory_order_acquire);
    if (published && wake) {
        waker.wake(waker.loop, waker.token);
    }
}

patina_err patina_op_refuse(struct patina_op *op, uint8_t alert)
{
    PTN_REQUIRE(op != NULL && alert != PATINA_ALERT_CLOSE_NOTIFY && alert != PATINA_ALERT_NONE,
                PATINA_ERR_MISUSE);
    PTN_TRY(claim(op));
    op->result = PATINA_ERR_REFUSED;
    op->alert = alert;
    publish(op);
    return PATINA_OK;
}

// ---- ClientHello

static bool is_hello(const struct patina_op *op)
{
    return op->in.kind == PATINA_OP_CONFIG || op->in.kind == PATINA_OP_CREDENTIAL;
}

patina_span patina_hello_op_server_name(const struct patina_op *op)
{
    return is_hello(op) ? op->in.name : (patina_span){0};
}

patina_span patina_hello_op_raw(const struct patina_op *op)
{
    return is_hello(op) ? op->in.message : (patina_span){0};
}

patina_span patina_hello_op_alpn(const struct patina_op *op, size_t i)
{
    return is_hello(op) ? ptn_name_list_at(op->hello.alpn, i) : (patina_span){0};
}

uint16_t patina_hello_op_scheme(const struct patina_op *op, size_t i)
{
    return is_hello(op) ? ptn_u16_list_at(op->hello.signature_algorithms, i) : 0;
}

patina_err patina_config_op_complete(struct patina_op *op, struct patina_server_config *cfg)
{
    PTN_REQUIRE(op != NULL && op->in.kind == PATINA_OP_CONFIG, PATINA_ERR_MISUSE);
    PTN_TRY(claim(op));
    op->config = patina_server_config_ref(cfg);
    publish(op);
    return PATINA_OK;
}

patina_err patina_credential_op_complete(struct patina_op *op, struct patina_credential *credential)
{
    PTN_REQUIRE(op != NULL && op->in.kind == PATINA_OP_CREDENTIAL, PATINA_ERR_MISUSE);
    PTN_TRY(claim(op));
    op->credential = patina_credential_ref(credential);
    publish(op);
    return PATINA_OK;
}

// ---- Signing

uint16_t patina_sign_op_scheme(const struct patina_op *op)
{
    return op->in.scheme;
}

patina_span patina_sign_op_message(const struct patina_op *op)
{
    return op->in.kind == PATINA_OP_SIGN ? op->in.message : (patina_span){0};
}

patina_err patina_sign_op_complete(struct patina_op *op, patina_span signature)
{
    PTN_REQUIRE(op != NULL && op->in.kind == PATINA_OP_SIGN, PATINA_ERR_MISUSE);
    PTN_REQUIRE(signature.ptr != NULL && signature.len >= 1 &&
                    signature.len <= PATINA_SIGNATURE_MAX,
                PATINA_ERR_MISUSE);
    PTN_TRY(claim(op));
    ptn_span_copy(op->signature_room, signature);
    op->signature_len = signature.len;
    publish(op);
    return PATINA_OK;
}

patina_err patina_sign_op_new(uint16_t scheme, patina_span message,
                              const struct patina_allocator *alloc, struct patina_op **out)
{
    PTN_REQUIRE(out != NULL, PATINA_ERR_MISUSE);
    const struct ptn_op_input input = {
        .kind = PATINA_OP_SIGN, .scheme = scheme, .message = message};
    return ptn_op_new(ptn_allocator_or_heap(alloc), &input, out);
}

patina_span patina_sign_op_result(const struct patina_op *op)
{
    if (op->in.kind != PATINA_OP_SIGN || !ptn_op_is_done(op)) {
        return (patina_span){0};
    }
    return ptn_span_first(ptn_span(op->signature_room), op->signature_len);
}

// ---- Verifying

patina_span patina_verify_op_certificate(const struct patina_op *op, size_t i)
{
    return op->in.chain == NULL ? (patina_span){0} : patina_chain_certificate(op->in.chain, i);
}

patina_span patina_verify_op_name(const struct patina_op *op)
{
    return op->in.kind == PATINA_OP_VERIFY ? op->in.name : (patina_span){0};
}

patina_span patina_verify_op_staple(const struct patina_op *op)
{
    return ptn_chain_staple(op->in.chain);
}

patina_span patina_verify_op_scts(const struct patina_op *op)
{
    return ptn_chain_scts(op->in.chain);
}

int64_t patina_verify_op_time_s(const struct patina_op *op)
{
    return op->in.now_s;
}

patina_err patina_verify_op_accept(struct patina_op *op)
{
    PTN_REQUIRE(op != NULL && op->in.kind == PATINA_OP_VERIFY, PATINA_ERR_MISUSE);
    PTN_TRY(claim(op));
    publish(op);
    return PATINA_OK;
}

patina_err patina_verify_op_reject(struct patina_op *op, patina_err reason)
{
    PTN_REQUIRE(op != NULL && op->in.kind == PATINA_OP_VERIFY, PATINA_ERR_MISUSE);
    PTN_REQUIRE(patina_err_class(reason) == PATINA_CLASS_CERTIFICATE, PATINA_ERR_MISUSE);
    PTN_TRY(claim(op));
    op->result = reason;
    publish(op);
    return PATINA_OK;
}

// ---- The connection's side

patina_err ptn_op_after_callback(struct patina_op *op, patina_err err, patina_err unanswered)
{
    if (err == PATINA_PENDING) {
        PTN_REQUIRE(op->kept, unanswered); // nobody could ever complete it
        atomic_store(&op->in_callback, false);
        return ptn_op_is_done(op) ? PATINA_OK : PATINA_PENDING;
    }
    atomic_store(&op->in_callback, false);
    if (err != PATINA_OK) {
        return err;
    }
    return ptn_op_is_done(op) ? PATINA_OK : unanswered;
}

bool ptn_op_is_done(const struct patina_op *op)
{
    return atomic_load_explicit(&op->phase, memory_order_acquire) == DONE;
}

patina_err ptn_op_result(const struct patina_op *op, uint8_t *out_alert)
{
    PTN_CHECK(ptn_op_is_done(op));
    *out_alert = op->alert;
    return op->result;
}

struct patina_server_config *ptn_op_config(const struct patina_op *op)
{
    return op->config;
}

struct patina_credential *ptn_op_credential(const struct patina_op *op)
{
    return op->credential;
}

void ptn_op_abandon(struct patina_op *op)
{
    if (op == NULL) {
        return;
    }
    int expected = OPEN;
    if (!atomic_compare_exchange_strong_explicit(&op->phase, &expected, ABANDONED,
                                                 memory_order_acq_rel, memory_order_acquire) &&
        expected == CLAIMED) {
        // Being completed right now: the other thread's reference keeps it alive, its wake finds
        // nothing.
        (void)atomic_compare_exchange_strong_explicit(&op->phase, &expected, ABANDONED,
                                                      memory_order_acq_rel, memory_order_acquire);
    }
    patina_op_release(op);
}

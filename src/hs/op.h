// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Operations that may finish later, as hs sees them; patina/op.h is the other side. One
// compare-and-swap decides between completion and abandonment; completion publishes its result,
// then calls the waker with no lock held.
#ifndef PTN_HS_OP_H
#define PTN_HS_OP_H

#include "base/mem.h"
#include "base/ref.h"
#include "patina/conn.h"
#include "patina/op.h"
#include "wire/hello.h"

// What an operation shows. Spans are borrowed until it is kept.
struct ptn_op_input {
    uint32_t kind;
    void *conn_user;
    struct patina_waker waker;
    patina_span message;              // SIGN: to sign; CONFIG, CREDENTIAL: the whole ClientHello
    uint16_t scheme;                  // SIGN
    struct patina_chain *chain;       // VERIFY: a reference is taken, as of the next two
    struct patina_verifier *verifier; // VERIFY: whose callback it is
    struct patina_credential *credential; // SIGN: whose key signs
    patina_span name; // VERIFY: as given; CONFIG, CREDENTIAL: the SNI host name in lower case
    int64_t now_s;    // VERIFY
};

patina_err ptn_op_new(const struct patina_allocator *alloc, const struct ptn_op_input *input,
                      struct patina_op **out);

// Ends the callback's part: afterwards conn_user is hidden and keeping is no longer possible. `err`
// is what the callback returned; gives OK (completed), PENDING (kept) or the error to fail with
// (`unanswered` when it did neither).
patina_err ptn_op_after_callback(struct patina_op *op, patina_err err, patina_err unanswered);

bool ptn_op_is_done(const struct patina_op *op);

// The result of a completed operation: OK or why it was refused; *out_alert is an alert of the
// application's or NONE.
patina_err ptn_op_result(const struct patina_op *op, uint8_t *out_alert);

// The answer of a CONFIG or CREDENTIAL operation, borrowed; NULL: none given.
struct patina_server_config *ptn_op_config(const struct patina_op *op);
struct patina_credential *ptn_op_credential(const struct patina_op *op);

// Gives the connection's reference back; an operation still open is abandoned.
void ptn_op_abandon(struct patina_op *op);

#endif

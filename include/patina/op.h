// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Operations that may finish later: a decision the connection waits for. The callback that gets one
// either completes it before returning PATINA_OK, or keeps it, returns PATINA_PENDING, and
// completes it once, later, from any thread. One operation at a time is open on a connection; while
// it is, `patina_conn_receive` returns SUSPENDED.
#ifndef PATINA_OP_H
#define PATINA_OP_H

#include "patina/base.h"

#ifdef __cplusplus
extern "C" {
#endif

struct patina_op;
struct patina_credential;
struct patina_server_config;

enum patina_op_kind {
    PATINA_OP_CONFIG = 1,     // server: which config serves this ClientHello
    PATINA_OP_CREDENTIAL = 2, // server: which certificate and key
    PATINA_OP_SIGN = 3,       // a private key signs
    PATINA_OP_VERIFY = 4      // the peer's certificate chain is judged
};

// `patina_op_keep` makes the operation outlive the callback, and the connection: its spans become
// its own copies, one reference is added and the operation is returned. Until the last reference is
// given back the key (SIGN) and the verifier's `user` (VERIFY) stay, too; their `drop` and
// `drop_user` may so run inside `patina_op_release`, on its thread. NULL when memory ran out: then
// answer now. Only inside the callback, on its thread; never blocks.
PATINA_API struct patina_op *patina_op_keep(struct patina_op *op);

// `patina_op_release` gives a kept reference back. NULL is a no-op. Any thread; never blocks
// (`drop` and `drop_user` may).
PATINA_API void patina_op_release(struct patina_op *op);

// `patina_op_kind` returns one of `enum patina_op_kind`. Any thread that holds a reference; never
// blocks.
PATINA_API uint32_t patina_op_kind(const struct patina_op *op);

// `patina_op_abandoned` is true when the connection is gone, so that completing is pointless. Any
// thread; never blocks.
PATINA_API bool patina_op_abandoned(const struct patina_op *op);

// `patina_op_conn_user` returns the `user` of the connection's options. Valid inside the callback
// only (else NULL), on its thread; never blocks.
PATINA_API void *patina_op_conn_user(const struct patina_op *op);

// `patina_op_refuse` fails the handshake with `alert` (an `enum patina_alert`); any kind of
// operation. Once: OK, or ABANDONED when the connection is gone, or MISUSE when already completed.
// Any thread; never blocks.
PATINA_API patina_err patina_op_refuse(struct patina_op *op, uint8_t alert);

// ---- PATINA_OP_CONFIG and PATINA_OP_CREDENTIAL: what the ClientHello says. "Borrowed as the
// operation is": until the callback returns, or of a kept one until it is released.

// `patina_hello_op_server_name` returns the SNI host name as sent, lower-cased, or an empty span
// (RFC 6066 §3). Borrowed as the operation is. Any thread that holds a reference; never blocks.
PATINA_API patina_span patina_hello_op_server_name(const struct patina_op *op);

// `patina_hello_op_raw` returns the whole ClientHello message, header included (RFC 9846 §4.2.2).
// Borrowed as the operation is. Any thread that holds a reference; never blocks.
PATINA_API patina_span patina_hello_op_raw(const struct patina_op *op);

// `patina_hello_op_alpn` returns the i-th offered application protocol, or an empty span past the
// end (RFC 7301 §3.1). Borrowed as the operation is. Any thread that holds a reference; never
// blocks.
PATINA_API patina_span patina_hello_op_alpn(const struct patina_op *op, size_t i);

// `patina_hello_op_scheme` returns the i-th offered signature scheme, or 0 past the end (RFC 9846
// §4.3.3). Any thread that holds a reference; never blocks.
PATINA_API uint16_t patina_hello_op_scheme(const struct patina_op *op, size_t i);

// `patina_config_op_complete` answers with the config to use; a reference is taken. NULL keeps the
// connection's own. OK, ABANDONED or MISUSE as above. Any thread; never blocks.
PATINA_API patina_err patina_config_op_complete(struct patina_op *op,
                                                struct patina_server_config *cfg);

// `patina_credential_op_complete` answers with the credential to use; a reference is taken. NULL:
// the config's own choice. OK, ABANDONED or MISUSE as above. Any thread; never blocks.
PATINA_API patina_err patina_credential_op_complete(struct patina_op *op,
                                                    struct patina_credential *credential);

// ---- PATINA_OP_SIGN

// `patina_sign_op_scheme` returns the SignatureScheme to sign with (RFC 9846 §4.3.3). Any thread
// that holds a reference; never blocks.
PATINA_API uint16_t patina_sign_op_scheme(const struct patina_op *op);

// `patina_sign_op_message` returns the bytes to sign (not a digest; RFC 9846 §4.5.2). Borrowed as
// the operation is. Any thread that holds a reference; never blocks.
PATINA_API patina_span patina_sign_op_message(const struct patina_op *op);

// The longest signature accepted, bytes: RSA with 8192 bits.
#define PATINA_SIGNATURE_MAX 1024u

// `patina_sign_op_complete` answers with a signature of 1 to PATINA_SIGNATURE_MAX bytes, which is
// copied. OK, ABANDONED or MISUSE as above. Any thread; never blocks.
PATINA_API patina_err patina_sign_op_complete(struct patina_op *op, patina_span signature);

// `patina_sign_op_new` makes an operation without a connection, for signers' own tests. `message`
// is borrowed until the operation is kept or released. Release it with `patina_op_release`. `alloc`
// NULL: the C library's heap. NO_MEMORY, MISUSE. Any thread; never blocks.
PATINA_API PATINA_MUST patina_err patina_sign_op_new(uint16_t scheme, patina_span message,
                                                     const struct patina_allocator *alloc,
                                                     struct patina_op **out);

// `patina_sign_op_result` returns the signature of a completed operation, else an empty span.
// Borrowed as the operation is. Any thread that holds a reference; never blocks.
PATINA_API patina_span patina_sign_op_result(const struct patina_op *op);

// ---- PATINA_OP_VERIFY

// `patina_verify_op_certificate` returns the i-th certificate of the peer's chain as DER, leaf
// first; empty past the end. Borrowed as the operation is. Any thread that holds a reference; never
// blocks.
PATINA_API patina_span patina_verify_op_certificate(const struct patina_op *op, size_t i);

// `patina_verify_op_name` returns the name the application wants to reach, as given (DNS name or
// textual IP address). Borrowed as the operation is. Any thread that holds a reference; never
// blocks.
PATINA_API patina_span patina_verify_op_name(const struct patina_op *op);

// `patina_verify_op_staple` returns the DER OCSPResponse that came with the leaf, and
// `patina_verify_op_scts` its SignedCertificateTimestampList (RFC 6962 §3.3), both as the peer sent
// them and judged by nobody yet; empty when there was none. Borrowed as the operation is. Any
// thread that holds a reference; never blocks.
PATINA_API patina_span patina_verify_op_staple(const struct patina_op *op);
PATINA_API patina_span patina_verify_op_scts(const struct patina_op *op);

// `patina_verify_op_time_s` returns the judging time, seconds since 1970-01-01 UTC. Any thread that
// holds a reference; never blocks.
PATINA_API int64_t patina_verify_op_time_s(const struct patina_op *op);

// `patina_verify_op_accept` accepts the chain. The CertificateVerify signature is still checked by
// the library (RFC 9846 §4.5.2). OK, ABANDONED or MISUSE as above. Any thread; never blocks.
PATINA_API patina_err patina_verify_op_accept(struct patina_op *op);

// `patina_verify_op_reject` refuses with a row of class CERTIFICATE (its alert is sent); other
// classes are MISUSE. OK, ABANDONED or MISUSE as above. Any thread; never blocks.
PATINA_API patina_err patina_verify_op_reject(struct patina_op *op, patina_err reason);

#ifdef __cplusplus
}
#endif
#endif

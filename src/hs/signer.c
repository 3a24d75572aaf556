// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Our CertificateVerify: what is signed, and having the key sign it, now or later. RFC 9846 §4.5.2.
#include "hs/roles.h"

void ptn_signed_content13(bool by_server, const struct patina_digest *transcript,
                          struct ptn_signed_content *out)
{
    struct ptn_writer w = ptn_writer_of(PTN_MSPAN_OF(out->bytes));
    patina_mspan spaces = ptn_write_reserve(&w, 64);
    ptn_mspan_fill(spaces, 0x20);
    ptn_write_span(&w, by_server ? PTN_SPAN_LITERAL("TLS 1.3, server CertificateVerify")
                                 : PTN_SPAN_LITERAL("TLS 1.3, client CertificateVerify"));
    ptn_write_u8(&w, 0);
    ptn_write_span(&w, ptn_span_first(PTN_SPAN_OF(transcript->bytes), transcript->len));
    patina_span content;
    PTN_CHECK(ptn_writer_finish(&w, &content)); // PTN_SIGNED_MAX is its exact size
    out->len = content.len;
}

patina_err ptn_sign_start13(struct ptn_hs *hs, struct ptn_handshake *h,
                            struct patina_credential *credential, uint16_t scheme)
{
    struct patina_digest transcript;
    PTN_TRY(ptn_transcript_peek(&h->transcript, &transcript));
    struct ptn_signed_content content;
    ptn_signed_content13(true, &transcript, &content);
    const struct ptn_op_input input = {
        .kind = PATINA_OP_SIGN,
        .conn_user = hs->user,
        .waker = hs->waker,
        .message = ptn_span_first(PTN_SPAN_OF(content.bytes), content.len),
        .scheme = scheme,
        .credential = credential,
    };
    PTN_TRY(ptn_op_new(hs->alloc, &input, &hs->op));
    return ptn_op_after_callback(hs->op, credential->key->vtable->sign(credential->key, hs->op),
                                 PATINA_ERR_SIGN_FAILED);
}

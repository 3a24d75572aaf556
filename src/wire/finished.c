// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Finished, RFC 9846 §4.5.3, and the header all handshake messages have, §4.
#include "wire/messages.h"

// struct {
//     HandshakeType msg_type;
//     uint24 length;
//     ...
// } Handshake;
struct ptn_mark ptn_open_message(struct ptn_writer *w, uint8_t type)
{
    ptn_write_u8(w, type);
    return ptn_open(w, 3);
}

// struct { opaque verify_data[Hash.length]; } Finished;
patina_err ptn_parse_finished(patina_span body, size_t digest_len, patina_span *out_verify_data)
{
    *out_verify_data = (patina_span){0};
    PTN_REQUIRE(body.len == digest_len, PATINA_ERR_DECODE_FINISHED); // RFC 9846 §4.5.3
    *out_verify_data = body;
    PTN_REACH("Finished");
    return PATINA_OK;
}

void ptn_encode_finished(struct ptn_writer *w, patina_span verify_data)
{
    struct ptn_mark message = ptn_open_message(w, PTN_HS_FINISHED);
    ptn_write_span(w, verify_data);
    ptn_close(w, message);
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// KeyUpdate, RFC 9846 §4.7.3.
#include "wire/messages.h"

enum { UPDATE_NOT_REQUESTED = 0, UPDATE_REQUESTED = 1 };

// enum { update_not_requested(0), update_requested(1), (255) } KeyUpdateRequest;
// struct { KeyUpdateRequest request_update; } KeyUpdate;
patina_err ptn_parse_key_update(patina_span body, bool *out_requested)
{
    struct ptn_reader r = ptn_reader_of(body);
    uint8_t request;
    *out_requested = false;

    PTN_REQUIRE(ptn_read_u8(&r, &request) && ptn_read_end(&r),
                PATINA_ERR_DECODE_KEY_UPDATE); // RFC 9846 §4.7.3
    PTN_REQUIRE(request == UPDATE_NOT_REQUESTED || request == UPDATE_REQUESTED,
                PATINA_ERR_INVALID_KEY_UPDATE); // RFC 9846 §4.7.3
    *out_requested = request == UPDATE_REQUESTED;
    PTN_REACH("KeyUpdate");
    return PATINA_OK;
}

void ptn_encode_key_update(struct ptn_writer *w, bool request)
{
    struct ptn_mark message = ptn_open_message(w, PTN_HS_KEY_UPDATE);
    ptn_write_u8(w, request ? UPDATE_REQUESTED : UPDATE_NOT_REQUESTED);
    ptn_close(w, message);
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The small messages: the first byte chooses the parser by the number of the message (21: an
// alert), the rest is the body. What has one form only is written again and must come out as it
// went in.
#include "fuzz.h"

#include "base/limits.h"
#include "wire/messages.h"

static void must_write(const struct ptn_writer *w, patina_span body)
{
    patina_span out;
    MUST(ptn_writer_finish(w, &out));
    MUST(ptn_span_equal(ptn_span_skip(out, PTN_HANDSHAKE_HEADER_BYTES), body));
}

static patina_err try_certificate_verify(patina_span body, struct ptn_writer *w)
{
    struct ptn_certificate_verify message;
    patina_err err = ptn_parse_certificate_verify(body, &message);
    use_span(message.signature);
    if (err == PATINA_OK) {
        ptn_encode_certificate_verify(w, message.scheme, message.signature);
        must_write(w, body);
    }
    return err;
}

static patina_err try_finished(patina_span body, struct ptn_writer *w)
{
    patina_span data;
    patina_err err = ptn_parse_finished(body, 32, &data);
    if (err != PATINA_OK) {
        err = ptn_parse_finished(body, 48, &data);
    }
    if (err == PATINA_OK) {
        ptn_encode_finished(w, data);
        must_write(w, body);
    }
    use_span(data);
    return err;
}

static patina_err try_key_update(patina_span body, struct ptn_writer *w)
{
    bool requested;
    patina_err err = ptn_parse_key_update(body, &requested);
    if (err == PATINA_OK) {
        ptn_encode_key_update(w, requested);
        must_write(w, body);
    }
    return err;
}

static patina_err try_new_session_ticket(patina_span body)
{
    struct ptn_new_session_ticket message;
    patina_err err = ptn_parse_new_session_ticket(body, &message);
    MUST((err == PATINA_OK) == (message.ticket.len != 0));
    use_span(message.nonce);
    use_span(message.ticket);
    use_number(message.max_early_data_bytes);
    return err;
}

static patina_err try_alert(patina_span body)
{
    struct ptn_alert alert;
    patina_err err = ptn_parse_alert(body, &alert);
    MUST((err == PATINA_OK) == (body.len == 2));
    use_number(alert.level);
    use_number(alert.description);
    return err;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static uint8_t room[1 << 17];
    struct ptn_writer w = ptn_writer_of(PTN_MSPAN_OF(room));
    patina_span input = {data, size};
    if (size == 0) {
        return 0;
    }
    patina_span body = ptn_span_skip(input, 1);
    switch (ptn_span_at(input, 0)) {
    case PTN_HS_CERTIFICATE_VERIFY:
        MUST_BE_VERDICT(try_certificate_verify(body, &w));
        break;
    case PTN_HS_FINISHED:
        MUST_BE_VERDICT(try_finished(body, &w));
        break;
    case PTN_HS_KEY_UPDATE:
        MUST_BE_VERDICT(try_key_update(body, &w));
        break;
    case PTN_HS_NEW_SESSION_TICKET:
        MUST_BE_VERDICT(try_new_session_ticket(body));
        break;
    case PTN_CONTENT_ALERT:
        MUST_BE_VERDICT(try_alert(body));
        break;
    default:
        break;
    }
    return 0;
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Parser of NewSessionTicket, RFC 9846 §4.7.1. A client without resumption checks the form and
// drops the ticket.
#include "wire/ext.h"
#include "wire/messages.h"

static patina_err parse_fixed(struct ptn_reader *r, struct ptn_new_session_ticket *nst)
{
    struct ptn_reader nonce;
    struct ptn_reader ticket;
    PTN_REQUIRE(ptn_read_u32(r, &nst->lifetime_s) && ptn_read_u32(r, &nst->age_add) &&
                    ptn_read_vec8(r, &nonce) && ptn_read_vec16(r, &ticket) &&
                    !ptn_reader_is_empty(&ticket),
                PATINA_ERR_DECODE_NEW_SESSION_TICKET); // RFC 9846 §4.7.1: a ticket is never empty
    nst->nonce = ptn_reader_whole(&nonce);
    nst->ticket = ptn_reader_whole(&ticket);
    return PATINA_OK;
}

static patina_err parse_extension(const struct ptn_extension *extension,
                                  struct ptn_new_session_ticket *nst)
{
    if (extension->type != PTN_EXTENSION_EARLY_DATA) {
        return PATINA_OK; // RFC 9846 §4.7.1: the unknown is ignored
    }
    return ptn_parse_ext_max_early_data(extension->body, &nst->max_early_data_bytes);
}

// struct {
//     uint32 ticket_lifetime;
//     uint32 ticket_age_add;
//     opaque ticket_nonce<0..255>;
//     opaque ticket<1..2^16-1>;
//     Extension extensions<0..2^16-1>;
// } NewSessionTicket;
patina_err ptn_parse_new_session_ticket(patina_span body, struct ptn_new_session_ticket *out)
{
    struct ptn_reader r = ptn_reader_of(body);
    struct ptn_new_session_ticket nst = {0};
    struct ptn_reader block;
    struct ptn_ext_walk walk;
    struct ptn_extension extension;
    bool have;
    *out = nst;

    PTN_TRY(parse_fixed(&r, &nst));
    PTN_REQUIRE(ptn_read_vec16(&r, &block) && ptn_read_end(&r),
                PATINA_ERR_DECODE_NEW_SESSION_TICKET); // RFC 9846 §4.7.1
    PTN_TRY(ptn_ext_walk_start(&walk, block, PTN_IN_NEW_SESSION_TICKET, 0));
    PTN_TRY(ptn_ext_walk_next(&walk, &extension, &have));
    while (have)
        PTN_LOOP(WALKS(walk, extension, have, true, nst.extensions, nst.max_early_data_bytes))
    {
        nst.extensions |= extension.bit;
        PTN_TRY(parse_extension(&extension, &nst));
        PTN_TRY(ptn_ext_walk_next(&walk, &extension, &have));
    }
    *out = nst;
    PTN_REACH("NewSessionTicket");
    return PATINA_OK;
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Records that are no handshake messages: alerts (RFC 9846 §6) and the compatibility
// change_cipher_spec (§5, §E.4).
#include "hs/hs.h"

void ptn_hs_on_data(struct ptn_hs *hs)
{
    hs->post_handshake_count = 0;
    hs->user_canceled_count = 0;
}

patina_err ptn_hs_alert(struct ptn_hs *hs, patina_span fragment, bool *out_closed)
{
    struct ptn_alert alert;
    *out_closed = false;
    // RFC 9846 §5.4: an alert without content is answered with unexpected_message.
    PTN_REQUIRE(fragment.len != 0, PATINA_ERR_EMPTY_FRAGMENT);
    PTN_TRY(ptn_parse_alert(fragment, &alert));
    if (alert.description == PATINA_ALERT_CLOSE_NOTIFY) {
        *out_closed = true;
        return PATINA_OK;
    }
    if (alert.description == PATINA_ALERT_USER_CANCELED) {
        // RFC 9846 §6.1: ignored, and followed by close_notify; a flood is cut off (limits.h).
        PTN_REQUIRE(hs->user_canceled_count < PTN_MAX_USER_CANCELED,
                    PATINA_ERR_TOO_MANY_USER_CANCELED);
        hs->user_canceled_count++;
        return PATINA_OK;
    }
    // RFC 9846 §6: every other alert, known or not, is fatal whatever its level says.
    hs->peer_alert = alert.description;
    return PATINA_ERR_PEER_ALERT;
}

patina_err ptn_hs_change_cipher_spec(struct ptn_hs *hs, patina_span fragment)
{
    PTN_REQUIRE(hs->ccs_allowed, PATINA_ERR_UNEXPECTED_CHANGE_CIPHER_SPEC);
    PTN_REQUIRE(fragment.len == 1 && ptn_span_at(fragment, 0) == 1,
                PATINA_ERR_BAD_CHANGE_CIPHER_SPEC);
    PTN_REQUIRE(hs->ccs_count < PTN_MAX_CHANGE_CIPHER_SPECS,
                PATINA_ERR_TOO_MANY_CHANGE_CIPHER_SPECS);
    hs->ccs_count++;
    return PATINA_OK;
}

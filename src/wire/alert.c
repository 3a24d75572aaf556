// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Alert, RFC 9846 §6. What a level or a description means is for the connection to say.
#include "wire/messages.h"

// struct {
//     AlertLevel level;
//     AlertDescription description;
// } Alert;
patina_err ptn_parse_alert(patina_span fragment, struct ptn_alert *out)
{
    struct ptn_reader r = ptn_reader_of(fragment);
    struct ptn_alert alert = {0};
    *out = alert;

    PTN_REQUIRE(ptn_read_u8(&r, &alert.level) && ptn_read_u8(&r, &alert.description) &&
                    ptn_read_end(&r),
                PATINA_ERR_BAD_ALERT); // RFC 9846 §5.1, §6
    *out = alert;
    PTN_REACH("Alert");
    return PATINA_OK;
}

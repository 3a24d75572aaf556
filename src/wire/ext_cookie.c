// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// cookie, RFC 9846 §4.3.2, of a HelloRetryRequest and of the ClientHello that returns it.
#include "wire/ext.h"

// struct { opaque cookie<1..2^16-1>; } Cookie;
patina_err ptn_parse_ext_cookie(patina_span body, patina_span *out_cookie)
{
    struct ptn_reader r = ptn_reader_of(body);
    struct ptn_reader cookie;
    *out_cookie = (patina_span){0};

    PTN_REQUIRE(ptn_read_vec16(&r, &cookie) && ptn_read_end(&r),
                PATINA_ERR_DECODE_COOKIE);                                // RFC 9846 §4.3
    PTN_REQUIRE(!ptn_reader_is_empty(&cookie), PATINA_ERR_DECODE_COOKIE); // RFC 9846 §4.3.2
    *out_cookie = ptn_reader_whole(&cookie);
    PTN_REACH("cookie");
    return PATINA_OK;
}

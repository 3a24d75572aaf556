// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// early_data in a NewSessionTicket, RFC 9846 §4.3.10. In ClientHello and EncryptedExtensions it has
// no body.
#include "wire/ext.h"

// uint32 max_early_data_size;
patina_err ptn_parse_ext_max_early_data(patina_span body, uint32_t *out_bytes)
{
    struct ptn_reader r = ptn_reader_of(body);
    uint32_t bytes;
    *out_bytes = 0;

    PTN_REQUIRE(ptn_read_u32(&r, &bytes) && ptn_read_end(&r),
                PATINA_ERR_DECODE_EARLY_DATA); // RFC 9846 §4.3.10
    *out_bytes = bytes;
    PTN_REACH("early data size");
    return PATINA_OK;
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// supported_versions, RFC 9846 §4.3.1.
#include "wire/ext.h"

// ProtocolVersion versions<2..254>;
patina_err ptn_parse_ext_supported_versions(patina_span body, struct ptn_u16_list *out)
{
    struct ptn_reader r = ptn_reader_of(body);
    struct ptn_reader versions;
    struct ptn_u16_list parsed;
    *out = (struct ptn_u16_list){0};

    PTN_REQUIRE(ptn_read_vec8(&r, &versions) && ptn_read_end(&r),
                PATINA_ERR_DECODE_SUPPORTED_VERSIONS); // RFC 9846 §4.3
    PTN_REQUIRE(ptn_read_u16_list(&versions, 1, &parsed),
                PATINA_ERR_DECODE_SUPPORTED_VERSIONS); // RFC 9846 §4.3.1
    *out = parsed;
    PTN_REACH("supported versions");
    return PATINA_OK;
}

// ProtocolVersion selected_version;
patina_err ptn_parse_ext_selected_version(patina_span body, uint16_t *out)
{
    struct ptn_reader r = ptn_reader_of(body);
    uint16_t version;
    *out = 0;

    PTN_REQUIRE(ptn_read_u16(&r, &version) && ptn_read_end(&r),
                PATINA_ERR_DECODE_SUPPORTED_VERSIONS); // RFC 9846 §4.3.1
    *out = version;
    PTN_REACH("selected version");
    return PATINA_OK;
}

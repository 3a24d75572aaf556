// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// application_layer_protocol_negotiation, RFC 7301 §3.1, as offered in a ClientHello and answered
// in EncryptedExtensions.
#include "base/limits.h"
#include "wire/ext.h"

// opaque ProtocolName<1..2^8-1>;
// struct { ProtocolName protocol_name_list<2..2^16-1>; } ProtocolNameList;
//
// Counts every name into *out_count.
static patina_err parse_names(patina_span body, patina_span *out_bytes, size_t *out_count)
{
    struct ptn_reader r = ptn_reader_of(body);
    struct ptn_reader names;
    size_t count = 0;
    *out_bytes = (patina_span){0};
    *out_count = 0;

    PTN_REQUIRE(ptn_read_vec16(&r, &names) && ptn_read_end(&r),
                PATINA_ERR_DECODE_ALPN); // RFC 9846 §4.3
    patina_span bytes = ptn_reader_whole(&names);
    while (!ptn_reader_is_empty(&names))
        PTN_LOOP(ASSIGNS(READER_FIELDS(names), count) INVARIANT(
            READING(names) && count <= READER_DONE(names) / 2 && IFF(count == 0, AT_START(names)) &&
            IMPLIES(count == 1, READER_DONE(names) <= 256)) DECREASES(READER_LEFT(names)))
    {
        struct ptn_reader name;
        PTN_REQUIRE(ptn_read_vec8(&names, &name) && !ptn_reader_is_empty(&name),
                    PATINA_ERR_DECODE_ALPN); // RFC 7301 §3.1: no empty name
        count++;
    }
    PTN_REQUIRE(count != 0, PATINA_ERR_DECODE_ALPN); // RFC 7301 §3.1: one name at least
    *out_bytes = bytes;
    *out_count = count;
    return PATINA_OK;
}

patina_err ptn_parse_ext_alpn(patina_span body, struct ptn_name_list *out)
{
    patina_span bytes;
    size_t count;
    *out = (struct ptn_name_list){0};
    PTN_TRY(parse_names(body, &bytes, &count));
    *out = (struct ptn_name_list){.bytes = bytes,
                                  .count = ptn_min_size(count, PTN_MAX_PROTOCOL_NAMES)};
    PTN_REACH("ALPN offer");
    return PATINA_OK;
}

patina_err ptn_parse_ext_alpn_answer(patina_span body, patina_span *out_name)
{
    patina_span bytes;
    size_t count;
    *out_name = (patina_span){0};
    PTN_TRY(parse_names(body, &bytes, &count));
    PTN_REQUIRE(count == 1, PATINA_ERR_DECODE_ALPN); // RFC 7301 §3.1: exactly one name
    *out_name = ptn_span_skip(bytes, 1);
    PTN_REACH("ALPN answer");
    return PATINA_OK;
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The five bytes in front of every record, RFC 9846 §5.1 and §5.2. Called by the deframer.
#include "record/record.h"

static bool is_known_type(uint8_t type)
{
    return type >= PTN_CONTENT_CHANGE_CIPHER_SPEC && type <= PTN_CONTENT_APPLICATION_DATA;
}

// The first bytes of the requests people send to a TLS port by mistake. No letter is a content
// type, so that nothing of TLS is lost by looking.
static bool is_http(patina_span in)
{
    patina_span method = ptn_span_first(in, 4);
    return ptn_span_equal(method, PTN_SPAN_LITERAL("GET ")) ||
           ptn_span_equal(method, PTN_SPAN_LITERAL("POST")) ||
           ptn_span_equal(method, PTN_SPAN_LITERAL("HEAD")) ||
           ptn_span_equal(method, PTN_SPAN_LITERAL("PUT ")) ||
           ptn_span_equal(method, PTN_SPAN_LITERAL("CONN"));
}

// With a version of TLS behind it the type is a record's, even at the start.
static patina_err judge_wrong_type(patina_span in, bool first, uint16_t version)
{
    if (!first || version >> 8 == 3) {
        return PATINA_ERR_UNKNOWN_CONTENT_TYPE;
    }
    return is_http(in) ? PATINA_ERR_HTTP_REQUEST : PATINA_ERR_NOT_TLS;
}

//     struct {
//         ContentType type;
//         ProtocolVersion legacy_record_version;
//         uint16 length;
//         opaque fragment[TLSPlaintext.length];
//     } TLSPlaintext;
patina_err ptn_parse_record_header(patina_span in, bool first, struct ptn_record_header *out)
{
    struct ptn_reader r = ptn_reader_of(ptn_span_first(in, PTN_RECORD_HEADER_BYTES));
    struct ptn_record_header header;
    *out = (struct ptn_record_header){0};

    bool whole = ptn_read_u8(&r, &header.type) && ptn_read_u16(&r, &header.version) &&
                 ptn_read_u16(&r, &header.len) && ptn_read_end(&r);
    PTN_CHECK(whole);

    // RFC 9846 §5: "receives an unexpected record type, it MUST terminate".
    PTN_REQUIRE(is_known_type(header.type), judge_wrong_type(in, first, header.version));
    // RFC 9846 §5.1 ignores legacy_record_version. All versions of TLS have 3 in its first byte;
    // anything else is another protocol.
    PTN_REQUIRE(header.version >> 8 == 3, PATINA_ERR_BAD_RECORD_VERSION);
    // RFC 9846 §5.2: "MUST NOT exceed 2^14 + 256 bytes".
    PTN_REQUIRE(header.len <= PTN_MAX_CIPHERTEXT_BYTES, PATINA_ERR_RECORD_OVERFLOW);

    *out = header;
    return PATINA_OK;
}

patina_err ptn_check_plaintext_record(const struct ptn_record_header *header)
{
    // RFC 9846 §5.1: "The length MUST NOT exceed 2^14 bytes".
    PTN_REQUIRE(header->len <= PTN_MAX_PLAINTEXT_BYTES, PATINA_ERR_RECORD_OVERFLOW);
    return PATINA_OK;
}

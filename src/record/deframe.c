// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// From bytes to records, RFC 9846 §5.1. Called by conn with what the caller has received.
#include "record/record.h"

patina_err ptn_deframe(patina_span in, bool first, struct ptn_record *out, size_t *out_want)
{
    *out = (struct ptn_record){0};
    *out_want = PTN_RECORD_HEADER_BYTES;
    if (in.len < PTN_RECORD_HEADER_BYTES) {
        return PATINA_OK;
    }

    struct ptn_record_header header;
    PTN_TRY(ptn_parse_record_header(in, first, &header));

    size_t whole_len = PTN_RECORD_HEADER_BYTES + (size_t)header.len;
    if (in.len < whole_len) {
        *out_want = whole_len;
        return PATINA_OK;
    }
    *out = (struct ptn_record){.header = header, .whole_len = whole_len};
    *out_want = 0;
    return PATINA_OK;
}

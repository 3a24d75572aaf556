// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// From our messages to records, RFC 9846 §5.1. Called by conn, where the flight queue is drained.
#include "record/record.h"

size_t ptn_fragment_len(size_t left, size_t max_fragment)
{
    PTN_CHECK(max_fragment >= 1 && max_fragment <= PTN_MAX_PLAINTEXT_BYTES);
    return ptn_min_size(left, max_fragment);
}

void ptn_write_plain_record(uint8_t type, uint16_t version, patina_span text, patina_mspan out)
{
    struct ptn_writer w = ptn_writer_of(out);
    patina_span written;

    PTN_CHECK(text.len <= PTN_MAX_PLAINTEXT_BYTES);
    ptn_write_u8(&w, type);
    ptn_write_u16(&w, version);
    ptn_write_u16(&w, (uint16_t)text.len);
    ptn_write_span(&w, text);
    PTN_CHECK(ptn_writer_finish(&w, &written));
}

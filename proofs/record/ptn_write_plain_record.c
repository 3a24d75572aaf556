// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_write_plain_record
// SOURCES: src/record/fragment.c
// REPLACE: ptn_write_u8 ptn_write_u16 ptn_write_span ptn_writer_finish
// MUTANT: src/record/fragment.c s/ptn_write_u8(&w, type);/ptn_write_u8(\&w, type);\n    ptn_write_u8(\&w, type);/
#include "proof.h"

#include "record/record.h"

void harness(void)
{
    patina_span text = any_span();
    patina_mspan out = any_mspan();
    ptn_write_plain_record(any_u8(), any_u16(), text, out);
    PTN_REACH("written");
}

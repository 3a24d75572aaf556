// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_write_vector_extension
// SOURCES: src/wire/ext_table.c
// REPLACE: ptn_write_u16 ptn_open ptn_write_vec16 ptn_close
// MUTANT: src/wire/ext_table.c s/ptn_write_vec16(w, vector);/ptn_write_vec16(w, (patina_span){vector.ptr, vector.len + 1});/
#include "proof.h"

#include "wire/ext_table.h"

void harness(void)
{
    struct ptn_writer w = any_writer();
    ptn_write_vector_extension(&w, any_u16(), any_span());
    if (w.failed_) {
        PTN_REACH("does not fit");
    } else {
        PTN_REACH("written");
    }
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_write_certificate_status
// SOURCES: src/wire/ext_status_request.c
// REPLACE: ptn_open ptn_write_u8 ptn_write_vec24 ptn_close
// UNWIND: 9
// MUTANT: src/wire/ext_status_request.c s/ptn_write_vec24(w, ocsp);/ptn_write_vec24(w, (patina_span){ocsp.ptr, ocsp.len + 1});/
#include "proof.h"

#include "wire/ext.h"

void harness(void)
{
    struct ptn_writer w = any_writer();
    ptn_write_certificate_status(&w, any_span());
    if (w.failed_) {
        PTN_REACH("does not fit");
    } else {
        PTN_REACH("written");
    }
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_write_certificate_entry
// SOURCES: src/wire/certificate.c
// REPLACE: ptn_open ptn_write_u16 ptn_write_vec16 ptn_write_vec24 ptn_write_certificate_status
// REPLACE: ptn_close
// UNWIND: 9
// MUTANT: src/wire/certificate.c s/ptn_close(w, extensions);/w->failed_ = false;/
#include "proof.h"

#include "wire/messages.h"

void harness(void)
{
    struct ptn_writer w = any_writer();
    const struct ptn_certificate_entry entry = {
        .der = any_span(), .ocsp = any_span(), .scts = any_span()};
    ptn_write_certificate_entry(&w, &entry);
    if (w.failed_) {
        PTN_REACH("does not fit");
    } else if (entry.ocsp.len != 0 && entry.scts.len != 0) {
        PTN_REACH("written with both extensions");
    } else {
        PTN_REACH("written");
    }
}

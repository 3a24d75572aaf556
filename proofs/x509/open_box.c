// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: open_box
// SOLVER: cadical
// MUTANT: src/x509/crl_scan.c s/inside.len <= s->max_bytes \&\& inside.at <= s->max_bytes - inside.len/inside.len <= s->max_bytes/
#include "proof.h"

#include "x509/any_scan.h"
#include "x509/crl_scan.c"

void harness(void)
{
    struct ptn_crl_scan s = any_scan();
    const struct element e = {.tag = any_u8(), .header_len = any_size(), .len = any_size()};
    patina_err err = open_box(&s, &e);
    if (err != PATINA_OK) {
        PTN_REACH("refused");
    } else if (s.stage == PTN_CRL_TBS) {
        PTN_REACH("the list");
    } else if (s.stage == PTN_CRL_VERSION) {
        PTN_REACH("its signed part");
    } else {
        PTN_REACH("the entries");
    }
}

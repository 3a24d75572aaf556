// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_crl_scan_step
// REPLACE: read_header open_box take
// OBJECT_BITS: 9
// SOLVER: cadical
// COVERS: settle leave_boxes
// MUTANT: src/x509/crl_scan.c s/if (bytes.len - s->at < where.len)/if (bytes.len < where.len)/
#include "proof.h"

#include "x509/any_scan.h"
#include "x509/crl_scan.c"

void harness(void)
{
    struct ptn_crl_scan s = any_scan();
    bool more = false;
    if (ptn_crl_scan_step(&s, any_span(), &more) != PATINA_OK) {
        PTN_REACH("refused");
    } else if (more) {
        PTN_REACH("more bytes are needed");
    } else {
        PTN_REACH("an element");
    }
}

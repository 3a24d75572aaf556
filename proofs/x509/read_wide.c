// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: read_wide
// REPLACE: ptn_read_u8 ptn_read_u16 ptn_read_u32
// MUTANT: src/x509/dn.c s/        return ptn_read_u32(r, out);/        return ptn_read_u32(r, out) || true;/
#include "proof.h"

#include "x509/dn.c"

void harness(void)
{
    struct ptn_reader r = any_reader();
    uint32_t c;
    ASSUME(!r.failed_);
    if (read_wide(&r, any_u8(), &c)) {
        PTN_REACH("a character");
    } else {
        PTN_REACH("none");
    }
}

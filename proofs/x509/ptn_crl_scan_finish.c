// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_crl_scan_finish
// SOURCES: src/base/bytes.c
// REPLACE: ptn_crl_parse_extensions
// OBJECT_BITS: 9
// SOLVER: cadical
// UNWIND: 18
// COVERS: part
// MUTANT: src/x509/crl_scan.c s/    \*out = crl;$/    crl.entries.len++;\n    *out = crl;/
#include "proof.h"

#include "x509/any_scan.h"
#include "x509/crl_scan.c"

void harness(void)
{
    struct ptn_crl_scan s = any_scan();
    struct ptn_crl crl;
    if (ptn_crl_scan_finish(&s, any_span(), &crl) == PATINA_OK) {
        PTN_REACH("a whole list");
    } else {
        PTN_REACH("refused");
    }
}

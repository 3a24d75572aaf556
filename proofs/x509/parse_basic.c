// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: parse_basic
// SOURCES: src/base/mem.c
// REPLACE: ptn_der_enter ptn_der_read ptn_der_read_whole ptn_der_read_bits check_certs parse_data
// OBJECT_BITS: 9
// SOLVER: cadical
// UNWIND: 20
// MUTANT: src/x509/ocsp.c s/    return parse_data(data, out);/    return parse_data((patina_span){data.ptr, data.len + 1}, out);/
#include "proof.h"

#include "x509/ocsp.c"

void harness(void)
{
    struct ptn_ocsp ocsp = {0};
    if (parse_basic(any_span(), &ocsp) == PATINA_OK) {
        PTN_REACH("accepted");
    } else {
        PTN_REACH("refused");
    }
}

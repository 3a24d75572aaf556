// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: take
// SOURCES: src/base/bytes.c
// REPLACE: ptn_der_read_u32 ptn_der_read ptn_der_read_time ptn_crl_read_entry
// REPLACE: ptn_crl_parse_extensions ptn_der_read_bits ptn_span_equal ptn_span_part
// OBJECT_BITS: 9
// SOLVER: cadical
// UNWIND: 16
// COVERS: take_version take_sequence take_time take_entry take_extensions take_outer_algorithm
// COVERS: take_signature part
// MUTANT: src/x509/crl_scan.c s/where.at + header_len, where.len - header_len};/where.at + header_len, where.len};/
#include "proof.h"

#include "x509/any_scan.h"
#include "x509/crl_scan.c"

void harness(void)
{
    struct ptn_crl_scan s = any_scan();
    const struct ptn_range where = {.at = any_size(), .len = any_size()};
    if (take(&s, any_span(), where, any_size()) == PATINA_OK) {
        PTN_REACH("taken");
    } else {
        PTN_REACH("refused");
    }
}

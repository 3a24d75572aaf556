// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_uri_parse
// REPLACE: is_uri_text find_byte is_scheme host_of ptn_span_at ptn_span_part
// OBJECT_BITS: 9
// UNWIND: 16
// MUTANT: src/x509/uri.c s/behind.len < 2 || ptn_span_at(behind, 0)/behind.len < 1 || ptn_span_at(behind, 0)/
#include "proof.h"

#include "x509/uri.c"

void harness(void)
{
    struct ptn_uri uri;
    if (ptn_uri_parse(any_span(), &uri)) {
        PTN_REACH("taken apart");
    } else {
        PTN_REACH("refused");
    }
}

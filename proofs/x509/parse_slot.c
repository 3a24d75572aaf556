// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: parse_slot
// REPLACE: ptn_cert_parse
// OBJECT_BITS: 9
// CBMC: --no-array-field-sensitivity
// MUTANT: src/x509/path.c s/ptn_cert_parse(der, \&out->cert);/ptn_cert_parse(der, \&(out + 1)->cert);/
#include "proof.h"

#include "x509/path.c"

#include "x509/any_search.h"

void harness(void)
{
    ANY_SEARCH(s, q);
    parse_slot(any_span(), &s.slots[0]);
    if (s.slots[0].err == PATINA_OK) {
        PTN_REACH("a certificate");
    } else {
        PTN_REACH("none");
    }
}

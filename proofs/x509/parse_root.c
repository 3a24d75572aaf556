// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: parse_root
// REPLACE: ptn_cert_parse_anchor
// SOLVER: cadical
// OBJECT_BITS: 9
// MUTANT: src/x509/roots.c s/return ptn_cert_parse_anchor(der, \&out->cert);/return ptn_cert_parse_anchor(der, \&(out + 1)->cert);/
#include "proof.h"

#include "x509/roots.c"

void harness(void)
{
    struct ptn_root root;
    patina_span der = any_span();
    if (parse_root(der, &root) == PATINA_OK) {
        PTN_REACH("a certificate");
    } else {
        PTN_REACH("none");
    }
}

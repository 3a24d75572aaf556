// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_uri_is_spiffe_id
// REPLACE: ptn_span_equal is_trust_domain is_spiffe_path
// ASSIGNS_NOTHING: yes
// OBJECT_BITS: 9
// MUTANT: src/x509/uri.c s/ptn_span_equal(uri->scheme, PTN_SPAN_LITERAL("spiffe"))/ptn_span_equal(uri->scheme, (patina_span){(const uint8_t *)"spiffe", 9})/
#include "proof.h"

#include "x509/uri.c"

void harness(void)
{
    const struct ptn_uri uri = {any_span(), any_span(), any_span(), any_span()};
    if (ptn_uri_is_spiffe_id(&uri)) {
        PTN_REACH("yes");
    } else {
        PTN_REACH("no");
    }
}

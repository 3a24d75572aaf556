// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: uri_host
// REPLACE: ptn_uri_parse ptn_is_dns_name
// ASSIGNS_NOTHING: yes
// OBJECT_BITS: 9
// MUTANT: src/x509/constraint_forms.c s/ptn_is_dns_name(uri.host) ? uri.host/ptn_is_dns_name(uri.host) ? (patina_span){uri.host.ptr, uri.host.len + 1}/
#include "proof.h"

#include "x509/constraint_forms.c"

void harness(void)
{
    if (uri_host(any_span()).len != 0) {
        PTN_REACH("a host");
    } else {
        PTN_REACH("none");
    }
}

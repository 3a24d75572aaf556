// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: role_of
// REPLACE: ptn_span_equal ptn_has_any_purpose ptn_has_server_purpose
// ASSIGNS_NOTHING: yes
// OBJECT_BITS: 9
// MUTANT: src/x509/profile.c s/bool for_servers = cert->ext.eku.len == 0 ||/bool for_servers = ptn_span_at(cert->ext.eku, 0) == 0 ||/
#include "proof.h"

#include "x509/any.h"
#include "x509/profile.c"

void harness(void)
{
    struct ptn_cert cert = any_cert();
    if (role_of(&cert) == PTN_ROLE_SERVER) {
        PTN_REACH("a server's");
    } else {
        PTN_REACH("another one's");
    }
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: matches
// REPLACE: ptn_span_at ptn_span_part ptn_span_equal ptn_span_equal_nocase
// ASSIGNS_NOTHING: yes
// OBJECT_BITS: 9
// COVERS: dns_matches
// MUTANT: src/x509/name.c s/presented.len > 2 \&\&/presented.len != 1 \&\&/
#include "proof.h"

#include "x509/name.c"

void harness(void)
{
    const struct ptn_server_name name = {any_bool()   ? PTN_NAME_DNS
                                         : any_bool() ? PTN_NAME_IP
                                                      : PTN_NAME_URI,
                                         any_span(),
                                         {0},
                                         any_size(),
                                         any_bool()};
    ASSUME(name.ip_len <= 16);
    if (matches(any_u8(), any_span(), &name, any_span())) {
        PTN_REACH("yes");
    } else {
        PTN_REACH("no");
    }
}

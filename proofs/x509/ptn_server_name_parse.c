// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_server_name_parse
// SOURCES: src/base/bytes.c
// REPLACE: find_colon parse_ipv4 parse_ipv6 ptn_span_at ptn_span_part ptn_is_dns_name
// REPLACE: is_like_uri parse_uri
// OBJECT_BITS: 10
// UNWIND: 40
// COVERS: ip_name
// MUTANT: src/x509/name.c s/ip_name(&ip, 4)/ip_name(\&ip, 0)/
#include "proof.h"

#include "x509/name.c"

void harness(void)
{
    struct ptn_server_name name;
    if (ptn_server_name_parse(any_span(), &name) != PATINA_OK) {
        PTN_REACH("refused");
    } else if (name.kind == PTN_NAME_IP) {
        PTN_REACH("an address");
    } else if (name.kind == PTN_NAME_URI) {
        PTN_REACH("a URI");
    } else {
        PTN_REACH("a DNS name");
    }
}

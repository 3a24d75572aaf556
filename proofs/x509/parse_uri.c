// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: parse_uri
// REPLACE: ptn_uri_parse ptn_uri_is_spiffe ptn_uri_is_spiffe_id
// OBJECT_BITS: 9
// UNWIND: 40
// MUTANT: src/x509/name.c s/.kind = PTN_NAME_URI, .text = text,/.kind = PTN_NAME_URI, .text = {text.ptr, text.len + 1},/
#include "proof.h"

#include "x509/name.c"

void harness(void)
{
    struct ptn_server_name name = {0};
    if (parse_uri(any_span(), &name) == PATINA_OK) {
        PTN_REACH("a URI");
    } else {
        PTN_REACH("refused");
    }
}

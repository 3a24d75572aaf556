// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_crl_is_known_good
// SOURCES: src/base/bytes.c
// REPLACE: ptn_span_equal
// ASSIGNS_NOTHING: yes
// OBJECT_BITS: 9
// MUTANT: src/x509/crls.c s/ptn_span_first(PTN_SPAN_OF(key->bytes), key->len));$/(patina_span){key->bytes, key->len});/
#include "proof.h"

#include "x509/crls.c"

void harness(void)
{
    struct ptn_listed_crl list;
    struct patina_digest key;
    if (ptn_crl_is_known_good(&list, &key)) {
        PTN_REACH("it was seen to hold");
    } else {
        PTN_REACH("nothing is known");
    }
}

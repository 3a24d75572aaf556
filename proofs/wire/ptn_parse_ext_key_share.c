// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_parse_ext_key_share
// SOURCES: src/wire/ext_key_share.c
// REPLACE: ptn_read_key_share
// MUTANT: src/wire/ext_key_share.c s/ptn_read_key_share(&r, &share) && ptn_read_end(&r)/(ptn_read_key_share(\&r, \&share) || true)/
#include "proof.h"

#include "wire/ext.h"

void harness(void)
{
    struct ptn_key_share share;
    if (ptn_parse_ext_key_share(any_body(), &share) == PATINA_OK) {
        PTN_REACH("accepted");
    } else {
        PTN_REACH("refused");
    }
}

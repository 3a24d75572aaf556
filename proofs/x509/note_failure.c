// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: note_failure
// REPLACE: ptn_path_rank
// OBJECT_BITS: 9
// CBMC: --no-array-field-sensitivity
// MUTANT: src/x509/path.c s/ \* (MAX_FRAMES + 1) + (uint32_t)s->depth;/ * (MAX_FRAMES + 1) * UINT32_MAX;/
#include "proof.h"

#include "x509/path.c"

#include "x509/any_search.h"

void harness(void)
{
    ANY_SEARCH(s, q);
    const struct ptn_path_failure f = {.err = any_bool()   ? PATINA_ERR_CERT_EXPIRED
                                              : any_bool() ? PATINA_ERR_CERT_REVOKED
                                                           : PATINA_OK,
                                       .index = any_i16(),
                                       .number = any_u32()};
    s.best.err = any_bool() ? PATINA_OK : PATINA_ERR_CERT_UNKNOWN_ISSUER;
    note_failure(&s, &f);
    if (s.best.number == f.number) {
        PTN_REACH("the one to keep");
    } else {
        PTN_REACH("a lesser one");
    }
}

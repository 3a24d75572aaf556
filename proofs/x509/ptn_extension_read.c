// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_extension_read
// SOURCES: src/x509/extension.c
// REPLACE: ptn_der_enter ptn_der_read ptn_der_is_next ptn_der_read_bool
// OBJECT_BITS: 9
// SOLVER: cadical
// MUTANT: src/x509/extension.c s/    \*out = (struct ptn_extension){0};//
#include "proof.h"

#include "x509/extension.h"

void harness(void)
{
    struct ptn_reader list = any_reader();
    struct ptn_extension e;
    if (ptn_extension_read(&list, &e)) {
        PTN_REACH("read");
        CLAIM(e.oid.len != 0, "it has a name");
    } else {
        PTN_REACH("refused");
    }
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: der_at
// ASSIGNS_NOTHING: yes
// OBJECT_BITS: 9
// MUTANT: src/x509/roots.c s/i)\.cert\.der;/i + 1).cert.der;/
#include "proof.h"

#include "x509/roots.c"

#include "x509/any_roots.h"

void harness(void)
{
    ANY_ROOTS(roots);
    size_t place = any_size();
    ASSUME(place < roots.roots_count);
    ASSUME_PLACE(roots, place, der);
    if (der_at(&roots, place).len != 0) {
        PTN_REACH("some bytes");
    } else {
        PTN_REACH("none");
    }
}

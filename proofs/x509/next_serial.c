// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: next_serial
// REPLACE: ptn_der_enter ptn_der_read_integer
// MUTANT: src/x509/crl_index.c s/^    return serial;/    serial.len++;\n    return serial;/
#include "proof.h"

#include "x509/crl_index.c"

void harness(void)
{
    struct ptn_reader entries = any_reader();
    if (next_serial(&entries).len != 0) {
        PTN_REACH("a serial number");
    } else {
        PTN_REACH("none");
    }
}

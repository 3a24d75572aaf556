// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: is_other_mailbox
// SOURCES: src/base/bytes.c
// REPLACE: ptn_der_read ptn_span_equal
// ASSIGNS_NOTHING: yes
// OBJECT_BITS: 9
// MUTANT: src/x509/constraints.c s/ptn_span_equal(oid, PTN_SPAN_OF(id_on_smtp_utf8))/ptn_span_equal(oid, (patina_span){id_on_smtp_utf8, 9})/
#include "proof.h"

#include "x509/constraints.c"

void harness(void)
{
    const struct general_name name = {any_u8(), any_span()};
    if (is_other_mailbox(&name)) {
        PTN_REACH("yes");
    } else {
        PTN_REACH("no");
    }
}

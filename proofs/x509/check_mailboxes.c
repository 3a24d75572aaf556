// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: check_mailboxes
// SOURCES: src/base/bytes.c
// REPLACE: ptn_dn_contents ptn_der_read check_part
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 9
// UNWIND: 14
// MUTANT: src/x509/constraints.c s/        PTN_TRY(check_part(c, part, out));/        PTN_TRY(check_part(c, (patina_span){part.ptr, part.len + 1}, out));/
#include "proof.h"

#include "x509/constraints.c"

void harness(void)
{
    size_t budget = any_size();
    struct check c = {.permitted = {any_span(), any_u32()},
                      .excluded = {any_span(), any_u32()},
                      .budget = &budget};
    struct general_name name;
    patina_err err = check_mailboxes(&c, any_span(), &name);
    if (err == PATINA_OK) {
        PTN_REACH("inside");
    } else {
        PTN_REACH("refused");
    }
}

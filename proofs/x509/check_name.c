// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: check_name
// REPLACE: spend is_other_mailbox ptn_constrained_name_is_valid check_excluded
// REPLACE: check_permitted
// OBJECT_BITS: 9
// UNWIND: 12
// COVERS: kind_bit
// MUTANT: src/x509/constraints.c s/    PTN_TRY(check_excluded(c, name));/    PTN_TRY(check_excluded(c, NULL));/
#include "proof.h"

#include "x509/constraints.c"

void harness(void)
{
    size_t budget = any_size();
    struct check c = {.permitted = {any_span(), any_u32()},
                      .excluded = {any_span(), any_u32()},
                      .budget = &budget};
    const struct general_name name = {any_u8(), any_span()};
    patina_err err = check_name(&c, &name);
    if (err == PATINA_OK) {
        PTN_REACH("inside");
    } else {
        PTN_REACH("refused");
    }
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: check_excluded
// SOURCES: src/base/bytes.c
// REPLACE: read_base spend ptn_constraint_judge
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 9
// UNWIND: 14
// MUTANT: src/x509/constraints.c s/PTN_REQUIRE(spend(c->budget, name->value.len), PATINA_ERR_CERT_BUDGET);/PTN_REQUIRE(spend(c->budget, name->value.len), PATINA_ERR_CERT_BUDGET); *c->budget += 2;/
#include "proof.h"

#include "x509/constraints.c"

void harness(void)
{
    size_t budget = any_size();
    struct check c = {.permitted = {any_span(), any_u32()},
                      .excluded = {any_span(), any_u32()},
                      .budget = &budget};
    const struct general_name name = {any_u8(), any_span()};
    patina_err err = check_excluded(&c, &name);
    if (err == PATINA_OK) {
        PTN_REACH("inside");
    } else {
        PTN_REACH("refused");
    }
}

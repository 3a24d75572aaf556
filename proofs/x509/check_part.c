// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: check_part
// SOURCES: src/base/bytes.c
// REPLACE: ptn_dn_read_attribute ptn_dn_is_email check_name
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 9
// UNWIND: 14
// MUTANT: src/x509/constraints.c s/.tag = PTN_NAME_OF_EMAIL, .value = a.value}/.tag = PTN_NAME_OF_EMAIL, .value = {a.value.ptr, a.value.len + 1}}/
#include "proof.h"

#include "x509/constraints.c"

void harness(void)
{
    size_t budget = any_size();
    struct check c = {.permitted = {any_span(), any_u32()},
                      .excluded = {any_span(), any_u32()},
                      .budget = &budget};
    struct general_name name;
    patina_err err = check_part(&c, any_span(), &name);
    if (err == PATINA_OK) {
        PTN_REACH("inside");
    } else {
        PTN_REACH("refused");
    }
}

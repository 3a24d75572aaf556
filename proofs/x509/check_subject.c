// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: check_subject
// REPLACE: ptn_dn_is_empty check_name check_mailboxes
// OBJECT_BITS: 9
// UNWIND: 12
// COVERS: kind_bit
// MUTANT: src/x509/constraints.c s/\*out = (struct general_name){.tag = PTN_NAME_OF_DIRECTORY, .value = subject};/*out = (struct general_name){.tag = PTN_NAME_OF_DIRECTORY, .value = {subject.ptr, subject.len + 1}};/
#include "proof.h"

#include "x509/constraints.c"

void harness(void)
{
    size_t budget = any_size();
    struct check c = {.permitted = {any_span(), any_u32()},
                      .excluded = {any_span(), any_u32()},
                      .budget = &budget};
    struct general_name name;
    patina_err err = check_subject(&c, any_span(), &name);
    if (err == PATINA_OK) {
        PTN_REACH("inside");
    } else {
        PTN_REACH("refused");
    }
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: check_san
// SOURCES: src/base/bytes.c
// REPLACE: ptn_der_read_any check_name
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 9
// UNWIND: 14
// MUTANT: src/x509/constraints.c s/PTN_REQUIRE(ptn_der_read_any(&r, &out->tag, &out->value), PATINA_ERR_CERT_ENCODING);/PTN_REQUIRE(ptn_der_read_any(\&r, \&out->tag, \&out->value), PATINA_ERR_CERT_ENCODING); out->value.len += 1;/
#include "proof.h"

#include "x509/constraints.c"

void harness(void)
{
    size_t budget = any_size();
    struct check c = {.permitted = {any_span(), any_u32()},
                      .excluded = {any_span(), any_u32()},
                      .budget = &budget};
    struct general_name name;
    patina_err err = check_san(&c, any_span(), &name);
    if (err == PATINA_OK) {
        PTN_REACH("inside");
    } else {
        PTN_REACH("refused");
    }
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_cert_match_name
// REPLACE: ptn_der_read_any ptn_span_at ptn_span_part matches
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 10
// COVERS: parent_of
// UNWIND: 13
// MUTANT: src/x509/name.c s/        (\*budget)--;/        (*budget) -= 2;/
#include "proof.h"

#include "x509/any.h"
#include "x509/name.c"

void harness(void)
{
    struct ptn_cert cert = any_cert();
    struct ptn_server_name name = {
        any_bool() ? PTN_NAME_DNS : PTN_NAME_URI, any_span(), {0}, any_size(), any_bool()};
    size_t budget = any_size();
    ASSUME(name.ip_len <= 16);
    patina_err err = ptn_cert_match_name(&cert, &name, &budget);
    if (err == PATINA_OK) {
        PTN_REACH("it is for the name");
    } else if (err == PATINA_ERR_CERT_BUDGET) {
        PTN_REACH("too many names");
    } else {
        PTN_REACH("it is not");
    }
}

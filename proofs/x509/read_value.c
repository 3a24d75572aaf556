// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: read_value
// SOURCES: src/base/bytes.c
// REPLACE: ptn_der_enter ptn_der_read ptn_der_is_next ptn_der_read_bool ptn_der_read_u32
// REPLACE: ptn_der_u32 ptn_der_read_bits ptn_read_vec16 ptn_span_at check_list
// SOLVER: cadical
// OBJECT_BITS: 10
// UNWIND: 20
// COVERS: read_list read_sequence read_basic_constraints read_key_usage mirrored
// COVERS: read_authority_key_id read_octets read_policy_constraints
// COVERS: read_inhibit_any_policy read_features read_scts
// MUTANT: src/x509/cert_ext.c s/if (bits.len == 2) {/if (bits.len != 1) {/
#include "proof.h"

#include "x509/any.h"
#include "x509/cert_ext.c"

void harness(void)
{
    struct ptn_cert_extensions extensions;
    patina_span kept;
    if (read_value(any_u32(), any_cert_bytes(), &kept, &extensions) == PATINA_OK) {
        PTN_REACH("accepted");
    } else {
        PTN_REACH("refused");
    }
}

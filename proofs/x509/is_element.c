// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: is_element
// SOURCES: src/base/bytes.c
// REPLACE: ptn_der_read_any ptn_der_read ptn_der_u32 ptn_span_equal
// SOLVER: cadical
// OBJECT_BITS: 9
// UNWIND: 10
// MUTANT: src/x509/cert_ext.c s/uint32_t feature = 0;/uint32_t feature;/;s/tag != PTN_DER_INTEGER || !ptn_der_u32(contents, .feature)/tag != PTN_DER_INTEGER || !ptn_der_u32(contents, (uint32_t *)\&out->has_ocsp_responder)/
#include "proof.h"

#include "x509/cert_ext.c"

void harness(void)
{
    struct ptn_cert_extensions extensions;
    if (is_element(any_u32(), any_u8(), any_span(), &extensions)) {
        PTN_REACH("one");
    } else {
        PTN_REACH("none");
    }
}

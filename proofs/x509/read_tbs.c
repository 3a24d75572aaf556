// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: read_tbs
// SOURCES: src/base/bytes.c
// REPLACE: ptn_der_enter ptn_der_read ptn_der_read_whole ptn_der_is_next ptn_der_read_u32
// REPLACE: ptn_der_read_integer ptn_der_read_time ptn_span_at ptn_span_equal ptn_spki_parse
// REPLACE: ptn_cert_parse_extensions ptn_dn_is_well_formed
// UNWIND: 16
// OBJECT_BITS: 10
// SOLVER: cadical
// COVERS: read_version read_serial read_name read_validity read_optional_fields are_bits
// MUTANT: src/x509/cert.c s/out->serial.len > 1 && ptn_span_at/out->serial.len < 99 \&\& ptn_span_at/;s/PTN_REQUIRE(ptn_der_read_integer(tbs, .out->serial), PATINA_ERR_CERT_ENCODING);/(void)ptn_der_read_integer(tbs, \&out->serial);/
#include "proof.h"

#include "x509/any.h"
#include "x509/cert.c"

void harness(void)
{
    struct ptn_cert cert = {.signature_alg = any_span()};
    bool is_anchor = any_bool();
    if (read_tbs(any_cert_bytes(), is_anchor, &cert) != PATINA_OK) {
        PTN_REACH("refused");
    } else if (cert.version == 1) {
        PTN_REACH("of version 1");
    } else {
        PTN_REACH("of version 3");
    }
}

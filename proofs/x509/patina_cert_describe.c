// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: patina_cert_describe
// SOURCES: src/base/bytes.c
// ENFORCE: no
// REPLACE: ptn_cert_parse_anchor ptn_text_over ptn_dn_text describe_key describe_signature
// REPLACE: describe_names
// OBJECT_BITS: 10
// UNWIND: 26
// MUTANT: src/x509/describe.c s/describe_names(cert.ext.san, &names);/describe_names((patina_span){cert.ext.san.ptr, cert.ext.san.len + 1}, \&names);/
#include "x509/any.h"

#include "x509/describe.c"

void harness(void)
{
    struct patina_cert_info info;
    switch ((int)patina_cert_describe(any_span(), any_bool() ? &info : NULL)) {
    case PATINA_OK:
        PTN_REACH("described");
        return;
    case PATINA_ERR_MISUSE:
        PTN_REACH("nowhere to put it");
        return;
    default:
        PTN_REACH("none that parses");
        return;
    }
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: patina_oid_text
// SOURCES: src/x509/inspect.c
// ENFORCE: no
// REPLACE: ptn_text_over ptn_text_mark_cut ptn_oid_text
// COVERS: text_in finish
// MUTANT: src/x509/inspect.c s/(patina_mspan){(uint8_t \*)buf, cap}/(patina_mspan){(uint8_t *)buf, cap + 1}/
#include "proof.h"

#include "patina/inspect.h"
#include "x509/dn.h"

void harness(void)
{
    patina_mspan room = any_mspan();
    size_t len = patina_oid_text(any_span(), (char *)room.ptr, room.len);
    if (len == 0) {
        PTN_REACH("nothing");
    } else {
        PTN_REACH("some text");
        CLAIM(len < room.len, "and room for the final zero");
    }
}

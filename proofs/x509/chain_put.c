// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: put
// REPLACE: ptn_write_span ptn_span_part
// OBJECT_BITS: 9
// MUTANT: src/x509/chain.c s/return ptn_span_part(ptn_span(room), at, from.len);/return ptn_span_part(from, at, from.len);/
#include "proof.h"

#include "x509/chain.c"

#include "x509/any_chain.h"

void harness(void)
{
    struct ptn_writer w = any_writer();
    patina_mspan room = any_bool() ? any_mspan() : (patina_mspan){w.base_, w.cap_};
    if (put(&w, room, any_span()).len != 0) {
        PTN_REACH("a copy");
    } else {
        PTN_REACH("an empty one");
    }
}

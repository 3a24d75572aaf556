// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_span_copy
// SOURCES: src/base/bytes.c
// MUTANT: src/base/bytes.c s/memmove(to.ptr, from.ptr, from.len);/memmove(to.ptr, from.ptr, from.len + 1);/
#include "proof.h"

void harness(void)
{
    patina_mspan to;
    patina_mspan from;
    any_overlap(&to, &from);
    ptn_span_copy(to, ptn_span(from));
    PTN_REACH("copied");
}

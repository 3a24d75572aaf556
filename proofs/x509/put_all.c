// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: put_all
// LOOP_CONTRACTS: yes
// REPLACE: put
// OBJECT_BITS: 9
// MUTANT: src/x509/chain.c s/PTN_ITEM(out, parts->count, i) =/PTN_ITEM(out, parts->count + 1, i + 1) =/
#include "proof.h"

#include "x509/chain.c"

#include "x509/any_chain.h"

void harness(void)
{
    struct ptn_chain_parts parts = any_parts();
    struct ptn_writer w = any_writer();
    put_all(&w, any_mspan(), &parts, uniform_spans(parts.count, PTN_MAX_CERTIFICATES));
    if (w.failed_) {
        PTN_REACH("no room");
    } else {
        PTN_REACH("copied");
    }
}

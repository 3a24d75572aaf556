// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: write_alpn
// REPLACE: ptn_open ptn_write_u16 ptn_write_vec8 ptn_close
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 9
// CBMC: --unwindset any_spans.0:33
// MUTANT: src/wire/client_hello_encode.c s/PTN_ITEM(names, count, i)/PTN_ITEM(names, count + 1, i + 1)/
#include "proof.h"

#include "wire/client_hello_encode.c"

void harness(void)
{
    struct ptn_writer w = any_writer();
    patina_span names[PTN_MAX_OFFERED];
    any_spans(names, PTN_MAX_OFFERED);
    write_alpn(&w, names, any_size());
    if (w.failed_) {
        PTN_REACH("does not fit");
    } else {
        PTN_REACH("written");
    }
}

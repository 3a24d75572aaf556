// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: feed_body
// SOURCES: src/base/bytes.c
// REPLACE: scan_on end_list
// OBJECT_BITS: 9
// SOLVER: cadical
// MUTANT: src/x509/crl_loader.c s/    size_t wanted = l->scan.whole.len - ptn_buf_len(&l->bytes);/    size_t wanted = l->scan.whole.len;/
#include "proof.h"

#include "x509/crl_loader.c"

#include "x509/any_loader.h"

void harness(void)
{
    struct patina_crl_loader l = any_loader();
    size_t done = any_size();
    if (feed_body(&l, any_span(), &done) != PATINA_OK) {
        PTN_REACH("refused");
    } else if (l.is_open) {
        PTN_REACH("a part of the list");
    } else {
        PTN_REACH("to its end");
    }
}

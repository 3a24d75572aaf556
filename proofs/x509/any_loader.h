// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// A loader of revocation lists in any state, for the proofs of src/x509/crl_loader.c, which they
// include; and the set behind it by stand-ins, which take a list or refuse it. None of them looks
// into the set.
#ifndef PTN_PROOF_LOADER_H
#define PTN_PROOF_LOADER_H

#include "x509/any_scan.h"
#include "x509/buffer.h"

static inline struct patina_crl_loader any_loader(void)
{
    struct patina_crl_loader l = {
        .head_len = any_size(),
        .is_open = any_bool(),
        .bytes = any_buf(),
        .scan = any_scan(),
        .err = (patina_err)any_int(),
    };
    l.bytes_left = l.scan.max_bytes;
    l.entries_left = l.scan.max_entries;
    ASSUME(LOADER(&l) && IMPLIES(l.err == PATINA_OK, IS_IN_STEP(&l)));
    return l;
}

patina_err ptn_crls_add(struct patina_crls *crls, const struct ptn_crl_scan *scan,
                        struct ptn_buf *bytes)
{
    (void)crls;
    CLAIM(READABLE(scan) && CRL_SCAN(*scan) && scan->stage == PTN_CRL_WHOLE, "a whole list");
    CLAIM(BUF(bytes), "in a buffer");
    if (any_bool()) {
        return any_bool() ? PATINA_ERR_NO_MEMORY : PATINA_ERR_CRL_TOO_LARGE;
    }
    *bytes = (struct ptn_buf){0};
    return PATINA_OK;
}

size_t patina_crls_count(const struct patina_crls *crls)
{
    (void)crls;
    size_t count = any_size();
    ASSUME(count <= PTN_MAX_CRLS);
    return count;
}

#endif

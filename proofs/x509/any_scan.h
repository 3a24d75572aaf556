// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The scan of a revocation list between two steps.
#ifndef PTN_PROOF_SCAN_H
#define PTN_PROOF_SCAN_H

#include "proof.h"
#include "x509/crl.h"

static inline struct ptn_crl_scan any_scan(void)
{
    struct ptn_crl_scan s;
    ASSUME(CRL_SCAN(s));
    return s;
}

#endif

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// What Windows says of a chain, as an error row of patina's. Pure: what asks Windows is
// windows_verifier.c.
#ifndef PTN_OS_WINDOWS_VERDICT_H
#define PTN_OS_WINDOWS_VERDICT_H

#include "patina/base.h"

struct ptn_windows_judgement {
    uint32_t policy; // dwError of CERT_CHAIN_POLICY_STATUS; 0: accepted
    uint32_t trust;  // dwErrorStatus of the chain's CERT_TRUST_STATUS
    bool is_early;   // some certificate's time has not come, none has gone
    bool is_alone;   // the chain is the leaf, which signed itself
};

// Returns OK or an error of class CERTIFICATE. What Windows has no row for here is
// CERT_SYSTEM_REFUSED; nothing but a policy that found no fault, over a chain without a grave one,
// is OK. Any thread; does not block.
patina_err ptn_windows_verdict(const struct ptn_windows_judgement *j);

#endif

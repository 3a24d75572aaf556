// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// What the proofs of the ClientHello's writers begin with: anything a caller may want written.
#ifndef PTN_PROOF_ANY_CLIENT_HELLO_H
#define PTN_PROOF_ANY_CLIENT_HELLO_H

#include "proof.h"
#include "wire/hello.h"

static inline void any_client_hello_out(struct ptn_client_hello_out *out,
                                        patina_span names[PTN_MAX_OFFERED])
{
    any_spans(names, PTN_MAX_OFFERED);
    *out = (struct ptn_client_hello_out){.random = any_span(),
                                         .session_id = any_span(),
                                         .server_name = any_span(),
                                         .alpn = names,
                                         .alpn_count = any_size(),
                                         .key_shares = any_span(),
                                         .has_key_shares = any_bool(),
                                         .cookie = any_span(),
                                         .wants_status = any_bool(),
                                         .wants_scts = any_bool(),
                                         .order_seed = any_u16()};
    out->suites = any_numbers(&out->suites_count);
    out->versions = any_numbers(&out->versions_count);
    out->groups = any_numbers(&out->groups_count);
    out->schemes = any_numbers(&out->schemes_count);
    out->cert_schemes = any_numbers(&out->cert_schemes_count);
}

#endif

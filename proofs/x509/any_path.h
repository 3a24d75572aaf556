// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// What is asked about a path, for the proofs of src/x509/path*.c.
#ifndef PTN_PROOF_PATH_H
#define PTN_PROOF_PATH_H

#include "x509/any.h"
#include "x509/path_int.h"

static inline struct ptn_server_name any_name(void)
{
    struct ptn_server_name name = {
        .text = any_span(), .is_spiffe = any_bool(), .ip_len = any_size()};
    name.kind = any_bool() ? PTN_NAME_DNS : any_bool() ? PTN_NAME_IP : PTN_NAME_URI;
    ASSUME(name.ip_len <= 16);
    return name;
}

// `name` may be NULL.
static inline struct ptn_path_request any_request(const struct ptn_server_name *name)
{
    return (struct ptn_path_request){
        .chain_count = any_size(),
        .name = name,
        .now_s = any_i64(),
        .purpose = any_bool() ? PATINA_PURPOSE_SERVER : PATINA_PURPOSE_CLIENT,
        .own_eku = any_span(),
        .max_intermediates = any_size(),
        .links = {.server_name = any_span()},
        .profile = any_bool() ? PATINA_PROFILE_PRIVATE : PATINA_PROFILE_WEB,
    };
}

#endif

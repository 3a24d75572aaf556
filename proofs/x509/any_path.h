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

// A certificate as the words for a failure look at it.
static inline struct ptn_cert any_words(void)
{
    return (struct ptn_cert){
        .signature_alg = any_span(),
        .issuer = any_span(),
        .subject = any_span(),
        .not_before_s = any_i64(),
        .not_after_s = any_i64(),
        .ext = {.san = any_span(), .authority_key_id = any_span(), .subject_key_id = any_span()},
    };
}

// The same with one arbitrary span at every place, for what hands it on and looks at none: objects
// are what such a proof costs.
static inline struct ptn_cert uniform_words(void)
{
    patina_span s = any_span();
    return (struct ptn_cert){
        .signature_alg = s,
        .issuer = s,
        .subject = s,
        .ext = {.san = s, .authority_key_id = s, .subject_key_id = s},
    };
}

// One about these certificates; each may be NULL.
static inline struct ptn_path_failure any_failure(const struct ptn_cert *cert,
                                                  const struct ptn_cert *other)
{
    return (struct ptn_path_failure){
        .err = (patina_err)any_int(),
        .index = any_i16(),
        .rule = "6.1",
        .rfc = any_u16(),
        .cert = cert,
        .other = other,
        .name_tag = any_u8(),
        .name = any_span(),
        .number = any_u32(),
        .status = any_status(),
    };
}

#endif

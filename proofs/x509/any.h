// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Arbitrary texts, certificates and names for the proofs of src/x509. Each span is an object of its
// own.
#ifndef PTN_PROOF_X509_H
#define PTN_PROOF_X509_H

#include "proof.h"
#include "x509/cert.h"
#include "x509/revocation.h"
#include "x509/text.h"

static inline struct ptn_text any_text(void)
{
    struct ptn_text t = {.room_ = any_mspan(), .len_ = any_size(), .cut_ = any_bool()};
    ASSUME(TEXT_STATE(t));
    return t;
}

static inline struct ptn_status any_status(void)
{
    return (struct ptn_status){.rule = "6.3.3",
                               .rfc = any_u16(),
                               .when_s = any_i64(),
                               .reason = any_u8(),
                               .by_staple = any_bool()};
}

static inline patina_span any_cert_bytes(void)
{
    patina_span s = any_span();
    ASSUME(CERT_BYTES(s));
    return s;
}

static inline struct ptn_cert_extensions any_extensions(void)
{
    return (struct ptn_cert_extensions){
        .present = any_u32(),
        .critical = any_u32(),
        .unknown_critical = any_span(),
        .is_ca = any_bool(),
        .has_path_len = any_bool(),
        .path_len = any_u32(),
        .key_usage = any_u32(),
        .eku = any_span(),
        .san = any_span(),
        .issuer_alt_name = any_span(),
        .name_constraints = any_span(),
        .authority_key_id = any_span(),
        .subject_key_id = any_span(),
        .has_authority_issuer = any_bool(),
        .has_authority_serial = any_bool(),
        .crl_points = any_span(),
        .freshest_crl = any_span(),
        .authority_info = any_span(),
        .has_ocsp_responder = any_bool(),
        .tls_feature = any_span(),
        .must_staple = any_bool(),
        .scts = any_span(),
        .policies = any_span(),
        .policy_mappings = any_span(),
        .has_require_explicit_policy = any_bool(),
        .has_inhibit_policy_mapping = any_bool(),
        .require_explicit_policy = any_u32(),
        .inhibit_policy_mapping = any_u32(),
        .inhibit_any_policy = any_u32(),
    };
}

static inline struct ptn_cert any_cert(void)
{
    return (struct ptn_cert){
        .der = any_span(),
        .tbs = any_span(),
        .serial = any_span(),
        .signature_alg = any_span(),
        .signature = any_span(),
        .issuer = any_span(),
        .subject = any_span(),
        .not_before_s = any_i64(),
        .not_after_s = any_i64(),
        .spki = {any_span(), any_span(), any_span()},
        .ext = any_extensions(),
    };
}

// The same with one arbitrary span at every place, for what hands a certificate on and looks at
// little of it: objects are what such a proof costs.
static inline struct ptn_cert uniform_cert(void)
{
    patina_span s = any_span();
    struct ptn_cert cert = {
        .der = s,
        .tbs = s,
        .serial = s,
        .signature_alg = s,
        .signature = s,
        .issuer = s,
        .subject = s,
        .not_before_s = any_i64(),
        .not_after_s = any_i64(),
        .spki = {s, s, s},
        .ext = {.present = any_u32(),
                .key_usage = any_u32(),
                .unknown_critical = s,
                .eku = s,
                .san = s,
                .issuer_alt_name = s,
                .name_constraints = s,
                .authority_key_id = s,
                .subject_key_id = s,
                .crl_points = s,
                .freshest_crl = s,
                .authority_info = s,
                .tls_feature = s,
                .scts = s,
                .policies = s,
                .policy_mappings = s},
    };
    return cert;
}

#endif

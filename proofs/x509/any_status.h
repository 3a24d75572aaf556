// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// What is asked about a certificate's status, for the proofs of src/x509/revocation.c and of what
// judges lists and answers; with a provider that insists on inputs it can read, gives digests of
// any length, and may fail.
#ifndef PTN_PROOF_STATUS_H
#define PTN_PROOF_STATUS_H

#include "x509/any.h"
#include "x509/crls.h"
#include "x509/ocsp.h"

#define CLAIM_SPAN(s, ...) CLAIM(SPAN(s), "a span of a certificate");

static inline patina_err any_digest(struct patina_digest *out)
{
    out->len = any_size();
    ASSUME(out->len <= PATINA_DIGEST_MAX);
    return any_bool() ? PATINA_OK : PATINA_ERR_PROVIDER;
}

static patina_err stub_once(const struct patina_hash *h, const patina_span *parts,
                            size_t parts_count, struct patina_digest *out)
{
    (void)h;
    CLAIM(parts_count == 1 && SPAN(parts[0]), "what is hashed can be read");
    return any_digest(out);
}

static patina_err stub_sha1(const struct patina_provider *p, patina_span bytes,
                            struct patina_digest *out)
{
    CLAIM(READABLE(p) && SPAN(bytes), "what is hashed can be read");
    return any_digest(out);
}

static const struct patina_hash stub_hash = {.once = stub_once};
static const struct patina_hmac stub_hmac = {.hash = &stub_hash};

static inline struct patina_provider any_provider(void)
{
    return (struct patina_provider){
        .struct_size = any_u32(),
        .hmac_sha256 = any_bool() ? &stub_hmac : NULL,
        .certid_sha1 = any_bool() ? stub_sha1 : NULL,
    };
}

static uint8_t some_crls; // what a set of lists points to where nothing looks at it

static inline struct ptn_revocation any_revocation(void)
{
    return (struct ptn_revocation){
        .crls = any_bool() ? (struct patina_crls *)&some_crls : NULL,
        .flags = any_u32(),
        .staple = any_span(),
    };
}

static inline struct ptn_status_query any_query(const struct patina_provider *provider,
                                                const struct ptn_revocation *revocation,
                                                const struct ptn_cert *cert,
                                                const struct ptn_cert *issuer)
{
    return (struct ptn_status_query){
        .provider = provider,
        .revocation = revocation,
        .cert = cert,
        .issuer = issuer,
        .now_s = any_i64(),
        .profile = any_bool() ? PATINA_PROFILE_PRIVATE : PATINA_PROFILE_WEB,
        .is_leaf = any_bool(),
        .demands_staple = any_bool(),
        .signatures_left = any_size(),
        .comparisons_left = any_size(),
    };
}

// An issuer as judging a status looks at it.
static inline struct ptn_cert any_issuer(void)
{
    return (struct ptn_cert){
        .subject = any_span(),
        .spki = {any_span(), any_span(), any_span()},
        .ext = {.present = any_u32(), .key_usage = any_u32()},
    };
}

static inline struct ptn_ocsp any_ocsp(void)
{
    return (struct ptn_ocsp){
        .tbs = any_span(),
        .signature_alg = any_span(),
        .signature = any_span(),
        .responder_name = any_span(),
        .responder_key = any_span(),
        .answers = any_span(),
        .certs = any_span(),
    };
}

static inline struct ptn_ocsp_answer any_answer(void)
{
    struct ptn_ocsp_answer a = {
        .hash_alg = any_span(),
        .name_hash = any_span(),
        .key_hash = any_span(),
        .serial = any_span(),
        .status = (enum ptn_cert_status)any_int(),
        .revoked_s = any_i64(),
        .reason = any_u8(),
        .this_update_s = any_i64(),
        .next_update_s = any_i64(),
    };
    ASSUME(DER_TIME(a.this_update_s) && NEAR_DER_TIME(a.next_update_s));
    return a;
}

// A list of a set: one arbitrary span at every place.
static inline struct ptn_listed_crl *any_list(void)
{
    patina_span s = any_span();
    struct ptn_listed_crl *list = malloc(sizeof(struct ptn_listed_crl)); // here: its type is seen
    ASSUME(list != NULL);
    *list = (struct ptn_listed_crl){
        .crl = {.version = any_u32(),
                .tbs = s,
                .signature_alg = s,
                .signature = s,
                .issuer = s,
                .this_update_s = any_i64(),
                .next_update_s = any_i64(),
                .entries = s,
                .number = s,
                .scope = {.whole = s,
                          .point = s,
                          .only_user = any_bool(),
                          .only_ca = any_bool(),
                          .only_attribute = any_bool(),
                          .reasons = any_u32() & PTN_ALL_REASONS}},
        .index = {.starts_count = any_u16(), .places_count = any_u16()},
    };
    list->index.starts = any_object(list->index.starts_count * sizeof(uint32_t));
    list->index.places = any_object(list->index.places_count * sizeof(uint32_t));
    ASSUME(DER_TIME(list->crl.this_update_s) && DER_TIME(list->crl.next_update_s));
    return list;
}

#endif

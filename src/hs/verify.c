// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Judging the peer: its chain by the config's verifier, its CertificateVerify by the leaf's key.
#include "hs/roles.h"
#include "x509/chain.h"
#include "x509/path.h"

static patina_err judge_built_in(struct ptn_hs *hs, struct ptn_handshake *h,
                                 const struct patina_verifier *v, int64_t now_s)
{
    struct ptn_server_name name;
    PTN_TRY(ptn_server_name_parse(hs->client->verify_name, &name));
    size_t count = patina_chain_count(hs->facts.peer_chain);
    patina_span *chain = ptn_arena_alloc(&h->arena, count * sizeof *chain); // count <=
                                                                            // PTN_MAX_CERTIFICATES
    PTN_REQUIRE(chain != NULL, PATINA_ERR_NO_MEMORY);
    for (size_t i = 0; i < count; i++) {
        PTN_ITEM(chain, count, i) = patina_chain_certificate(hs->facts.peer_chain, i);
    }
    const struct ptn_path_request request = {
        .chain = chain,
        .chain_count = count,
        .name = &name,
        .now_s = now_s,
        .links = {.cache = hs->client_config->links, .server_name = hs->client->verify_name},
        .revocation = {.staple = ptn_chain_staple(hs->facts.peer_chain)},
        .arena = &h->arena,
    };
    struct ptn_path_result result;
    patina_err err = ptn_verifier_judge(v, &request, &result);
    hs->client->links = result.links;
    if (err != PATINA_OK) {
        hs->detail.certificate = result.certificate;
        hs->detail.rfc = result.rfc;
        ptn_span_copy((patina_mspan){(uint8_t *)hs->detail.rule, sizeof hs->detail.rule},
                      (patina_span){(const uint8_t *)result.rule, sizeof result.rule});
        ptn_span_copy((patina_mspan){(uint8_t *)hs->detail.text, sizeof hs->detail.text},
                      (patina_span){(const uint8_t *)result.text, sizeof result.text});
    }
    return err;
}

patina_err ptn_verify_chain_start(struct ptn_hs *hs, struct ptn_handshake *h)
{
    struct patina_verifier *v = hs->client_config->verifier;
    int64_t now_s = 0;
    PTN_REQUIRE(hs->common->clock->now(hs->common->clock->user, &now_s) == PATINA_OK,
                PATINA_ERR_CLOCK);
    const struct patina_verifier *built_in = v->callback == NULL ? v : v->then;
    if (built_in != NULL) {
        PTN_TRY(judge_built_in(hs, h, built_in, now_s));
    }
    if (v->callback == NULL) {
        return PATINA_OK;
    }
    const struct ptn_op_input input = {
        .kind = PATINA_OP_VERIFY,
        .conn_user = hs->user,
        .waker = hs->waker,
        .chain = hs->facts.peer_chain,
        .verifier = v,
        .name = hs->client->verify_name,
        .now_s = now_s,
    };
    PTN_TRY(ptn_op_new(hs->alloc, &input, &hs->op));
    PTN_TRY(ptn_op_after_callback(hs->op, v->callback(v->user, hs->op), PATINA_ERR_REFUSED));
    return ptn_verify_chain_result(hs);
}

patina_err ptn_verify_chain_result(struct ptn_hs *hs)
{
    patina_err err = ptn_op_result(hs->op, &hs->detail.alert);
    ptn_op_abandon(hs->op);
    hs->op = NULL;
    return err;
}

patina_err ptn_verify_leaf(struct ptn_hs *hs, struct ptn_handshake *h)
{
    hs->detail.certificate = 0;
    PTN_TRY(ptn_cert_parse(patina_chain_certificate(hs->facts.peer_chain, 0), &h->leaf));
    // RFC 9846 §4.5.1.2: keyUsage, if present, allows digital signatures.
    PTN_REQUIRE(!ptn_cert_has(&h->leaf, PTN_CERT_EXT_KEY_USAGE) ||
                    (h->leaf.ext.key_usage & PTN_KEY_USAGE_DIGITAL_SIGNATURE) != 0,
                PATINA_ERR_CERT_LEAF_KEY_USAGE);
    hs->detail.certificate = -1;
    return PATINA_OK;
}

// True if some scheme that was offered could be made with the leaf's kind of key.
static bool leaf_key_is_known(const struct ptn_hs *hs, const struct ptn_handshake *h)
{
    const struct ptn_number_list *schemes = &hs->client_config->verify_schemes;
    bool known = false;
    for (size_t i = 0; i < schemes->count; i++) {
        const uint16_t scheme = PTN_AT(schemes->items, i);
        known = known || ptn_verify_alg_for_scheme(hs->common->provider, h->leaf.spki.algorithm,
                                                   scheme) != NULL;
    }
    return known;
}

patina_err ptn_verify_signature13(struct ptn_hs *hs, struct ptn_handshake *h,
                                  const struct ptn_certificate_verify *cv)
{
    // RFC 9846 §4.5.2: one of those offered, and never RSA PKCS#1.
    PTN_REQUIRE(ptn_number_list_has(&hs->client_config->verify_schemes, cv->scheme) &&
                    !ptn_scheme_is_rsa_pkcs1(cv->scheme),
                PATINA_ERR_UNOFFERED_SIGNATURE_SCHEME);
    const struct patina_provider *provider = hs->common->provider;
    const struct patina_verify_alg *alg =
        ptn_verify_alg_for_scheme(provider, h->leaf.spki.algorithm, cv->scheme);
    // Of a key that fits no scheme the certificate is to blame, and its size is judged when it is
    // loaded.
    hs->detail.certificate = 0;
    PTN_REQUIRE(leaf_key_is_known(hs, h), PATINA_ERR_CERT_UNSUPPORTED_KEY);
    PTN_REQUIRE(alg != NULL, PATINA_ERR_SCHEME_DOES_NOT_FIT_KEY);

    struct patina_digest transcript;
    PTN_TRY(ptn_transcript_peek(&h->transcript, &transcript));
    struct ptn_signed_content content;
    ptn_signed_content13(true, &transcript, &content);
    const patina_span signed_bytes = ptn_span_first(PTN_SPAN_OF(content.bytes), content.len);
    PTN_TRY(ptn_verify_with_spki(alg, &h->leaf.spki, &signed_bytes, 1, cv->signature));
    hs->detail.certificate = -1;
    hs->facts.scheme = cv->scheme;
    return PATINA_OK;
}

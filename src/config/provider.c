// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Reference counting of providers, and the check that their rows fit this core.
#include "config/config.h"

const struct patina_provider *patina_provider_ref(const struct patina_provider *p)
{
    if (p != NULL && p->ref != NULL) {
        p->ref(p);
    }
    return p;
}

void patina_provider_unref(const struct patina_provider *p)
{
    if (p != NULL && p->unref != NULL) {
        p->unref(p);
    }
}

static bool ctx_fits(uint32_t size)
{
    return size != 0 && size <= PATINA_CTX_MAX;
}

static bool suite_fits(const struct patina_suite *s)
{
    return s->aead != NULL && s->hmac != NULL && s->hmac->hash != NULL &&
           ctx_fits(s->aead->ctx_size) && ctx_fits(s->hmac->ctx_size) &&
           ctx_fits(s->hmac->hash->ctx_size) && s->hmac->hash->out_len >= 16 &&
           s->hmac->hash->out_len <= PATINA_DIGEST_MAX && s->aead->key_len <= 32 &&
           s->aead->nonce_len == sizeof(struct patina_nonce) && s->aead->tag_len == 16;
}

patina_err ptn_provider_check(const struct patina_provider *p)
{
    PTN_REQUIRE(p != NULL, PATINA_ERR_MISSING_PROVIDER);
    PTN_REQUIRE(p->abi == PATINA_PROVIDER_ABI && p->struct_size >= sizeof *p && p->random != NULL &&
                    p->load_key != NULL,
                PATINA_ERR_BAD_OPTION);
    for (size_t i = 0; i < p->suites_count; i++) {
        PTN_REQUIRE(suite_fits(PTN_ITEM(p->suites, p->suites_count, i)), PATINA_ERR_BAD_OPTION);
    }
    for (size_t i = 0; i < p->groups_count; i++) {
        const struct patina_group *g = PTN_ITEM(p->groups, p->groups_count, i);
        PTN_REQUIRE(ctx_fits(g->ctx_size) && g->secret_len <= PATINA_KX_SECRET_MAX,
                    PATINA_ERR_BAD_OPTION);
    }
    return PATINA_OK;
}

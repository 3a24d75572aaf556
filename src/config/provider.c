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

// ---- Rows: whole, callable, and of sizes the core has room for

static bool ctx_fits(uint32_t size)
{
    return size != 0 && size <= PATINA_CTX_MAX;
}

static bool hash_fits(const struct patina_hash *h)
{
    return h != NULL && h->struct_size >= sizeof *h && ctx_fits(h->ctx_size) && h->out_len >= 16 &&
           h->out_len <= PATINA_DIGEST_MAX && h->init != NULL && h->update != NULL &&
           h->fork != NULL && h->peek != NULL && h->once != NULL && h->clear != NULL;
}

static bool hmac_fits(const struct patina_hmac *m)
{
    return m != NULL && m->struct_size >= sizeof *m && ctx_fits(m->ctx_size) &&
           hash_fits(m->hash) && m->key != NULL && m->mac != NULL && m->clear != NULL;
}

static bool aead_fits(const struct patina_aead *a)
{
    return a != NULL && a->struct_size >= sizeof *a && ctx_fits(a->ctx_size) && a->key_len >= 16 &&
           a->key_len <= 32 && a->nonce_len == sizeof(struct patina_nonce) && a->tag_len == 16 &&
           a->init != NULL && a->seal != NULL && a->open != NULL && a->clear != NULL;
}

static bool suite_fits(const struct patina_suite *s)
{
    return s != NULL && s->struct_size >= sizeof *s && aead_fits(s->aead) && hmac_fits(s->hmac);
}

static bool group_fits(const struct patina_group *g)
{
    return g != NULL && g->struct_size >= sizeof *g && ctx_fits(g->ctx_size) && g->share_len != 0 &&
           g->reply_len != 0 && g->secret_len != 0 && g->secret_len <= PATINA_KX_SECRET_MAX &&
           g->start != NULL && g->respond != NULL && g->finish != NULL && g->clear != NULL;
}

static bool verify_alg_fits(const struct patina_verify_alg *a)
{
    return a != NULL && a->struct_size >= sizeof *a && a->key_alg_id.len != 0 &&
           a->sig_alg_id.len != 0 && (a->schemes != NULL || a->schemes_count == 0) &&
           a->load != NULL && a->verify != NULL && a->drop != NULL;
}

static bool is_list(const void *rows, size_t count)
{
    return rows != NULL || count == 0;
}

patina_err ptn_provider_check(const struct patina_provider *p)
{
    PTN_REQUIRE(p != NULL, PATINA_ERR_MISSING_PROVIDER);
    PTN_REQUIRE(p->abi == PATINA_PROVIDER_ABI && p->struct_size >= sizeof *p && p->random != NULL &&
                    p->load_key != NULL && is_list(p->suites, p->suites_count) &&
                    is_list(p->groups, p->groups_count) &&
                    is_list(p->verify_algs, p->verify_algs_count),
                PATINA_ERR_BAD_OPTION);
    for (size_t i = 0; i < p->suites_count; i++) {
        PTN_REQUIRE(suite_fits(PTN_ITEM(p->suites, p->suites_count, i)), PATINA_ERR_BAD_OPTION);
    }
    for (size_t i = 0; i < p->groups_count; i++) {
        PTN_REQUIRE(group_fits(PTN_ITEM(p->groups, p->groups_count, i)), PATINA_ERR_BAD_OPTION);
    }
    for (size_t i = 0; i < p->verify_algs_count; i++) {
        PTN_REQUIRE(verify_alg_fits(PTN_ITEM(p->verify_algs, p->verify_algs_count, i)),
                    PATINA_ERR_BAD_OPTION);
    }
    return PATINA_OK;
}

bool ptn_key_fits(const struct patina_key *key)
{
    const struct patina_key_vtable *v = key->vtable;
    return v != NULL && v->struct_size >= sizeof *v && v->schemes != NULL && v->sign != NULL &&
           v->spki != NULL && v->drop != NULL;
}

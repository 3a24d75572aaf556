// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Making configs: every option is checked here, once, so that nothing later can be half configured.
#include "config/config.h"

enum {
    MIN_FRAGMENT = 64, // smaller records cost more header than text
    KNOWN_FLAGS = PATINA_CONFIG_NO_SNI | PATINA_CONFIG_SERVER_ORDER |
                  PATINA_CONFIG_REFUSE_UNKNOWN_NAME | PATINA_CONFIG_NO_EXTENSION_SHUFFLE |
                  PATINA_CONFIG_NO_MIDDLEBOX_COMPAT | PATINA_CONFIG_NO_STATUS_REQUEST |
                  PATINA_CONFIG_WANT_SCTS | PATINA_CONFIG_NO_LINK_CACHE,
};

bool ptn_number_list_has(const struct ptn_number_list *list, uint16_t value)
{
    for (size_t i = 0; i < list->count; i++) {
        if (PTN_AT(list->items, i) == value) {
            return true;
        }
    }
    return false;
}

static patina_err list_add(struct ptn_number_list *list, uint16_t value)
{
    if (ptn_number_list_has(list, value)) {
        return PATINA_OK;
    }
    PTN_REQUIRE(list->count < PTN_MAX_OFFERED, PATINA_ERR_TOO_MANY_OPTIONS);
    PTN_AT(list->items, list->count) = value;
    list->count++;
    return PATINA_OK;
}

const struct patina_suite *ptn_provider_suite(const struct patina_provider *p, uint16_t id)
{
    for (size_t i = 0; i < p->suites_count; i++) {
        const struct patina_suite *s = PTN_ITEM(p->suites, p->suites_count, i);
        if (s->id == id) {
            return s;
        }
    }
    return NULL;
}

static bool has_row(const struct patina_provider *p, uint16_t group)
{
    for (size_t i = 0; i < p->groups_count; i++) {
        if (PTN_ITEM(p->groups, p->groups_count, i)->id == group) {
            return true;
        }
    }
    return false;
}

static bool has_group(const struct patina_provider *p, uint16_t group)
{
    uint16_t kem;
    uint16_t curve;
    if (ptn_group_halves(group, &kem, &curve)) {
        return has_row(p, kem) && has_row(p, curve);
    }
    return group != PTN_GROUP_MLKEM768 && group != PTN_GROUP_MLKEM1024 && has_row(p, group);
}

static bool has_scheme(const struct patina_provider *p, uint16_t scheme)
{
    for (size_t i = 0; i < p->verify_algs_count; i++) {
        const struct patina_verify_alg *a = PTN_ITEM(p->verify_algs, p->verify_algs_count, i);
        for (size_t k = 0; k < a->schemes_count; k++) {
            if (PTN_ITEM(a->schemes, a->schemes_count, k) == scheme) {
                return true;
            }
        }
    }
    return false;
}

static bool has_suite(const struct patina_provider *p, uint16_t id)
{
    return ptn_provider_suite(p, id) != NULL;
}

// Takes a list of the caller's, each entry of which the provider must have, or else those of
// `standard` it has.
static patina_err resolve(struct ptn_number_list *out, const struct patina_provider *p,
                          const uint16_t *asked, size_t asked_count,
                          const struct ptn_number_list *standard,
                          bool (*has)(const struct patina_provider *, uint16_t))
{
    PTN_REQUIRE(asked_count <= PTN_MAX_OFFERED, PATINA_ERR_TOO_MANY_OPTIONS);
    PTN_REQUIRE(asked_count == 0 || asked != NULL, PATINA_ERR_BAD_OPTION);
    for (size_t i = 0; i < asked_count; i++) {
        uint16_t value = PTN_ITEM(asked, asked_count, i);
        PTN_REQUIRE(has(p, value), PATINA_ERR_UNSUPPORTED_BY_PROVIDER);
        PTN_TRY(list_add(out, value));
    }
    for (size_t i = 0; asked_count == 0 && i < standard->count; i++) {
        if (has(p, PTN_AT(standard->items, i))) {
            PTN_TRY(list_add(out, PTN_AT(standard->items, i)));
        }
    }
    return out->count != 0 ? PATINA_OK : PATINA_ERR_NOTHING_IN_COMMON_WITH_PROVIDER;
}

// The hybrid first, then the classical groups in the order of speed and of what is deployed.
static const struct ptn_number_list standard_groups = {
    {PTN_GROUP_X25519MLKEM768, PTN_GROUP_X25519, PTN_GROUP_SECP256R1, PTN_GROUP_SECP384R1},
    4,
};

// RSA PKCS#1 is for certificates alone (RFC 9846 §4.3.3); it stands in both lists, because not
// every server knows signature_algorithms_cert.
static const struct ptn_number_list standard_schemes = {
    {PTN_ECDSA_SECP256R1_SHA256, PTN_ECDSA_SECP384R1_SHA384, PTN_ECDSA_SECP521R1_SHA512,
     PTN_ED25519, PTN_RSA_PSS_RSAE_SHA256, PTN_RSA_PSS_RSAE_SHA384, PTN_RSA_PSS_RSAE_SHA512,
     PTN_RSA_PKCS1_SHA256, PTN_RSA_PKCS1_SHA384, PTN_RSA_PKCS1_SHA512},
    10,
};

static patina_err provider_suites(const struct patina_provider *p, struct ptn_number_list *out)
{
    for (size_t i = 0; i < p->suites_count; i++) {
        const struct patina_suite *s = PTN_ITEM(p->suites, p->suites_count, i);
        if (s->version == PTN_VERSION_TLS13) {
            PTN_TRY(list_add(out, s->id));
        }
    }
    return PATINA_OK;
}

patina_err ptn_names_dup(const struct patina_allocator *alloc, const patina_span *names,
                         size_t count, patina_span **out, size_t *out_count)
{
    *out = NULL;
    *out_count = 0;
    if (count == 0) {
        return PATINA_OK;
    }
    PTN_REQUIRE(names != NULL, PATINA_ERR_BAD_OPTION);
    PTN_REQUIRE(count <= PTN_MAX_PROTOCOL_NAMES, PATINA_ERR_TOO_MANY_OPTIONS);
    for (size_t i = 0; i < count; i++) {
        size_t len = PTN_ITEM(names, count, i).len;
        PTN_REQUIRE(len >= 1 && len <= 255, PATINA_ERR_BAD_OPTION);
    }
    PTN_REQUIRE(ptn_spans_dup(alloc, names, count, out), PATINA_ERR_NO_MEMORY);
    *out_count = count;
    return PATINA_OK;
}

struct common_options {
    uint32_t flags, max_fragment, max_cert_list;
    const struct patina_provider *provider;
    const struct patina_clock *clock;
    const patina_span *alpn;
    size_t alpn_count;
    const uint16_t *suites, *groups;
    size_t suites_count, groups_count;
    const struct patina_dangerous_options *dangerous;
};

// The fields both roles' options have, by the same names.
#define COMMON_OPTIONS(o)                    \
    {                                        \
        .flags = (o)->flags,                 \
        .max_fragment = (o)->max_fragment,   \
        .max_cert_list = (o)->max_cert_list, \
        .provider = (o)->provider,           \
        .clock = (o)->clock,                 \
        .alpn = (o)->alpn,                   \
        .alpn_count = (o)->alpn_count,       \
        .suites = (o)->suites,               \
        .suites_count = (o)->suites_count,   \
        .groups = (o)->groups,               \
        .groups_count = (o)->groups_count,   \
        .dangerous = (o)->dangerous,         \
    }

// A config of `size` bytes, which begins with what both roles share.
static void *common_alloc(size_t size, const struct patina_allocator *given)
{
    const struct patina_allocator *alloc = ptn_allocator_or_heap(given);
    struct ptn_common_config *c = ptn_alloc(alloc, size);
    if (c != NULL) {
        ptn_ref_init(&c->ref);
        c->alloc = alloc;
    }
    return c;
}

static patina_err common_init(struct ptn_common_config *c, const struct common_options *o)
{
    PTN_TRY(ptn_provider_check(o->provider));
    c->provider = patina_provider_ref(o->provider);
    PTN_REQUIRE(o->clock != NULL && o->clock->now != NULL, PATINA_ERR_MISSING_CLOCK);
    c->clock = o->clock;
    PTN_REQUIRE((o->flags & ~(uint32_t)KNOWN_FLAGS) == 0, PATINA_ERR_BAD_OPTION);
    c->flags = o->flags;
    PTN_REQUIRE(o->max_fragment == 0 ||
                    (o->max_fragment >= MIN_FRAGMENT && o->max_fragment <= PTN_MAX_PLAINTEXT_BYTES),
                PATINA_ERR_BAD_OPTION);
    c->max_fragment = o->max_fragment != 0 ? o->max_fragment : PTN_MAX_PLAINTEXT_BYTES;
    PTN_REQUIRE(o->max_cert_list <= 0xffffff, PATINA_ERR_BAD_OPTION);
    c->max_cert_list = o->max_cert_list != 0 ? o->max_cert_list : PTN_MAX_CERTIFICATE_BYTES;
    struct ptn_number_list suites = {0};
    PTN_TRY(provider_suites(o->provider, &suites));
    PTN_TRY(resolve(&c->suites, o->provider, o->suites, o->suites_count, &suites, has_suite));
    PTN_TRY(
        resolve(&c->groups, o->provider, o->groups, o->groups_count, &standard_groups, has_group));
    PTN_TRY(ptn_names_dup(c->alloc, o->alpn, o->alpn_count, &c->alpn, &c->alpn_count));
    if (o->dangerous != NULL) {
        struct patina_dangerous_options d;
        PTN_REQUIRE(
            ptn_copy_options(&d, sizeof d, o->dangerous, o->dangerous->struct_size, sizeof d),
            PATINA_ERR_NEWER_OPTIONS);
        c->key_log = d.key_log;
        c->key_log_user = d.key_log_user;
    }
    return PATINA_OK;
}

static void common_clear(struct ptn_common_config *c)
{
    ptn_spans_free(c->alloc, c->alpn, c->alpn_count);
    patina_provider_unref(c->provider);
}

patina_err ptn_tell(struct patina_report *report, patina_err err)
{
    if (report != NULL) {
        *report = (struct patina_report){
            .err = err, .alert = PATINA_ALERT_NONE, .in_message = 255, .certificate = -1};
    }
    return err;
}

// ---- Client

// Without a list of the caller's: the first hybrid and the first classical group (RFC 9846 §4.3.8).
static patina_err choose_key_shares(struct patina_client_config *c,
                                    const struct patina_client_options *o)
{
    PTN_REQUIRE(o->key_shares_count <= PTN_MAX_OWN_SHARES, PATINA_ERR_TOO_MANY_OPTIONS);
    for (size_t i = 0; i < o->key_shares_count; i++) {
        uint16_t group = PTN_ITEM(o->key_shares, o->key_shares_count, i);
        PTN_REQUIRE(ptn_number_list_has(&c->common.groups, group), PATINA_ERR_BAD_OPTION);
        PTN_TRY(list_add(&c->key_shares, group));
    }
    bool hybrid = false;
    bool classical = false;
    for (size_t i = 0; o->key_shares == NULL && i < c->common.groups.count; i++) {
        uint16_t group = PTN_AT(c->common.groups.items, i);
        uint16_t kem;
        uint16_t curve;
        bool is_hybrid = ptn_group_halves(group, &kem, &curve);
        if (is_hybrid ? !hybrid : !classical) {
            PTN_TRY(list_add(&c->key_shares, group));
        }
        hybrid = hybrid || is_hybrid;
        classical = classical || !is_hybrid;
    }
    return PATINA_OK;
}

static patina_err client_init(struct patina_client_config *c, const struct patina_client_options *o)
{
    const struct common_options common = COMMON_OPTIONS(o);
    PTN_TRY(common_init(&c->common, &common));
    PTN_REQUIRE(o->verifier != NULL, PATINA_ERR_MISSING_VERIFIER);
    PTN_REQUIRE(ptn_verifier_is_for_servers(o->verifier), PATINA_ERR_BAD_OPTION);
    c->verifier = patina_verifier_ref(o->verifier);
    c->group_memory = o->group_memory;
    PTN_TRY(choose_key_shares(c, o));
    PTN_TRY(resolve(&c->verify_schemes, o->provider, o->verify_schemes, o->verify_schemes_count,
                    &standard_schemes, has_scheme));
    PTN_TRY(resolve(&c->cert_schemes, o->provider, NULL, 0, &standard_schemes, has_scheme));
    if ((o->flags & PATINA_CONFIG_NO_LINK_CACHE) == 0 && o->provider->hmac_sha256 != NULL &&
        ptn_verifier_builds_paths(c->verifier)) {
        PTN_TRY(ptn_link_cache_new(c->common.alloc, o->provider, &c->links));
    }
    return PATINA_OK;
}

static patina_err client_new(const struct patina_client_options *options,
                             struct patina_client_config **out)
{
    PTN_REQUIRE(out != NULL, PATINA_ERR_MISUSE);
    *out = NULL;
    PTN_REQUIRE(options != NULL, PATINA_ERR_MISUSE);
    struct patina_client_options o;
    PTN_REQUIRE(ptn_copy_options(&o, sizeof o, options, options->struct_size, sizeof o),
                PATINA_ERR_NEWER_OPTIONS);
    struct patina_client_config *c = common_alloc(sizeof *c, o.alloc);
    PTN_REQUIRE(c != NULL, PATINA_ERR_NO_MEMORY);
    patina_err err = client_init(c, &o);
    if (err != PATINA_OK) {
        patina_client_config_unref(c);
        return err;
    }
    *out = c;
    return PATINA_OK;
}

patina_err patina_client_config_new(const struct patina_client_options *options,
                                    struct patina_client_config **out, struct patina_report *report)
{
    return ptn_tell(report, client_new(options, out));
}

struct patina_client_config *patina_client_config_ref(struct patina_client_config *cfg)
{
    if (cfg != NULL) {
        ptn_ref_add(&cfg->common.ref);
    }
    return cfg;
}

void patina_client_config_unref(struct patina_client_config *cfg)
{
    if (cfg == NULL || !ptn_ref_drop(&cfg->common.ref)) {
        return;
    }
    patina_verifier_unref(cfg->verifier);
    ptn_link_cache_free(cfg->links);
    common_clear(&cfg->common);
    ptn_free(cfg->common.alloc, cfg, sizeof *cfg);
}

// ---- Server

static patina_err server_init(struct patina_server_config *c, const struct patina_server_options *o)
{
    const struct common_options common = COMMON_OPTIONS(o);
    PTN_TRY(common_init(&c->common, &common));
    PTN_REQUIRE(o->credentials_count != 0 || o->choose_credential != NULL ||
                    o->choose_config != NULL,
                PATINA_ERR_MISSING_CREDENTIAL);
    c->choose_config = o->choose_config;
    c->choose_credential = o->choose_credential;
    c->resolver_user = o->resolver_user;
    if (o->credentials_count != 0) {
        c->credentials = ptn_alloc_array(c->common.alloc, o->credentials_count,
                                         sizeof(struct patina_credential *));
        PTN_REQUIRE(c->credentials != NULL, PATINA_ERR_NO_MEMORY);
        c->credentials_count = o->credentials_count;
    }
    for (size_t i = 0; i < o->credentials_count; i++) {
        struct patina_credential *credential = PTN_ITEM(o->credentials, o->credentials_count, i);
        PTN_REQUIRE(credential != NULL, PATINA_ERR_BAD_OPTION);
        PTN_ITEM(c->credentials, c->credentials_count, i) = patina_credential_ref(credential);
    }
    return PATINA_OK;
}

static patina_err server_new(const struct patina_server_options *options,
                             struct patina_server_config **out)
{
    PTN_REQUIRE(out != NULL, PATINA_ERR_MISUSE);
    *out = NULL;
    PTN_REQUIRE(options != NULL, PATINA_ERR_MISUSE);
    struct patina_server_options o;
    PTN_REQUIRE(ptn_copy_options(&o, sizeof o, options, options->struct_size, sizeof o),
                PATINA_ERR_NEWER_OPTIONS);
    struct patina_server_config *c = common_alloc(sizeof *c, o.alloc);
    PTN_REQUIRE(c != NULL, PATINA_ERR_NO_MEMORY);
    patina_err err = server_init(c, &o);
    if (err != PATINA_OK) {
        patina_server_config_unref(c);
        return err;
    }
    *out = c;
    return PATINA_OK;
}

patina_err patina_server_config_new(const struct patina_server_options *options,
                                    struct patina_server_config **out, struct patina_report *report)
{
    return ptn_tell(report, server_new(options, out));
}

struct patina_server_config *patina_server_config_ref(struct patina_server_config *cfg)
{
    if (cfg != NULL) {
        ptn_ref_add(&cfg->common.ref);
    }
    return cfg;
}

void patina_server_config_unref(struct patina_server_config *cfg)
{
    if (cfg == NULL || !ptn_ref_drop(&cfg->common.ref)) {
        return;
    }
    for (size_t i = 0; i < cfg->credentials_count; i++) {
        patina_credential_unref(PTN_ITEM(cfg->credentials, cfg->credentials_count, i));
    }
    ptn_free(cfg->common.alloc, cfg->credentials,
             cfg->credentials_count * sizeof(struct patina_credential *));
    common_clear(&cfg->common);
    ptn_free(cfg->common.alloc, cfg, sizeof *cfg);
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Provider, credentials, verifier and configs out of flags, and the callbacks behind them. With
// -async every decision is kept and completed later by the loop of link.c.
#include "shim.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef PATINA_HAS_AWSLC
#include "patina/provider_awslc.h"
#endif
#ifdef PATINA_HAS_OPENSSL
#include "patina/provider_openssl.h"
#endif

static int fail(const char *what, patina_err e)
{
    fprintf(stderr, "%s: %s (%s)\n", what, patina_err_name(e), patina_err_text(e));
    return SHIM_FAILED;
}

static patina_span text_span(const char *s)
{
    return (patina_span){(const uint8_t *)s, strlen(s)};
}

// ---- Files.

static bool read_file(const char *path, patina_span *out)
{
    *out = (patina_span){NULL, 0};
    FILE *f = fopen(path, "rb");
    if (f == NULL) {
        return false;
    }
    enum { LIMIT = 1 << 20 };
    uint8_t *bytes = malloc(LIMIT);
    size_t len = bytes == NULL ? 0 : fread(bytes, 1, LIMIT, f);
    bool ok = bytes != NULL && ferror(f) == 0 && len < LIMIT;
    fclose(f);
    if (!ok) {
        free(bytes);
        return false;
    }
    *out = (patina_span){bytes, len};
    return true;
}

static void free_file(patina_span *bytes)
{
    union {
        const uint8_t *in;
        uint8_t *out;
    } p = {bytes->ptr};
    free(p.out);
    *bytes = (patina_span){NULL, 0};
}

static int base64_value(int c)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *at = c == 0 ? NULL : strchr(digits, c);
    return at == NULL ? -1 : (int)(at - digits);
}

patina_span shim_base64(const char *text, uint8_t *out, size_t cap)
{
    uint32_t bits = 0;
    unsigned held = 0;
    size_t len = 0;
    for (; text != NULL && *text != 0 && *text != '=' && len < cap; text++) {
        bits = (bits << 6) | (uint32_t)base64_value(*text);
        held += 6;
        if (held >= 8) {
            held -= 8;
            out[len++] = (uint8_t)(bits >> held);
        }
    }
    return (patina_span){len == 0 ? NULL : out, len};
}

// The first block of a PEM file, as DER.
static bool pem_to_der(patina_span pem, uint8_t *out, size_t cap, size_t *out_len)
{
    const char *text = (const char *)pem.ptr;
    size_t at = 0;
    while (at + 5 < pem.len && memcmp(text + at, "KEY--", 5) != 0) {
        at++;
    }
    at += 8;
    uint32_t bits = 0;
    unsigned held = 0;
    *out_len = 0;
    for (; at < pem.len && text[at] != '-'; at++) {
        int v = base64_value(text[at]);
        if (v < 0) {
            continue; // line ends and padding
        }
        bits = (bits << 6) | (uint32_t)v;
        held += 6;
        if (held >= 8) {
            held -= 8;
            if (*out_len == cap) {
                return false;
            }
            out[(*out_len)++] = (uint8_t)(bits >> held);
        }
    }
    return *out_len > 0;
}

// ---- A key around the provider's: it notes who signed, and signs later when asked to.

struct noted_key {
    struct patina_key base;
    struct patina_key *inner;
    struct shim_state *state;
    int index;
};

static const uint16_t *noted_schemes(const struct patina_key *key, size_t *out_count)
{
    const struct noted_key *k = (const struct noted_key *)(const void *)key;
    return k->inner->vtable->schemes(k->inner, out_count);
}

static void sign_later(struct shim_state *s, struct patina_op *op)
{
    // A failure leaves the operation open; the runner then sees the idle connection.
    if (s->kept_key->vtable->sign(s->kept_key, op) != PATINA_OK) {
        (void)patina_op_refuse(op, PATINA_ALERT_INTERNAL_ERROR);
    }
}

static patina_err noted_sign(struct patina_key *key, struct patina_op *op)
{
    struct noted_key *k = (struct noted_key *)(void *)key;
    k->state->selected = k->index;
    if (!k->state->flags->async) {
        return k->inner->vtable->sign(k->inner, op);
    }
    k->state->kept = patina_op_keep(op);
    k->state->kept_key = k->inner;
    k->state->complete = sign_later;
    return k->state->kept == NULL ? PATINA_ERR_NO_MEMORY : PATINA_PENDING;
}

static patina_err noted_spki(const struct patina_key *key, patina_span *out)
{
    const struct noted_key *k = (const struct noted_key *)(const void *)key;
    return k->inner->vtable->spki(k->inner, out);
}

static void noted_drop(struct patina_key *key)
{
    struct noted_key *k = (struct noted_key *)(void *)key;
    k->inner->vtable->drop(k->inner);
    free(k);
}

static const struct patina_key_vtable noted_vtable = {
    sizeof(struct patina_key_vtable), 0, noted_schemes, noted_sign, noted_spki, noted_drop,
};

static struct patina_key *load_noted_key(struct shim_state *s, const struct patina_provider *p,
                                         const char *path, int index)
{
    patina_span pem;
    uint8_t der[16384];
    size_t der_len = 0;
    if (!read_file(path, &pem)) {
        return NULL;
    }
    bool ok = pem_to_der(pem, der, sizeof der, &der_len);
    free_file(&pem);
    struct noted_key *k = ok ? calloc(1, sizeof *k) : NULL;
    if (k == NULL) {
        return NULL;
    }
    k->base.vtable = &noted_vtable;
    k->state = s;
    k->index = index;
    patina_err e = p->load_key(p, (patina_span){der, der_len}, &k->inner);
    patina_wipe(der, sizeof der);
    if (e != PATINA_OK) {
        shim_print_error(s, e, NULL);
        free(k);
        return NULL;
    }
    return &k->base;
}

static int make_credential(struct shim_state *s, const struct patina_provider *p, int index,
                           const struct shim_credential_flags *flags,
                           struct patina_credential **out)
{
    struct patina_credential_options o = PATINA_CREDENTIAL_OPTIONS_INIT;
    struct patina_report report;
    if (flags->cert_file == NULL || flags->key_file == NULL) {
        fprintf(stderr, "a credential needs a certificate and a key\n");
        return SHIM_UNIMPLEMENTED;
    }
    uint8_t ocsp[SHIM_STATUS_MAX];
    uint8_t scts[SHIM_STATUS_MAX];
    o.provider = p;
    o.ocsp_response = shim_base64(flags->ocsp_response, ocsp, sizeof ocsp);
    o.sct_list = shim_base64(flags->sct_list, scts, sizeof scts);
    o.key = load_noted_key(s, p, flags->key_file, index);
    if (o.key == NULL || !read_file(flags->cert_file, &o.chain_pem)) {
        fprintf(stderr, "cannot read %s or %s\n", flags->cert_file, flags->key_file);
        return SHIM_FAILED;
    }
    if (flags->schemes.given) {
        o.schemes = flags->schemes.items;
        o.schemes_count = flags->schemes.count;
    }
    patina_err e = patina_credential_new(&o, out, &report);
    free_file(&o.chain_pem);
    if (e != PATINA_OK) {
        o.key->vtable->drop(o.key);
        shim_print_error(s, e, NULL);
        return fail(report.text[0] != 0 ? report.text : "credential", e);
    }
    return SHIM_OK;
}

// ---- Decisions.

static patina_err refuse(struct shim_state *s, struct patina_op *op, uint8_t alert)
{
    s->refused_kind = patina_op_kind(op);
    return patina_op_refuse(op, alert);
}

static void decide_verify(struct shim_state *s, struct patina_op *op)
{
    if (patina_verify_op_certificate(op, 0).len == 0) {
        s->complaint = "no certificate to verify";
    }
    if (s->flags->expect_ocsp_response != NULL && patina_verify_op_staple(op).len == 0) {
        s->complaint = "no OCSP response at the verification";
    }
    if (s->flags->use_ocsp_callback && s->flags->fail_ocsp_callback) {
        s->refused_by_ocsp = true;
        (void)refuse(s, op, PATINA_ALERT_BAD_CERTIFICATE_STATUS_RESPONSE);
    } else if (s->flags->verify_fail) {
        // The alerts BoringSSL's two kinds of callback choose.
        (void)refuse(s, op,
                     s->flags->use_custom_verify_callback ? PATINA_ALERT_CERTIFICATE_UNKNOWN
                                                          : PATINA_ALERT_HANDSHAKE_FAILURE);
    } else {
        (void)patina_verify_op_accept(op);
    }
}

static void decide_config(struct shim_state *s, struct patina_op *op)
{
    if (s->flags->fail_early_callback) {
        (void)refuse(s, op, PATINA_ALERT_HANDSHAKE_FAILURE);
    } else if (s->own_error != PATINA_OK) {
        (void)patina_op_refuse(op, PATINA_ALERT_INTERNAL_ERROR);
    } else {
        (void)patina_config_op_complete(op, NULL);
    }
}

static void decide_credential(struct shim_state *s, struct patina_op *op)
{
    if (s->flags->fail_cert_callback) {
        (void)refuse(s, op, PATINA_ALERT_INTERNAL_ERROR);
    } else if (s->flags->use_ocsp_callback && s->flags->fail_ocsp_callback) {
        s->refused_by_ocsp = true;
        (void)refuse(s, op, PATINA_ALERT_INTERNAL_ERROR);
    } else {
        (void)patina_credential_op_complete(op, s->ocsp_answer);
    }
}

static patina_err now_or_later(struct shim_state *s, struct patina_op *op,
                               void (*decide)(struct shim_state *, struct patina_op *))
{
    if (!s->flags->async) {
        decide(s, op);
        return PATINA_OK;
    }
    s->complete = decide;
    s->kept = patina_op_keep(op);
    return s->kept == NULL ? PATINA_ERR_NO_MEMORY : PATINA_PENDING;
}

static patina_err on_verify(void *user, struct patina_op *op)
{
    return now_or_later(user, op, decide_verify);
}

static patina_err on_config(void *user, struct patina_op *op)
{
    struct shim_state *s = user;
    s->early_callback_called = true;
    (void)shim_expect_hello(s, op);
    return now_or_later(s, op, decide_config);
}

static patina_err on_credential(void *user, struct patina_op *op)
{
    (void)shim_expect_hello(user, op);
    return now_or_later(user, op, decide_credential);
}

// ---- Configs.

static patina_err fixed_now(void *user, int64_t *out_unix_s)
{
    (void)user; // Chains are not judged by their dates here.
    *out_unix_s = 1700000000;
    return PATINA_OK;
}

static const struct patina_clock fixed_clock = {sizeof(struct patina_clock), 0, NULL, fixed_now};

// Splits names with a length byte each; false when the text is malformed.
static bool split_protocols(const char *wire, patina_span *out, size_t *out_count)
{
    size_t left = wire == NULL ? 0 : strlen(wire);
    *out_count = 0;
    while (left > 0) {
        size_t len = (unsigned char)wire[0];
        if (len >= left || *out_count == SHIM_LIST_MAX) {
            return false;
        }
        out[(*out_count)++] = (patina_span){(const uint8_t *)wire + 1, len};
        wire += 1 + len;
        left -= 1 + len;
    }
    return true;
}

// What the absence of -verify-prefs means to the runner: BoringSSL's own default, which leaves out
// ECDSA with P-521 and Ed25519. Its tests then see that a scheme not offered is refused.
static const struct shim_list default_verify_schemes = {
    {0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601},
    8,
    true,
};

static int make_client(struct shim_state *s, struct shim_setup *setup)
{
    const struct shim_flags *f = s->flags;
    struct patina_report report;
    struct patina_verifier_callback_options v = PATINA_VERIFIER_CALLBACK_OPTIONS_INIT;
    v.provider = setup->provider;
    v.verify = on_verify;
    v.user = s;
    struct patina_verifier *verifier = NULL;
    patina_err e = patina_verifier_callback_new(&v, &verifier);
    if (e != PATINA_OK) {
        return fail("verifier", e);
    }
    patina_span protocols[SHIM_LIST_MAX];
    struct patina_client_options o = PATINA_CLIENT_OPTIONS_INIT;
    o.provider = setup->provider;
    o.verifier = verifier;
    o.clock = &fixed_clock;
    o.flags = f->host_name == NULL ? PATINA_CONFIG_NO_SNI : 0;
    o.flags |= f->enable_ocsp_stapling ? 0 : PATINA_CONFIG_NO_STATUS_REQUEST;
    o.flags |= f->enable_scts ? PATINA_CONFIG_WANT_SCTS : 0;
    if (!split_protocols(f->advertise_alpn, protocols, &o.alpn_count)) {
        patina_verifier_unref(verifier);
        return SHIM_UNIMPLEMENTED;
    }
    o.alpn = protocols;
    o.groups = f->groups.given ? f->groups.items : NULL;
    o.groups_count = f->groups.count;
    o.key_shares = f->key_shares.given ? f->key_shares.items : NULL;
    o.key_shares_count = f->key_shares.count;
    const struct shim_list *schemes =
        f->verify_schemes.given ? &f->verify_schemes : &default_verify_schemes;
    o.verify_schemes = schemes->items;
    o.verify_schemes_count = schemes->count;
    o.max_fragment = (uint32_t)f->max_fragment;
    o.max_cert_list = (uint32_t)f->max_cert_list;
    e = patina_client_config_new(&o, &setup->client, &report);
    patina_verifier_unref(verifier);
    return e == PATINA_OK ? SHIM_OK : fail(report.text[0] != 0 ? report.text : "client config", e);
}

// BoringSSL tries the credentials in the order of their flags and the default one last.
static int make_credentials(struct shim_state *s, const struct patina_provider *p,
                            struct patina_credential **list, size_t *out_count)
{
    const struct shim_flags *f = s->flags;
    int status = SHIM_OK;
    *out_count = 0;
    for (size_t i = 1; status == SHIM_OK && i <= f->credentials_count; i++) {
        size_t at = i < f->credentials_count ? i : 0;
        if (at == 0 && f->credentials[0].cert_file == NULL) {
            continue;
        }
        status = make_credential(s, p, (int)at - 1, &f->credentials[at], &list[*out_count]);
        *out_count += status == SHIM_OK ? 1 : 0;
    }
    return status;
}

// What BoringSSL's OCSP callback does, by a choice of credentials: the one of the flags staples;
// set in the callback, or declined there, the callback answers the right one.
static int make_ocsp_answer(struct shim_state *s, struct patina_credential **list, size_t count)
{
    const struct shim_flags *f = s->flags;
    if (!f->use_ocsp_callback || count != 1 ||
        !(f->set_ocsp_in_callback || f->decline_ocsp_callback)) {
        return SHIM_OK;
    }
    struct patina_credential *plain = NULL;
    const patina_span none = {NULL, 0};
    patina_err e = patina_credential_with_status(list[0], none, none, &plain);
    if (e != PATINA_OK) {
        return fail("credential", e);
    }
    s->ocsp_answer = f->decline_ocsp_callback ? plain : list[0];
    list[0] = f->decline_ocsp_callback ? list[0] : plain;
    return SHIM_OK;
}

static void choose_protocols(const struct shim_flags *f, patina_span *list, size_t *out_count)
{
    *out_count = 0;
    if (f->select_alpn != NULL) {
        list[(*out_count)++] = text_span(f->select_alpn);
    } else if (f->reject_alpn) {
        list[(*out_count)++] = text_span("none of yours");
    }
}

// An application that answers with an empty protocol name finds that no such config can be made,
// and refuses the handshake with internal_error.
static void try_empty_protocol(struct shim_state *s, const struct patina_server_options *made)
{
    static const uint8_t nothing[1];
    patina_span empty = {nothing, 0};
    struct patina_server_options o = *made;
    struct patina_server_config *cfg = NULL;
    o.alpn = &empty;
    o.alpn_count = 1;
    s->own_error = patina_server_config_new(&o, &cfg, NULL);
    patina_server_config_unref(cfg);
}

static int make_server(struct shim_state *s, struct shim_setup *setup)
{
    const struct shim_flags *f = s->flags;
    struct patina_report report;
    struct patina_credential *credentials[SHIM_CREDENTIALS_MAX] = {NULL};
    size_t count = 0;
    int status = make_credentials(s, setup->provider, credentials, &count);
    if (status == SHIM_OK) {
        status = make_ocsp_answer(s, credentials, count);
    }
    if (status == SHIM_OK) {
        patina_span protocols[SHIM_LIST_MAX];
        struct patina_server_options o = PATINA_SERVER_OPTIONS_INIT;
        o.provider = setup->provider;
        o.clock = &fixed_clock;
        o.flags = f->server_preference ? PATINA_CONFIG_SERVER_ORDER : 0;
        o.credentials = credentials;
        o.credentials_count = count;
        o.choose_config = on_config;
        o.choose_credential =
            f->async || f->fail_cert_callback || f->use_ocsp_callback ? on_credential : NULL;
        o.resolver_user = s;
        choose_protocols(f, protocols, &o.alpn_count);
        o.alpn = protocols;
        o.groups = f->groups.given ? f->groups.items : NULL;
        o.groups_count = f->groups.count;
        o.max_fragment = (uint32_t)f->max_fragment;
        o.max_cert_list = (uint32_t)f->max_cert_list;
        patina_err e = patina_server_config_new(&o, &setup->server, &report);
        if (e != PATINA_OK) {
            status = fail(report.text[0] != 0 ? report.text : "server config", e);
        } else if (f->select_empty_alpn) {
            try_empty_protocol(s, &o);
        }
    }
    for (size_t i = 0; i < count; i++) {
        patina_credential_unref(credentials[i]);
    }
    return status;
}

static bool provider_has_group(const struct patina_provider *p, uint16_t id)
{
    for (size_t i = 0; i < p->groups_count; i++) {
        if (p->groups[i]->id == id) {
            return true;
        }
    }
    return false;
}

// Hybrids are made by the core out of ML-KEM-768 (0x0201) and the curve.
static bool can_make_group(const struct patina_provider *p, uint16_t id)
{
    return provider_has_group(p, id == 0x11ec ? 0x0201 : id);
}

static int check_provider(const struct shim_flags *f, const struct patina_provider *p)
{
    for (size_t i = 0; i < f->groups.count; i++) {
        if (!can_make_group(p, f->groups.items[i])) {
            fprintf(stderr, "unimplemented: a group this provider lacks\n");
            return SHIM_UNIMPLEMENTED;
        }
    }
    return SHIM_OK;
}

static const struct patina_provider *open_provider(const char *name)
{
    const struct patina_provider *p = NULL;
#ifdef PATINA_HAS_AWSLC
    if (name == NULL || strcmp(name, "awslc") == 0) {
        return patina_awslc();
    }
#endif
#ifdef PATINA_HAS_OPENSSL
    if ((name == NULL || strcmp(name, "openssl") == 0) &&
        patina_openssl_new(NULL, &p) != PATINA_OK) {
        return NULL;
    }
#endif
    return p;
}

int shim_setup_can(const struct shim_flags *f)
{
    const struct patina_provider *p = open_provider(f->provider);
    bool can = p != NULL && can_make_group(p, (uint16_t)f->can_group);
    patina_provider_unref(p);
    return can ? SHIM_OK : SHIM_UNIMPLEMENTED;
}

int shim_setup_make(struct shim_state *s, struct shim_setup *out)
{
    memset(out, 0, sizeof *out);
    out->provider = open_provider(s->flags->provider);
    if (out->provider == NULL) {
        fprintf(stderr, "no such provider\n");
        return SHIM_FAILED;
    }
    int status = check_provider(s->flags, out->provider);
    if (status == SHIM_OK) {
        status = s->flags->server ? make_server(s, out) : make_client(s, out);
    }
    return status;
}

void shim_setup_free(struct shim_setup *setup)
{
    patina_client_config_unref(setup->client);
    patina_server_config_unref(setup->server);
    patina_provider_unref(setup->provider);
}

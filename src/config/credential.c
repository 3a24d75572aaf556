// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Making credentials from PEM or DER, and asking them what they can sign.
#include "config/credential.h"

#include "config/config.h"
#include "wire/codepoints.h"
#include "x509/chain.h"
#include "x509/pem.h"

enum { MAX_OWN_CERTIFICATES = 16 }; // a chain we send; browsers' longest is four

static bool label_is(const struct ptn_pem_block *block, const char *label)
{
    return ptn_span_equal(block->label, ptn_span_of_string(label));
}

static bool label_is_key(const struct ptn_pem_block *block)
{
    return label_is(block, "PRIVATE KEY") || label_is(block, "EC PRIVATE KEY") ||
           label_is(block, "RSA PRIVATE KEY");
}

// Reads the chain of a PEM text into DER copies in `arena`.
static patina_err chain_from_pem(patina_span pem, struct ptn_arena *arena, struct ptn_buf *der,
                                 patina_span *certificates, size_t *out_count)
{
    size_t position = 0;
    size_t count = 0;
    bool have = true;
    PTN_REQUIRE(pem.len <= PTN_MAX_PEM_BYTES, PATINA_ERR_BAD_PEM);
    while (have) {
        struct ptn_pem_block block;
        PTN_TRY(ptn_pem_next(pem, &position, &block, der, &have));
        if (have && label_is(&block, "CERTIFICATE")) {
            PTN_REQUIRE(count < MAX_OWN_CERTIFICATES, PATINA_ERR_TOO_MANY_OPTIONS);
            PTN_REQUIRE(ptn_arena_dup(arena, ptn_buf_span(der),
                                      &PTN_ITEM(certificates, MAX_OWN_CERTIFICATES, count)),
                        PATINA_ERR_NO_MEMORY);
            count++;
        }
    }
    *out_count = count;
    return count > 0 ? PATINA_OK : PATINA_ERR_NO_CERTIFICATE_FOUND;
}

// Loads the first private key block of a PEM text.
static patina_err key_from_pem(const struct patina_provider *provider, patina_span pem,
                               struct ptn_buf *der, struct patina_key **out)
{
    size_t position = 0;
    bool have = true;
    PTN_REQUIRE(pem.len <= PTN_MAX_PEM_BYTES, PATINA_ERR_BAD_PEM);
    while (have) {
        struct ptn_pem_block block;
        PTN_TRY(ptn_pem_next(pem, &position, &block, der, &have));
        if (have && label_is_key(&block)) {
            return provider->load_key(provider, ptn_buf_span(der), out);
        }
    }
    return PATINA_ERR_NO_KEY_FOUND;
}

static patina_err load_chain(struct patina_credential *c, const struct patina_credential_options *o,
                             struct ptn_arena *arena, struct ptn_buf *der)
{
    patina_span certificates[MAX_OWN_CERTIFICATES];
    size_t count = 0;
    if (o->chain_der_count != 0) {
        PTN_REQUIRE(o->chain_der_count <= MAX_OWN_CERTIFICATES, PATINA_ERR_TOO_MANY_OPTIONS);
        for (; count < o->chain_der_count; count++) {
            PTN_AT(certificates, count) = PTN_ITEM(o->chain_der, o->chain_der_count, count);
        }
    } else {
        PTN_TRY(chain_from_pem(o->chain_pem, arena, der, certificates, &count));
    }
    PTN_TRY(ptn_chain_new(c->alloc, certificates, count, &c->chain));
    PTN_REQUIRE(ptn_cert_parse(patina_chain_certificate(c->chain, 0), &c->leaf) == PATINA_OK,
                PATINA_ERR_BAD_CERTIFICATE_INPUT);
    c->certs = ptn_alloc_array(c->alloc, count, sizeof *c->certs);
    PTN_REQUIRE(c->certs != NULL, PATINA_ERR_NO_MEMORY);
    c->certs_count = count;
    for (size_t i = 0; i < count; i++) {
        struct ptn_cert *cert = &PTN_ITEM(c->certs, count, i);
        if (ptn_cert_parse(patina_chain_certificate(c->chain, i), cert) != PATINA_OK) {
            *cert = (struct ptn_cert){0}; // the peer judges it; nothing is asked of it here
        }
    }
    return PATINA_OK;
}

// Keeps the schemes that the key can sign with and that fit the leaf's key.
static patina_err load_schemes(struct patina_credential *c,
                               const struct patina_credential_options *o)
{
    size_t count = 0;
    const uint16_t *schemes = c->key->vtable->schemes(c->key, &count);
    if (o->schemes_count != 0) {
        schemes = o->schemes;
        count = o->schemes_count;
    }
    for (size_t i = 0; i < count && c->schemes_count < PTN_MAX_OFFERED; i++) {
        uint16_t scheme = PTN_ITEM(schemes, count, i);
        if (ptn_verify_alg_for_scheme(c->provider, c->leaf.spki.algorithm, scheme) != NULL) {
            PTN_AT(c->schemes, c->schemes_count) = scheme;
            c->schemes_count++;
        }
    }
    return c->schemes_count > 0 ? PATINA_OK : PATINA_ERR_KEY_MISMATCH;
}

// struct { SerializedSCT sct_list<1..2^16-1>; } SignedCertificateTimestampList, RFC 6962 §3.3.
static bool is_sct_list(patina_span list)
{
    struct ptn_reader r = ptn_reader_of(list);
    struct ptn_reader scts;
    if (!ptn_read_vec16(&r, &scts) || !ptn_read_end(&r) || ptn_reader_is_empty(&scts)) {
        return false;
    }
    while (!ptn_reader_is_empty(&scts)) {
        struct ptn_reader sct;
        if (!ptn_read_vec16(&scts, &sct) || ptn_reader_is_empty(&sct)) {
            return false;
        }
    }
    return true;
}

static patina_err load_status(struct patina_credential *c, patina_span ocsp_response,
                              patina_span sct_list)
{
    PTN_REQUIRE(ocsp_response.len <= PATINA_STAPLE_MAX && sct_list.len <= PATINA_STAPLE_MAX,
                PATINA_ERR_BAD_OPTION);
    PTN_REQUIRE(sct_list.len == 0 || is_sct_list(sct_list), PATINA_ERR_BAD_OPTION);
    PTN_REQUIRE(ptn_span_dup(c->alloc, ocsp_response, &c->ocsp_response) &&
                    ptn_span_dup(c->alloc, sct_list, &c->sct_list),
                PATINA_ERR_NO_MEMORY);
    return PATINA_OK;
}

static patina_err load(struct patina_credential *c, const struct patina_credential_options *o,
                       struct ptn_arena *arena, struct ptn_buf *der)
{
    PTN_TRY(load_chain(c, o, arena, der));
    PTN_TRY(load_status(c, o->ocsp_response, o->sct_list));
    if (o->key != NULL) {
        PTN_REQUIRE(ptn_key_fits(o->key), PATINA_ERR_BAD_OPTION);
        c->key = o->key;
    } else if (o->key_der.len != 0) {
        PTN_TRY(c->provider->load_key(c->provider, o->key_der, &c->key));
    } else {
        PTN_TRY(key_from_pem(c->provider, o->key_pem, der, &c->key));
    }
    patina_span spki;
    PTN_TRY(c->key->vtable->spki(c->key, &spki));
    PTN_REQUIRE(ptn_span_equal(spki, c->leaf.spki.whole), PATINA_ERR_KEY_MISMATCH);
    return load_schemes(c, o);
}

// At which line of the caller's PEM something is malformed.
static void tell_line(const struct patina_credential_options *o, struct patina_report *report)
{
    if (report != NULL && o->chain_der_count == 0) {
        ptn_pem_tell(report, "certificates", o->chain_pem, o->alloc);
    }
    if (report != NULL && PTN_AT(report->text, 0) == 0) {
        ptn_pem_tell(report, "private key", o->key_pem, o->alloc);
    }
}

static patina_err credential_new(const struct patina_credential_options *options,
                                 struct patina_credential **out, struct patina_report *report)
{
    PTN_REQUIRE(out != NULL, PATINA_ERR_MISUSE);
    *out = NULL;
    PTN_REQUIRE(options != NULL, PATINA_ERR_MISUSE);
    struct patina_credential_options o;
    PTN_REQUIRE(ptn_copy_options(&o, sizeof o, options, options->struct_size, sizeof o),
                PATINA_ERR_NEWER_OPTIONS);
    PTN_TRY(ptn_provider_check(o.provider));

    const struct patina_allocator *alloc = ptn_allocator_or_heap(o.alloc);
    struct patina_credential *c = ptn_alloc(alloc, sizeof *c);
    PTN_REQUIRE(c != NULL, PATINA_ERR_NO_MEMORY);
    ptn_ref_init(&c->ref);
    c->alloc = alloc;
    c->provider = patina_provider_ref(o.provider);

    struct ptn_arena arena;
    struct ptn_buf der;
    ptn_arena_init(&arena, alloc, PTN_MAX_PEM_BYTES);
    ptn_buf_init(&der, alloc, PTN_MAX_PEM_BYTES);
    patina_err err = load(c, &o, &arena, &der);
    ptn_buf_clear(&der);
    ptn_arena_clear(&arena);
    if (err == PATINA_ERR_BAD_PEM) {
        tell_line(&o, report);
    }
    if (err != PATINA_OK) {
        if (o.key != NULL) {
            c->key = NULL; // ownership passes on success only
        }
        patina_credential_unref(c);
        return err;
    }
    *out = c;
    return PATINA_OK;
}

patina_err patina_credential_new(const struct patina_credential_options *options,
                                 struct patina_credential **out, struct patina_report *report)
{
    (void)ptn_tell(report, PATINA_OK);
    patina_err err = credential_new(options, out, report);
    if (report != NULL) {
        report->err = err;
    }
    return err;
}

patina_err patina_credential_with_status(struct patina_credential *c, patina_span ocsp_response,
                                         patina_span sct_list, struct patina_credential **out)
{
    PTN_REQUIRE(out != NULL, PATINA_ERR_MISUSE);
    *out = NULL;
    PTN_REQUIRE(c != NULL, PATINA_ERR_MISUSE);
    // One step deep, however often a staple is renewed.
    struct patina_credential *base = c->base != NULL ? c->base : c;
    struct patina_credential *copy = ptn_alloc(base->alloc, sizeof *copy);
    PTN_REQUIRE(copy != NULL, PATINA_ERR_NO_MEMORY);
    ptn_ref_init(&copy->ref);
    copy->base = patina_credential_ref(base);
    copy->alloc = base->alloc;
    copy->provider = base->provider;
    copy->chain = base->chain;
    copy->key = base->key;
    copy->leaf = base->leaf;
    copy->certs = base->certs;
    copy->certs_count = base->certs_count;
    copy->schemes_count = base->schemes_count;
    for (size_t i = 0; i < base->schemes_count; i++) {
        PTN_AT(copy->schemes, i) = PTN_AT(base->schemes, i);
    }
    patina_err err = load_status(copy, ocsp_response, sct_list);
    if (err != PATINA_OK) {
        patina_credential_unref(copy);
        return err;
    }
    *out = copy;
    return PATINA_OK;
}

struct patina_credential *patina_credential_ref(struct patina_credential *c)
{
    if (c != NULL) {
        ptn_ref_add(&c->ref);
    }
    return c;
}

static void free_owner(struct patina_credential *c)
{
    if (c->key != NULL) {
        c->key->vtable->drop(c->key);
    }
    ptn_free(c->alloc, c->certs, c->certs_count * sizeof *c->certs);
    patina_chain_unref(c->chain);
    patina_provider_unref(c->provider);
}

static void free_own(struct patina_credential *c)
{
    ptn_span_free(c->alloc, c->ocsp_response);
    ptn_span_free(c->alloc, c->sct_list);
    ptn_free(c->alloc, c, sizeof *c);
}

void patina_credential_unref(struct patina_credential *c)
{
    if (c == NULL || !ptn_ref_drop(&c->ref)) {
        return;
    }
    struct patina_credential *base = c->base; // which has none itself: one step deep
    if (base == NULL) {
        free_owner(c);
        free_own(c);
        return;
    }
    free_own(c);
    if (ptn_ref_drop(&base->ref)) {
        free_owner(base);
        free_own(base);
    }
}

struct patina_chain *patina_credential_chain(const struct patina_credential *c)
{
    return c->chain;
}

uint16_t ptn_credential_scheme13(const struct patina_credential *c, ptn_scheme_test *is_offered,
                                 const void *arg)
{
    for (size_t i = 0; i < c->schemes_count; i++) {
        uint16_t scheme = PTN_AT(c->schemes, i);
        if (!ptn_scheme_is_rsa_pkcs1(scheme) && is_offered(arg, scheme)) {
            return scheme;
        }
    }
    return 0;
}

bool ptn_credential_chain_fits(const struct patina_credential *c, const uint16_t *schemes,
                               size_t schemes_count)
{
    for (size_t i = 0; i < c->certs_count; i++) {
        const struct ptn_cert *cert = &PTN_ITEM(c->certs, c->certs_count, i);
        if (!ptn_span_equal(cert->issuer, cert->subject) &&
            !ptn_cert_signature_is_in(cert, schemes, schemes_count)) {
            return false;
        }
    }
    return true;
}

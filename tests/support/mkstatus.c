// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Revocation lists and OCSP answers: see mkstatus.h.
#include "mkstatus.h"

#include "der_notation.h"

#include <openssl/evp.h>
#include <openssl/sha.h>
#include <openssl/x509.h>

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void must(bool good, const char *what)
{
    if (!good) {
        (void)fprintf(stderr, "mkstatus: %s failed\n", what);
        abort();
    }
}

// ---- Text that grows

struct text {
    char *at;
    size_t len;
};

static void add(struct text *t, const char *part)
{
    size_t len = strlen(part);
    char *longer = realloc(t->at, t->len + len + 2);
    must(longer != NULL, "realloc");
    t->at = longer;
    memcpy(t->at + t->len, part, len);
    t->len += len;
    t->at[t->len++] = ' ';
    t->at[t->len] = '\0';
}

static void add_or(struct text *t, const char *part, const char *usual)
{
    add(t, part == NULL ? usual : part);
}

static void add_hex(struct text *t, const uint8_t *bytes, size_t len)
{
    char octet[3];
    for (size_t i = 0; i < len; i++) {
        (void)snprintf(octet, sizeof octet, "%02x", bytes[i]);
        add(t, octet);
    }
}

static void add_box(struct text *t, const char *tag, const uint8_t *bytes, size_t len)
{
    char open[8];
    (void)snprintf(open, sizeof open, "%s{", tag);
    add(t, open);
    add_hex(t, bytes, len);
    add(t, "}");
}

// A text that stays for the next calls.
static const char *keep(const char *text)
{
    static char *kept[8];
    static size_t at;
    at = (at + 1) % 8;
    free(kept[at]);
    kept[at] = strdup(text);
    must(kept[at] != NULL, "strdup");
    return kept[at];
}

static const char *keep_text(struct text *t)
{
    const char *kept = keep(t->at);
    free(t->at);
    return kept;
}

// ---- Parts of certificates

static void add_name(struct text *t, X509_NAME *name)
{
    uint8_t *der = NULL;
    int len = i2d_X509_NAME(name, &der);
    must(len > 0, "i2d_X509_NAME");
    add_hex(t, der, (size_t)len);
    OPENSSL_free(der);
}

static void add_serial(struct text *t, const struct test_cert *cert)
{
    uint8_t *der = NULL;
    int len = i2d_ASN1_INTEGER(X509_get_serialNumber(cert->x509_), &der);
    must(len > 2 && len < 130, "i2d_ASN1_INTEGER");
    add_hex(t, der, (size_t)len);
    OPENSSL_free(der);
}

const char *test_serial_hex(const struct test_cert *cert)
{
    struct text t = {NULL, 0};
    uint8_t *der = NULL;
    int len = i2d_ASN1_INTEGER(X509_get_serialNumber(cert->x509_), &der);
    must(len > 2 && len < 130, "i2d_ASN1_INTEGER");
    add_hex(&t, der + 2, (size_t)len - 2);
    OPENSSL_free(der);
    return keep_text(&t);
}

const char *test_crl_entry(const struct test_cert *cert, const char *extensions)
{
    struct text t = {NULL, 0};
    add(&t, "30{");
    add_serial(&t, cert);
    add(&t, "17{ '261101000000Z' }");
    if (extensions[0] != '\0') {
        add(&t, "30{");
        add(&t, extensions);
        add(&t, "}");
    }
    add(&t, "}");
    return keep_text(&t);
}

// ---- Signing

static const char *usual_alg(const struct test_cert *signer)
{
    switch (EVP_PKEY_id(signer->pkey_)) {
    case EVP_PKEY_RSA:
        return "30{ 06092a864886f70d01010b 0500 }";
    case EVP_PKEY_ED25519:
        return "30{ 06032b6570 }";
    default:
        return "30{ 06082a8648ce3d040302 }";
    }
}

// The whole of what is signed: SEQUENCE { tbs, algorithm, signature, more }.
static patina_span signed_der(const char *tbs, const struct test_cert *signer, const char *alg,
                              const char *signature, const char *after)
{
    struct text t = {NULL, 0};
    patina_span der = der_bytes(tbs);
    add(&t, "30{");
    add_hex(&t, der.ptr, der.len);
    add_or(&t, alg, usual_alg(signer));
    if (signature != NULL) {
        add(&t, signature);
    } else {
        bool pure = EVP_PKEY_id(signer->pkey_) == EVP_PKEY_ED25519;
        uint8_t bytes[1024];
        size_t len = sizeof bytes;
        EVP_MD_CTX *ctx = EVP_MD_CTX_new();
        must(ctx != NULL && EVP_DigestSignInit(ctx, NULL, pure ? NULL : EVP_sha256(), NULL,
                                               signer->pkey_) == 1,
             "EVP_DigestSignInit");
        must(EVP_DigestSign(ctx, bytes, &len, der.ptr, der.len) == 1, "EVP_DigestSign");
        EVP_MD_CTX_free(ctx);
        add(&t, "03{ 00");
        add_hex(&t, bytes, len);
        add(&t, "}");
    }
    add_or(&t, after, "");
    add(&t, "}");
    der_free(der);
    der = der_bytes(t.at);
    free(t.at);
    return der;
}

// ---- Revocation lists

patina_span test_make_crl(const struct test_crl_options *o)
{
    struct text t = {NULL, 0};
    const struct test_cert *named = o->name_of == NULL ? o->issuer : o->name_of;
    add(&t, "30{");
    add_or(&t, o->version, "020101");
    add_or(&t, o->inner_alg, usual_alg(o->issuer));
    add_name(&t, X509_get_subject_name(named->x509_));
    add_or(&t, o->this_update, "17{ '261101000000Z' }");
    add_or(&t, o->next_update, "17{ '261201000000Z' }");
    if (o->revoked != NULL) {
        add(&t, o->revoked);
    } else if (o->entries != NULL) {
        add(&t, "30{");
        add(&t, o->entries);
        add(&t, "}");
    }
    if (o->box != NULL) {
        add(&t, o->box);
    } else if (o->extensions == NULL || o->extensions[0] != '\0') {
        add(&t, "a0{ 30{");
        add_or(&t, o->extensions, TEST_CRL_NUMBER("01"));
        add(&t, "} }");
    }
    add_or(&t, o->after_tbs, "");
    add(&t, "}");
    patina_span der = signed_der(t.at, o->issuer, o->outer_alg, o->signature, o->after);
    free(t.at);
    return der;
}

// ---- Certificates

static void add_key(struct text *t, const struct test_cert *cert)
{
    uint8_t *der = NULL;
    int len = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(cert->x509_), &der);
    must(len > 0, "i2d_X509_PUBKEY");
    add_hex(t, der, (size_t)len);
    OPENSSL_free(der);
}

patina_span test_make_parts(const struct test_part_options *o)
{
    struct text t = {NULL, 0};
    add(&t, "30{");
    add_or(&t, o->version, "a0{ 020102 }");
    add_or(&t, o->serial, "020105");
    add_or(&t, o->inner_alg, usual_alg(o->issuer));
    add_name(&t, X509_get_subject_name(o->issuer->x509_));
    add_or(&t, o->validity, "30{ 17{ '260101000000Z' } 17{ '270101000000Z' } }");
    add_or(&t, o->subject, "30{ 31{ 30{ 0603550403 0c{ 'Parts' } } } }");
    if (o->spki != NULL) {
        add(&t, o->spki);
    } else {
        add_key(&t, o->key_of == NULL ? o->issuer : o->key_of);
    }
    if (o->extensions != NULL) {
        add(&t, "a3{ 30{");
        add(&t, o->extensions);
        add(&t, "} }");
    }
    add(&t, "}");
    patina_span der = signed_der(t.at, o->issuer, o->outer_alg, o->signature, "");
    free(t.at);
    return der;
}

// ---- OCSP answers

static void add_hash(struct text *t, bool sha256, const uint8_t *bytes, size_t len)
{
    uint8_t digest[32];
    size_t size = sha256 ? 32 : 20;
    must((sha256 ? SHA256(bytes, len, digest) : SHA1(bytes, len, digest)) != NULL, "hash");
    add_box(t, "04", digest, size);
}

static void add_key_hash(struct text *t, bool sha256, const struct test_cert *cert)
{
    ASN1_BIT_STRING *bits = X509_get0_pubkey_bitstr(cert->x509_);
    must(bits != NULL, "X509_get0_pubkey_bitstr");
    add_hash(t, sha256, ASN1_STRING_get0_data(bits), (size_t)ASN1_STRING_length(bits));
}

static void add_name_hash(struct text *t, bool sha256, const struct test_cert *issuer)
{
    uint8_t *der = NULL;
    int len = i2d_X509_NAME(X509_get_subject_name(issuer->x509_), &der);
    must(len > 0, "i2d_X509_NAME");
    add_hash(t, sha256, der, (size_t)len);
    OPENSSL_free(der);
}

static void add_answer(struct text *t, const struct test_ocsp_answer *a)
{
    add(t, "30{ 30{");
    add_or(t, a->hash_alg,
           a->sha256 ? "30{ 0609608648016503040201 0500 }" : "30{ 06052b0e03021a 0500 }");
    if (a->name_hash != NULL) {
        add(t, a->name_hash);
    } else {
        add_name_hash(t, a->sha256, a->issuer);
    }
    if (a->key_hash != NULL) {
        add(t, a->key_hash);
    } else {
        add_key_hash(t, a->sha256, a->issuer);
    }
    if (a->serial != NULL) {
        add(t, a->serial);
    } else {
        add_serial(t, a->cert);
    }
    add(t, "}");
    add_or(t, a->status, "8000");
    add_or(t, a->this_update, "18{ '20261120000000Z' }");
    add_or(t, a->next_update, "a0{ 18{ '20261127000000Z' } }");
    add_or(t, a->extensions, "");
    add(t, "}");
}

static void add_responder_id(struct text *t, const struct test_ocsp_options *o)
{
    const struct test_cert *responder = o->responder == NULL ? o->signer : o->responder;
    if (o->responder_id != NULL) {
        add(t, o->responder_id);
    } else if (o->by_name) {
        add(t, "a1{");
        add_name(t, X509_get_subject_name(responder->x509_));
        add(t, "}");
    } else {
        add(t, "a2{");
        add_key_hash(t, false, responder);
        add(t, "}");
    }
}

static char *certs_text(const struct test_ocsp_options *o)
{
    struct text t = {NULL, 0};
    if (o->certs != NULL) {
        add(&t, o->certs);
    } else if (o->with[0] != NULL) {
        add(&t, "a0{ 30{");
        for (size_t i = 0; i < TEST_RESPONDER_CERTS && o->with[i] != NULL; i++) {
            add_hex(&t, o->with[i]->der.ptr, o->with[i]->der.len);
        }
        add(&t, "} }");
    }
    return t.at;
}

static patina_span basic_response(const struct test_ocsp_options *o)
{
    struct text t = {NULL, 0};
    add(&t, "30{");
    add_or(&t, o->version, "");
    add_responder_id(&t, o);
    add_or(&t, o->produced_at, "18{ '20261120000000Z' }");
    add(&t, "30{");
    for (size_t i = 0; i < TEST_ANSWERS && o->answers[i].issuer != NULL; i++) {
        add_answer(&t, &o->answers[i]);
    }
    add(&t, "}");
    add_or(&t, o->extensions, "");
    add_or(&t, o->after_tbs, "");
    add(&t, "}");
    char *certs = certs_text(o);
    patina_span der = signed_der(t.at, o->signer, o->alg, o->signature, certs);
    free(certs);
    free(t.at);
    return der;
}

patina_span test_make_ocsp(const struct test_ocsp_options *o)
{
    struct text t = {NULL, 0};
    add(&t, "30{");
    add_or(&t, o->response_status, "0a0100");
    if (o->response_bytes != NULL) {
        add(&t, o->response_bytes);
    } else {
        patina_span basic = basic_response(o);
        add(&t, "a0{ 30{");
        add_or(&t, o->response_type, "06092b0601050507300101");
        add_box(&t, "04", basic.ptr, basic.len);
        add_or(&t, o->after_basic, "");
        add(&t, "}");
        add_or(&t, o->after_bytes, "");
        add(&t, "}");
        der_free(basic);
    }
    add_or(&t, o->after, "");
    add(&t, "}");
    patina_span der = der_bytes(t.at);
    free(t.at);
    return der;
}

void status_free(patina_span der)
{
    der_free(der);
}

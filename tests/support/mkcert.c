// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Certificates made while a test runs: see mkcert.h.
#include "mkcert.h"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_TEXT = 512, MAX_SUBJECT = 8192 };

static void must(bool good, const char *what)
{
    if (!good) {
        (void)fprintf(stderr, "mkcert: %s failed\n", what);
        ERR_print_errors_fp(stderr);
        abort();
    }
}

// ---- Keys

// By the calls libcrypto and AWS-LC share.
static EVP_PKEY *generate(int kind, int curve, int bits)
{
    EVP_PKEY *key = NULL;
    EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_id(kind, NULL);
    must(ctx != NULL && EVP_PKEY_keygen_init(ctx) == 1, "keygen_init");
    must(curve == 0 || EVP_PKEY_CTX_set_ec_paramgen_curve_nid(ctx, curve) == 1, "curve");
    must(bits == 0 || EVP_PKEY_CTX_set_rsa_keygen_bits(ctx, bits) == 1, "bits");
    must(EVP_PKEY_keygen(ctx, &key) == 1, "keygen");
    EVP_PKEY_CTX_free(ctx);
    return key;
}

static EVP_PKEY *new_key(enum test_key kind)
{
    switch (kind) {
    case TEST_P384:
        return generate(EVP_PKEY_EC, NID_secp384r1, 0);
    case TEST_P521:
        return generate(EVP_PKEY_EC, NID_secp521r1, 0);
    case TEST_SECP256K1:
        return generate(EVP_PKEY_EC, NID_secp256k1, 0);
    case TEST_ED25519:
        return generate(EVP_PKEY_ED25519, 0, 0);
    case TEST_RSA1024:
        return generate(EVP_PKEY_RSA, 0, 1024);
    case TEST_RSA2048:
        return generate(EVP_PKEY_RSA, 0, 2048);
    case TEST_RSA3072:
        return generate(EVP_PKEY_RSA, 0, 3072);
    case TEST_P256:
    default:
        return generate(EVP_PKEY_EC, NID_X9_62_prime256v1, 0);
    }
}

// ---- Parts of a certificate

static void add_part(X509_NAME *name, char *part)
{
    char *value = strchr(part, '=');
    must(value != NULL, "subject part without =");
    *value = '\0';
    must(X509_NAME_add_entry_by_txt(name, part, MBSTRING_UTF8, (const unsigned char *)value + 1, -1,
                                    -1, 0) == 1,
         "subject");
}

static void set_subject(X509 *x, const char *subject)
{
    char text[MAX_SUBJECT];
    X509_NAME *name = X509_NAME_new();
    must(name != NULL, "X509_NAME_new");
    int len = snprintf(text, sizeof text, "%s", subject == NULL ? "" : subject);
    must(len >= 0 && (size_t)len < sizeof text, "subject");
    char *rest = NULL;
    for (char *part = strtok_r(text, "/", &rest); part != NULL; part = strtok_r(NULL, "/", &rest)) {
        add_part(name, part);
    }
    must(X509_set_subject_name(x, name) == 1, "X509_set_subject_name");
    X509_NAME_free(name);
}

static void set_time(ASN1_TIME *t, int64_t seconds, int64_t otherwise)
{
    // Chooses UTCTime or GeneralizedTime by the year, as RFC 5280 asks.
    must(ASN1_TIME_adj(t, (time_t)(seconds != 0 ? seconds : otherwise), 0, 0) != NULL, "time");
}

static void set_serial(X509 *x, const char *decimal)
{
    static long serial = 1000;
    if (decimal == NULL) {
        serial++;
        must(ASN1_INTEGER_set(X509_get_serialNumber(x), serial) == 1, "serial");
        return;
    }
    ASN1_INTEGER *number = s2i_ASN1_INTEGER(NULL, decimal);
    must(number != NULL && X509_set_serialNumber(x, number) == 1, "serial");
    ASN1_INTEGER_free(number);
}

static void add_extension(X509 *x, X509 *issuer, const char *line)
{
    char text[4096];
    X509V3_CTX ctx;
    must(strlen(line) < sizeof text, "extension text");
    (void)snprintf(text, sizeof text, "%s", line);
    char *value = strchr(text, '=');
    must(value != NULL, "extension without =");
    *value = '\0';
    X509V3_set_ctx(&ctx, issuer, x, NULL, NULL, 0);
    X509_EXTENSION *e = X509V3_EXT_nconf(NULL, &ctx, text, value + 1);
    must(e != NULL, line);
    must(X509_add_ext(x, e, -1) == 1, "X509_add_ext");
    X509_EXTENSION_free(e);
}

static void sign(X509 *x, EVP_PKEY *key, const struct test_cert_options *o)
{
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    EVP_PKEY_CTX *key_ctx = NULL;
    bool pure = EVP_PKEY_id(key) == EVP_PKEY_ED25519;
    const EVP_MD *digest =
        pure ? NULL : EVP_get_digestbyname(o->digest == NULL ? "SHA256" : o->digest);
    must(ctx != NULL && (pure || digest != NULL), "digest");
    must(EVP_DigestSignInit(ctx, &key_ctx, digest, NULL, key) == 1, "EVP_DigestSignInit");
    if (o->pss) {
        must(EVP_PKEY_CTX_set_rsa_padding(key_ctx, RSA_PKCS1_PSS_PADDING) == 1, "PSS");
        must(EVP_PKEY_CTX_set_rsa_pss_saltlen(key_ctx, -1 /* as long as the digest */) == 1,
             "salt");
    }
    must(X509_sign_ctx(x, ctx) > 0, "X509_sign_ctx");
    EVP_MD_CTX_free(ctx);
}

// ---- Outputs

static char *bio_text(BIO *bio)
{
    char *from = NULL;
    long len = BIO_get_mem_data(bio, &from);
    char *text = malloc((size_t)len + 1);
    must(text != NULL, "malloc");
    memcpy(text, from, (size_t)len);
    text[len] = '\0';
    BIO_free(bio);
    return text;
}

static void export_all(struct test_cert *c)
{
    uint8_t *der = NULL;
    int len = i2d_X509(c->x509_, &der);
    must(len > 0, "i2d_X509");
    uint8_t *copy = malloc((size_t)len);
    must(copy != NULL, "malloc");
    memcpy(copy, der, (size_t)len);
    OPENSSL_free(der);
    c->der = (patina_span){copy, (size_t)len};

    BIO *bio = BIO_new(BIO_s_mem());
    must(bio != NULL && PEM_write_bio_X509(bio, c->x509_) == 1, "PEM_write_bio_X509");
    c->pem = bio_text(bio);
    bio = BIO_new(BIO_s_mem());
    must(bio != NULL &&
             PEM_write_bio_PKCS8PrivateKey(bio, c->pkey_, NULL, NULL, 0, NULL, NULL) == 1,
         "PEM_write_bio_PKCS8PrivateKey");
    c->key_pem = bio_text(bio);
}

void test_issue(const struct test_cert_options *o, const struct test_cert *issuer,
                struct test_cert *out)
{
    X509 *x = X509_new();
    EVP_PKEY *key = o->use_key_of == NULL ? new_key(o->key) : o->use_key_of->pkey_;
    must(x != NULL, "X509_new");
    if (o->use_key_of != NULL) {
        must(EVP_PKEY_up_ref(key) == 1, "EVP_PKEY_up_ref");
    }
    *out = (struct test_cert){.x509_ = x, .pkey_ = key};
    must(X509_set_version(x, o->v1 ? 0 : 2) == 1, "version");
    set_serial(x, o->serial);
    set_subject(x, o->subject);
    X509 *signer = issuer == NULL ? x : issuer->x509_;
    must(X509_set_issuer_name(x, X509_get_subject_name(signer)) == 1, "issuer");
    set_time(X509_getm_notBefore(x), o->not_before_s, 1577836800);
    set_time(X509_getm_notAfter(x), o->not_after_s, 2524521600);
    must(X509_set_pubkey(x, key) == 1, "X509_set_pubkey");
    for (size_t i = 0; i < TEST_EXTENSIONS && o->extensions[i] != NULL; i++) {
        add_extension(x, signer, o->extensions[i]);
    }
    sign(x, issuer == NULL ? key : issuer->pkey_, o);
    export_all(out);
}

// ---- The usual ones

static bool has_key_id(const struct test_cert *c)
{
    return c != NULL && X509_get_ext_by_NID(c->x509_, NID_subject_key_identifier, -1) >= 0;
}

static void common_name(char *to, size_t size, const char *name)
{
    must((size_t)snprintf(to, size, "O=Patina Test/CN=%s", name) < size, "name");
}

void test_make_ca(const char *name, enum test_key key, const struct test_cert *issuer,
                  struct test_cert *out)
{
    char subject[MAX_TEXT];
    common_name(subject, sizeof subject, name);
    struct test_cert_options o = {
        .subject = subject,
        .key = key,
        .extensions = {"basicConstraints=critical,CA:TRUE", "keyUsage=critical,keyCertSign,cRLSign",
                       "subjectKeyIdentifier=hash"},
    };
    if (has_key_id(issuer)) {
        o.extensions[3] = "authorityKeyIdentifier=keyid";
    }
    test_issue(&o, issuer, out);
}

static void make_end_entity(const char *name, const char *san, const char *eku, enum test_key key,
                            const struct test_cert *issuer, struct test_cert *out)
{
    char subject[MAX_TEXT];
    char names[2048];
    common_name(subject, sizeof subject, name);
    struct test_cert_options o = {
        .subject = subject,
        .key = key,
        .extensions = {"basicConstraints=critical,CA:FALSE", "keyUsage=critical,digitalSignature",
                       eku, "subjectKeyIdentifier=hash"},
    };
    size_t count = 4;
    if (has_key_id(issuer)) {
        o.extensions[count++] = "authorityKeyIdentifier=keyid";
    }
    if (san != NULL) {
        must((size_t)snprintf(names, sizeof names, "subjectAltName=%s", san) < sizeof names, "san");
        o.extensions[count++] = names;
    }
    test_issue(&o, issuer, out);
}

void test_make_server(const char *name, const char *san, enum test_key key,
                      const struct test_cert *issuer, struct test_cert *out)
{
    make_end_entity(name, san, "extendedKeyUsage=serverAuth", key, issuer, out);
}

void test_make_client(const char *name, enum test_key key, const struct test_cert *issuer,
                      struct test_cert *out)
{
    make_end_entity(name, NULL, "extendedKeyUsage=clientAuth", key, issuer, out);
}

char *test_chain_pem(const struct test_cert *const *certs, size_t count)
{
    size_t size = 1;
    for (size_t i = 0; i < count; i++) {
        size += strlen(certs[i]->pem);
    }
    char *text = malloc(size);
    must(text != NULL, "malloc");
    text[0] = '\0';
    for (size_t i = 0; i < count; i++) {
        strcat(text, certs[i]->pem);
    }
    return text;
}

void test_cert_free(struct test_cert *c)
{
    free((void *)(uintptr_t)c->der.ptr);
    free(c->pem);
    free(c->key_pem);
    X509_free(c->x509_);
    EVP_PKEY_free(c->pkey_);
    *c = (struct test_cert){0};
}

patina_span test_key_der(const struct test_cert *c)
{
    PKCS8_PRIV_KEY_INFO *info = EVP_PKEY2PKCS8(c->pkey_);
    must(info != NULL, "EVP_PKEY2PKCS8");
    uint8_t *der = NULL;
    int len = i2d_PKCS8_PRIV_KEY_INFO(info, &der);
    must(len > 0, "i2d_PKCS8_PRIV_KEY_INFO");
    uint8_t *copy = malloc((size_t)len);
    must(copy != NULL, "malloc");
    memcpy(copy, der, (size_t)len);
    OPENSSL_free(der);
    PKCS8_PRIV_KEY_INFO_free(info);
    return (patina_span){copy, (size_t)len};
}

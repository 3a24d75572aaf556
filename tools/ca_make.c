// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Keys and certificates of `patina ca`, RFC 5280 §4, on the X509 API of the crypto library at hand.
#include <string.h>
#include <time.h>

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/obj_mac.h>
#include <openssl/objects.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include "ca.h"

#define DAY_S 86400

void pair_free(struct pair *p)
{
    X509_free(p->cert);
    EVP_PKEY_free(p->key);
    *p = (struct pair){0};
}

// ---- Keys

static EVP_PKEY *generate(int type, int curve, int bits)
{
    EVP_PKEY *key = NULL;
    EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_id(type, NULL);
    bool ok = ctx != NULL && EVP_PKEY_keygen_init(ctx) == 1;
    if (ok && type == EVP_PKEY_EC) {
        ok = EVP_PKEY_CTX_set_ec_paramgen_curve_nid(ctx, curve) == 1;
    } else if (ok && type == EVP_PKEY_RSA) {
        ok = EVP_PKEY_CTX_set_rsa_keygen_bits(ctx, bits) == 1;
    }
    if (!ok || EVP_PKEY_keygen(ctx, &key) != 1) {
        key = NULL;
    }
    EVP_PKEY_CTX_free(ctx);
    return key;
}

// FIPS 204 by its three sizes: AWS-LC, and OpenSSL from 3.5 on. NULL where the library has it not.
static EVP_PKEY *generate_ml_dsa(const char *size)
{
#if defined(OPENSSL_IS_AWSLC) && defined(NID_MLDSA65)
    EVP_PKEY *key = NULL;
    int nid = strcmp(size, "44") == 0   ? NID_MLDSA44
              : strcmp(size, "65") == 0 ? NID_MLDSA65
                                        : NID_MLDSA87;
    EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_id(EVP_PKEY_PQDSA, NULL);
    if (ctx == NULL || EVP_PKEY_CTX_pqdsa_set_params(ctx, nid) != 1 ||
        EVP_PKEY_keygen_init(ctx) != 1 || EVP_PKEY_keygen(ctx, &key) != 1) {
        key = NULL;
    }
    EVP_PKEY_CTX_free(ctx);
    return key;
#elif OPENSSL_VERSION_NUMBER >= 0x30000000L && !defined(OPENSSL_IS_AWSLC)
    char name[16];
    snprintf(name, sizeof(name), "ML-DSA-%s", size);
    EVP_PKEY *key = NULL;
    EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, name, NULL);
    if (ctx == NULL || EVP_PKEY_keygen_init(ctx) != 1 || EVP_PKEY_generate(ctx, &key) != 1) {
        key = NULL;
    }
    EVP_PKEY_CTX_free(ctx);
    return key;
#else
    (void)size;
    return NULL;
#endif
}

static const struct {
    const char *name;
    int type, curve, bits;
    const char *ml_dsa;
} key_types[] = {
    {"ecdsa", EVP_PKEY_EC, NID_X9_62_prime256v1, 0, NULL},
    {"ecdsa384", EVP_PKEY_EC, NID_secp384r1, 0, NULL},
    {"rsa", EVP_PKEY_RSA, 0, 2048, NULL},
    {"rsa2048", EVP_PKEY_RSA, 0, 2048, NULL},
    {"rsa3072", EVP_PKEY_RSA, 0, 3072, NULL},
    {"rsa4096", EVP_PKEY_RSA, 0, 4096, NULL},
    {"ed25519", EVP_PKEY_ED25519, 0, 0, NULL},
    {"mldsa44", 0, 0, 0, "44"},
    {"mldsa65", 0, 0, 0, "65"},
    {"mldsa87", 0, 0, 0, "87"},
};

static int new_key(const struct ca *c, EVP_PKEY **out)
{
    const char *type = c->key_type != NULL ? c->key_type : "ecdsa";
    for (size_t i = 0; i < sizeof(key_types) / sizeof(key_types[0]); i++) {
        if (strcmp(key_types[i].name, type) != 0) {
            continue;
        }
        const char *ml_dsa = key_types[i].ml_dsa;
        *out = ml_dsa != NULL ? generate_ml_dsa(ml_dsa)
                              : generate(key_types[i].type, key_types[i].curve, key_types[i].bits);
        if (*out != NULL) {
            return EXIT_OK;
        }
        return ui_error(c->ui, ml_dsa != NULL ? EXIT_USAGE : EXIT_OTHER,
                        ml_dsa != NULL ? "the crypto library of this build has no ML-DSA: %s "
                                         "cannot be made"
                                       : "the crypto library could not make a key of type %s",
                        type);
    }
    return ui_error(c->ui, EXIT_USAGE, "no key of type \"%s\" (patina ca --help)", type);
}

bool sign_digest(EVP_PKEY *key, const EVP_MD **out)
{
    int type = EVP_PKEY_id(key);
    *out = NULL;
    if (type == EVP_PKEY_RSA || type == EVP_PKEY_EC) {
        *out = EVP_PKEY_bits(key) == 384 ? EVP_sha384() : EVP_sha256();
    }
    return *out != NULL;
}

// ---- Fields

bool serial_text(const ASN1_INTEGER *serial, char out[SERIAL_MAX])
{
    BIGNUM *n = ASN1_INTEGER_to_BN(serial, NULL);
    char *hex = n != NULL ? BN_bn2hex(n) : NULL;
    out[0] = '\0';
    bool ok = hex != NULL && strlen(hex) < SERIAL_MAX;
    for (size_t i = 0; ok && i <= strlen(hex); i++) {
        out[i] = (char)(hex[i] >= 'A' && hex[i] <= 'F' ? hex[i] - 'A' + 'a' : hex[i]);
    }
    OPENSSL_free(hex);
    BN_free(n);
    return ok;
}

// 127 random bits, positive and never zero (RFC 5280 §4.1.2.2).
static bool set_serial(X509 *x)
{
    BIGNUM *n = BN_new();
    bool ok = n != NULL && BN_rand(n, 127, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY) == 1 &&
              BN_to_ASN1_INTEGER(n, X509_get_serialNumber(x)) != NULL;
    BN_free(n);
    return ok;
}

static bool set_name(X509_NAME *name, const char *text)
{
    // A common name longer than 64 characters is not allowed; the names proper stand elsewhere.
    return strlen(text) > 64 ||
           X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, (const unsigned char *)text, -1,
                                      -1, 0) == 1;
}

static bool set_dates(const struct ca *c, X509 *x, enum ca_kind kind)
{
    int64_t days = kind == KIND_ROOT || kind == KIND_INTERMEDIATE ? 3650 : 90;
    days = c->days > 0 && kind != KIND_OCSP ? (int64_t)c->days : days;
    int64_t now = (int64_t)time(NULL);
    // Clocks differ; and what has expired since yesterday was valid under its root.
    int64_t from =
        now - (kind == KIND_ROOT || kind == KIND_INTERMEDIATE ? INT64_C(7) * DAY_S : 3600);
    int64_t to = now + days * DAY_S;
    if (c->expired && kind != KIND_OCSP) {
        from = now - (days + 1) * DAY_S;
        to = now - DAY_S;
    } else if (c->not_yet && kind != KIND_OCSP) {
        from = now + DAY_S;
        to = from + days * DAY_S;
    } else if (kind == KIND_OCSP) { // its answers may be dated either way
        from = now - INT64_C(400) * DAY_S;
    }
    return ASN1_TIME_set(X509_getm_notBefore(x), (time_t)from) != NULL &&
           ASN1_TIME_set(X509_getm_notAfter(x), (time_t)to) != NULL;
}

// ---- Extensions

static bool add_extension(X509 *x, X509 *issuer, int nid, const char *value)
{
    X509V3_CTX ctx;
    X509V3_set_ctx(&ctx, issuer, x, NULL, NULL, 0);
    X509_EXTENSION *ext = X509V3_EXT_nconf_nid(NULL, &ctx, nid, value);
    bool ok = ext != NULL && X509_add_ext(x, ext, -1) == 1;
    X509_EXTENSION_free(ext);
    return ok;
}

// One that the library has no words for.
static bool add_raw_extension(X509 *x, const char *oid, const unsigned char *der, int len)
{
    ASN1_OBJECT *object = OBJ_txt2obj(oid, 1);
    ASN1_OCTET_STRING *value = ASN1_OCTET_STRING_new();
    X509_EXTENSION *ext = NULL;
    bool ok = object != NULL && value != NULL && ASN1_OCTET_STRING_set(value, der, len) == 1 &&
              (ext = X509_EXTENSION_create_by_OBJ(NULL, object, 0, value)) != NULL &&
              X509_add_ext(x, ext, -1) == 1;
    X509_EXTENSION_free(ext);
    ASN1_OCTET_STRING_free(value);
    ASN1_OBJECT_free(object);
    return ok;
}

static bool add_authority_extensions(const struct ca *c, X509 *x, X509 *issuer, bool root)
{
    char constraints[ALT_NAMES_MAX + 16];
    snprintf(constraints, sizeof(constraints), "critical,%s", c->constraints);
    return add_extension(x, issuer, NID_basic_constraints,
                         root ? "critical,CA:TRUE,pathlen:1" : "critical,CA:TRUE,pathlen:0") &&
           add_extension(x, issuer, NID_key_usage, "critical,keyCertSign,cRLSign") &&
           add_extension(x, issuer, NID_subject_key_identifier, "hash") &&
           (c->constraints[0] == '\0' ||
            add_extension(x, issuer, NID_name_constraints, constraints));
}

static bool add_leaf_extensions(const struct ca *c, X509 *x, X509 *issuer, enum ca_kind kind)
{
    static const unsigned char must_staple[] = {0x30, 0x03, 0x02, 0x01, 0x05}; // RFC 7633 §6
    static const unsigned char nothing[] = {0x05, 0x00};
    const char *purpose = kind == KIND_SERVER   ? "serverAuth"
                          : kind == KIND_CLIENT ? "clientAuth"
                                                : "OCSPSigning";
    bool named = kind != KIND_OCSP && c->alt_names[0] != '\0';
    return add_extension(x, issuer, NID_basic_constraints, "critical,CA:FALSE") &&
           add_extension(x, issuer, NID_key_usage, "critical,digitalSignature") &&
           add_extension(x, issuer, NID_ext_key_usage, purpose) &&
           add_extension(x, issuer, NID_subject_key_identifier, "hash") &&
           (!named || add_extension(x, issuer, NID_subject_alt_name, c->alt_names)) &&
           (kind != KIND_SERVER || !c->must_staple ||
            add_raw_extension(x, "1.3.6.1.5.5.7.1.24", must_staple, sizeof(must_staple))) &&
           // RFC 6960 §4.2.2.2.1: nobody asks whether the responder itself is revoked.
           (kind != KIND_OCSP ||
            add_raw_extension(x, "1.3.6.1.5.5.7.48.1.5", nothing, sizeof(nothing)));
}

static bool add_places(const struct ca *c, X509 *x, X509 *issuer)
{
    char text[2100];
    bool ok = true;
    if (c->ocsp_url != NULL) {
        snprintf(text, sizeof(text), "OCSP;URI:%s", c->ocsp_url);
        ok = add_extension(x, issuer, NID_info_access, text);
    }
    if (ok && c->crl_url != NULL) {
        snprintf(text, sizeof(text), "URI:%s", c->crl_url);
        ok = add_extension(x, issuer, NID_crl_distribution_points, text);
    }
    return ok;
}

static bool add_extensions(const struct ca *c, X509 *x, X509 *issuer, enum ca_kind kind)
{
    bool ok = kind == KIND_ROOT || kind == KIND_INTERMEDIATE
                  ? add_authority_extensions(c, x, issuer, kind == KIND_ROOT)
                  : add_leaf_extensions(c, x, issuer, kind);
    if (kind != KIND_ROOT) {
        ok = ok && add_extension(x, issuer, NID_authority_key_identifier, "keyid");
    }
    return ok && (kind == KIND_ROOT || kind == KIND_OCSP || add_places(c, x, issuer));
}

// ---- Certificates

static const char *subject_of(const struct ca *c, enum ca_kind kind)
{
    switch (kind) {
    case KIND_ROOT:
        return c->name != NULL ? c->name : "patina development CA";
    case KIND_INTERMEDIATE:
        return c->name != NULL ? c->name : "patina development intermediate CA";
    case KIND_OCSP:
        return "patina development OCSP responder";
    case KIND_SERVER:
    case KIND_CLIENT:
    default:
        return c->name;
    }
}

static X509 *make_cert(const struct ca *c, enum ca_kind kind, EVP_PKEY *key,
                       const struct pair *issuer)
{
    X509 *x = X509_new();
    if (x == NULL) {
        return NULL;
    }
    X509 *above = issuer != NULL ? issuer->cert : x;
    EVP_PKEY *signer = issuer != NULL ? issuer->key : key;
    const EVP_MD *digest = NULL;
    (void)sign_digest(signer, &digest);
    bool ok = X509_set_version(x, 2) == 1 && set_serial(x) &&
              set_name(X509_get_subject_name(x), subject_of(c, kind)) &&
              X509_set_issuer_name(x, X509_get_subject_name(above)) == 1 && set_dates(c, x, kind) &&
              X509_set_pubkey(x, key) == 1 && add_extensions(c, x, above, kind) &&
              X509_sign(x, signer, digest) > 0;
    if (!ok) {
        X509_free(x);
        return NULL;
    }
    return x;
}

int make_pair(const struct ca *c, enum ca_kind kind, const struct pair *issuer, struct pair *out)
{
    *out = (struct pair){0};
    int status = new_key(c, &out->key);
    if (status != EXIT_OK) {
        return status;
    }
    out->cert = make_cert(c, kind, out->key, issuer);
    return out->cert != NULL ? EXIT_OK
                             : ui_error(c->ui, EXIT_OTHER, "the certificate could not be made");
}

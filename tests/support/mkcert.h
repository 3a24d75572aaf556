// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Certificates made while a test runs, with libcrypto's X509 API. Any failure ends the test
// program. Link patina_mkcert.
//
//     struct test_cert root, leaf;
//     test_make_ca("Test Root", TEST_P256, NULL, &root);
//     test_make_server("a.test", "DNS:a.test,IP:127.0.0.1", TEST_P256, &root, &leaf);
//     ... leaf.der, leaf.pem, leaf.key_pem ...
//     test_cert_free(&leaf);
//     test_cert_free(&root);
#ifndef PTN_TESTS_MKCERT_H
#define PTN_TESTS_MKCERT_H

#include "patina/base.h"

enum test_key {
    TEST_P256 = 0,
    TEST_P384,
    TEST_P521,
    TEST_ED25519,
    TEST_RSA2048,
    TEST_RSA3072,
    TEST_RSA1024,   // refused by patina
    TEST_SECP256K1, // refused by patina
};

// A certificate with its private key.
struct test_cert {
    patina_span der;
    char *pem;     // CERTIFICATE block
    char *key_pem; // PRIVATE KEY block, PKCS#8, unencrypted
    void *x509_;   // libcrypto's
    void *pkey_;
};

enum { TEST_EXTENSIONS = 12 };

struct test_cert_options {
    const char *subject; // "C=DE/O=Example/CN=a.test"; NULL or "": no part at all
    enum test_key key;
    const struct test_cert *use_key_of; // NULL: a new key
    const char *digest;                 // "SHA256"; NULL: SHA256; Ed25519 has none
    bool pss;                           // RSA: sign with PSS
    int64_t not_before_s, not_after_s;  // 0: 2020-01-01 and 2049-12-31
    bool v1;                            // no extensions then
    const char *serial;                 // "0", "-5", decimal; NULL: a number not used before
    // As in openssl.cnf: "basicConstraints=critical,CA:TRUE", "subjectAltName=DNS:a.test",
    // "keyUsage=keyCertSign", "extendedKeyUsage=serverAuth",
    // "nameConstraints=permitted;DNS:a.test", "1.2.3.4=critical,DER:05:00",
    // "subjectKeyIdentifier=hash", "authorityKeyIdentifier=keyid". Repeating one repeats it in the
    // certificate.
    const char *extensions[TEST_EXTENSIONS];
};

// Makes a certificate signed by `issuer` (NULL: by itself). The issuer's name is the issuer's
// subject.
void test_issue(const struct test_cert_options *o, const struct test_cert *issuer,
                struct test_cert *out);

// A CA with CN=name, keyCertSign, key identifiers; `issuer` NULL: a root.
void test_make_ca(const char *name, enum test_key key, const struct test_cert *issuer,
                  struct test_cert *out);

// A server's certificate with CN=name, these names ("DNS:a.test,IP:127.0.0.1"), digitalSignature,
// serverAuth.
void test_make_server(const char *name, const char *san, enum test_key key,
                      const struct test_cert *issuer, struct test_cert *out);

// A client's certificate with CN=name, digitalSignature, clientAuth.
void test_make_client(const char *name, enum test_key key, const struct test_cert *issuer,
                      struct test_cert *out);

// The PEM blocks of several certificates behind each other; free() it.
char *test_chain_pem(const struct test_cert *const *certs, size_t count);

// The private key as PKCS#8 DER; free() its bytes.
patina_span test_key_der(const struct test_cert *c);

void test_cert_free(struct test_cert *c);

#endif

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Writes the seeds of the x509 targets: fuzz_x509_seeds fuzz/corpus. Keys are new each time, so a
// seed is replaced only when its file is removed first.
#include "mkcert.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char *corpus;

static void write_seed(const char *target, const char *name, const void *bytes, size_t len)
{
    char path[1024];
    (void)snprintf(path, sizeof path, "%s/%s", corpus, target);
    (void)mkdir(path, 0755);
    (void)snprintf(path, sizeof path, "%s/%s/%s", corpus, target, name);
    FILE *f = fopen(path, "wbx");
    if (f == NULL) {
        return; // there already
    }
    if (fwrite(bytes, 1, len, f) != len || fclose(f) != 0) {
        abort();
    }
}

// Certificates as fuzz_x509_path takes them.
static void write_path(const char *name, int bits, int roots, const struct test_cert *const *certs,
                       size_t count)
{
    unsigned char bytes[65536];
    size_t len = 2;
    bytes[0] = (unsigned char)bits;
    bytes[1] = (unsigned char)roots;
    for (size_t i = 0; i < count; i++) {
        bytes[len] = (unsigned char)(certs[i]->der.len >> 8);
        bytes[len + 1] = (unsigned char)(certs[i]->der.len & 0xff);
        memcpy(bytes + len + 2, certs[i]->der.ptr, certs[i]->der.len);
        len += 2 + certs[i]->der.len;
    }
    write_seed("x509_path", name, bytes, len);
}

static void write_names(void)
{
    static const struct {
        const char *file, *bytes;
        size_t len;
    } seeds[] = {
#define SEED(file, text) {file, text, sizeof(text) - 1}
        SEED("dns", "www.a.test\n\x82\x0awww.a.test"),
        SEED("wildcard", "www.a.test\n\x82\x08*.a.test"),
        SEED("ipv4", "192.0.2.1\n\x87\x04\xc0\x00\x02\x01"),
        SEED("ipv6", "2001:db8::1\n\x87\x10\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x01"),
        SEED("ipv6_ipv4", "::ffff:192.0.2.1\n"),
        SEED("dot", "a.test.\n\x82\x06"
                    "a.test"),
        SEED("dn", "x\n\x30\x0e\x31\x0c\x30\x0a\x06\x03\x55\x04\x03\x0c\x03\xc3\xa4z"),
        SEED("bmp", "x\n\x30\x0d\x31\x0b\x30\x09\x06\x03\x55\x04\x03\x1e\x02\x20\xac"),
        SEED("permitted", "x\n\xa0\x0a\x30\x08\x82\x06"
                          "a.test"),
        SEED("excluded_ip", "x\n\xa1\x0c\x30\x0a\x87\x08\xc0\x00\x02\x00\xff\xff\xff\x00"),
    };
    for (size_t i = 0; i < sizeof seeds / sizeof seeds[0]; i++) {
        write_seed("x509_name", seeds[i].file, seeds[i].bytes, seeds[i].len);
    }
}

static void write_pem(const struct test_cert *root, const struct test_cert *leaf)
{
    char text[16384];
    const struct test_cert *const both[] = {leaf, root};
    char *chain = test_chain_pem(both, 2);
    write_seed("x509_pem", "chain", chain, strlen(chain));
    (void)snprintf(text, sizeof text, "# text\r\n%s\nmore\n%s", leaf->key_pem, root->pem);
    write_seed("x509_pem", "key_and_root", text, strlen(text));
    (void)snprintf(
        text, sizeof text,
        "-----BEGIN CERTIFICATE-----\nAA==\n%s-----BEGIN X-----\nY W\tI=\n-----END Y-----",
        root->pem);
    write_seed("x509_pem", "bad_blocks", text, strlen(text));
    free(chain);
}

int main(int argc, char **argv)
{
    static const enum test_key kinds[] = {TEST_P256, TEST_P384, TEST_P521, TEST_ED25519,
                                          TEST_RSA2048};
    static const char *const kind_names[] = {"p256", "p384", "p521", "ed25519", "rsa"};
    struct test_cert root;
    struct test_cert ca;
    struct test_cert leaf;
    struct test_cert far_leaf;
    struct test_cert constrained;
    struct test_cert old_root;
    struct test_cert client;
    if (argc != 2) {
        return 2;
    }
    corpus = argv[1];
    test_make_ca("Root", TEST_P256, NULL, &root);
    test_make_ca("CA", TEST_P256, &root, &ca);
    test_make_server(
        "a.test",
        "DNS:a.test,DNS:*.b.test,IP:192.0.2.1,IP:2001:db8::1,email:x@a.test,URI:spiffe://a.test/x",
        TEST_P256, &root, &leaf);
    test_make_server("a.test", "DNS:a.test", TEST_P256, &ca, &far_leaf);
    test_make_client("someone", TEST_P256, &ca, &client);
    test_issue(
        &(struct test_cert_options){.subject = "C=DE/ST=B/L=B/O=Old/OU=U/CN=Old", .v1 = true}, NULL,
        &old_root);
    test_issue(
        &(struct test_cert_options){
            .subject = "CN=CA",
            .use_key_of = &ca,
            .extensions =
                {"basicConstraints=critical,CA:TRUE,pathlen:0", "keyUsage=keyCertSign",
                 "nameConstraints=critical,permitted;DNS:a.test,excluded;DNS:x.a.test,permitted;IP:"
                 "192.0.2.0/255.255.255.0,excluded;email:b.test",
                 "extendedKeyUsage=serverAuth,clientAuth", "1.2.3.4=critical,DER:05:00"}},
        &root, &constrained);
    const struct test_cert *const certs[] = {&root,        &ca,       &leaf,  &far_leaf,
                                             &constrained, &old_root, &client};
    static const char *const names[] = {"root",        "ca",       "leaf",  "far_leaf",
                                        "constrained", "version1", "client"};
    for (size_t i = 0; i < sizeof certs / sizeof certs[0]; i++) {
        write_seed("x509_cert", names[i], certs[i]->der.ptr, certs[i]->der.len);
    }
    write_path("direct", 0, 1, (const struct test_cert *const[]){&root, &leaf}, 2);
    write_path("between", 2, 1, (const struct test_cert *const[]){&root, &far_leaf, &ca, &root}, 4);
    write_path("constrained", 0, 1,
               (const struct test_cert *const[]){&root, &far_leaf, &constrained, &ca}, 4);
    write_path("client", 1, 2, (const struct test_cert *const[]){&old_root, &root, &client, &ca},
               4);
    write_path("unknown", 0, 1, (const struct test_cert *const[]){&old_root, &far_leaf, &ca}, 3);
    write_path("self_signed", 0, 1, (const struct test_cert *const[]){&root, &root}, 2);
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        struct test_cert c;
        test_make_ca(kind_names[i], kinds[i], NULL, &c);
        write_seed("x509_cert", kind_names[i], c.der.ptr, c.der.len);
        test_cert_free(&c);
    }
    write_names();
    write_pem(&root, &leaf);
    struct test_cert *const all[] = {&root,        &ca,       &leaf,  &far_leaf,
                                     &constrained, &old_root, &client};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        test_cert_free(all[i]);
    }
    return 0;
}

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

static const struct {
    const char *file, *bytes;
    size_t len;
} name_seeds[] = {
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
    // Constraints, and what is laid under them.
    SEED("uri", "https://me@a.test:1/x\x3fy#z\x0a\x86\x19https://me@a.test:1/x\x3fy#z"),
    SEED("spiffe", "spiffe://a.test/x/y\x0a\x82\x06"
                   "b.test\x86\x13spiffe://a.test/x/y"),
    SEED("spiffe_two", "spiffe://a.test/x\x0a\x86\x11spiffe://a.test/x\x86\x12https://a.test/%41"),
    SEED("mailboxes", "x\x0a\xa0\x22"
                      "0\x08\x81\x06"
                      "a.test0\x09\x81\x07.b.test0\x0b\x81\x09me@c.test\xa1\x1b"
                      "0\x0c\x81\x0ayou@a.test0\x0b\x81\x09.x.b.test0#\x81\x09me@a."
                      "test\x81\x0bme@y.b.test\x81\x09me@c.test"),
    SEED("mailbox_bad", "x\x0a\xa1\x0a"
                        "0\x08\x81\x06"
                        "a.test0\x0c\x81\x0ax@y@a.test"),
    SEED("uris", "x\x0a\xa0\x15"
                 "0\x08\x86\x06"
                 "a.test0\x09\x86\x07.b.test\xa1\x0c"
                 "0\x0a\x86\x08x.b.test0&\x86\x0fhttps://a.test/\x86\x13spiffe://y.b.test/z"),
    SEED("uri_out", "x\x0a\xa0\x0a"
                    "0\x08\x86\x06"
                    "a.test0\x10\x86\x0ehttps://[::1]/"),
    SEED("below", "x\x0a\xa0\x0b"
                  "0\x09\x82\x07.a.test\xa1\x0c"
                  "0\x0a\x82\x08x.a.test0\x16\x82\x08y.a.test\x82\x0a*.b.a.test"),
    SEED("wild_excluded", "x\x0a\xa1\x0c"
                          "0\x0a\x82\x08x.a.test0\x0a\x82\x08*.a.test"),
    SEED("addresses", "x\x0a\xa0\x0c"
                      "0\x0a\x87\x08\xc0\x00\x02\x00\xff\xff\xff\x00\xa1\x0c"
                      "0\x0a\x87\x08\xc0\x00\x02\x80\xff\xff\xff\xff"
                      "0\x06\x87\x04\xc0\x00\x02\x01"),
    SEED("directory", "x\x0a\xa0 0\x1e\xa4\x1c"
                      "0\x1a"
                      "1\x18"
                      "0\x16\x06\x03U\x04\x0a\x0c\x0f Acme  Widgets 0#1\x15"
                      "0\x13\x06\x03U\x04\x0a\x13\x0c"
                      "acme widgets1\x0a"
                      "0\x08\x06\x03U\x04\x03\x0c\x01x"),
    SEED("directory_out", "x\x0a\xa0!0\x1f\xa4\x1d"
                          "0\x1b"
                          "1\x0d"
                          "0\x0b\x06\x03U\x04\x0a\x0c\x04"
                          "Acme1\x0a"
                          "0\x08\x06\x03U\x04\x03\x0c\x01x\xa1\x16"
                          "0\x14\xa4\x12"
                          "0\x10"
                          "1\x0e"
                          "0\x0c\x06\x03U\x04\x0a\x0c\x05Other0\x1b"
                          "1\x0d"
                          "0\x0b\x06\x03U\x04\x0a\x0c\x04"
                          "ACME1\x0a"
                          "0\x08\x06\x03U\x04\x03\x0c\x01y"),
    SEED("directory_unsure", "x\x0a\xa1\x13"
                             "0\x11\xa4\x0f"
                             "0\x0d"
                             "1\x0b"
                             "0\x09\x06\x03U\x04\x0a\x0c\x02\xc3\x84"
                             "0\x0d"
                             "1\x0b"
                             "0\x09\x06\x03U\x04\x0a\x0c\x02\xc3\xa4"),
    SEED("directory_two", "x\x0a\xa0\x1c"
                          "0\x1a\xa4\x18"
                          "0\x16"
                          "1\x14"
                          "0\x08\x06\x03U\x04\x03\x0c\x01"
                          "a0\x08\x06\x03U\x04\x0a\x0c\x01"
                          "b0\x16"
                          "1\x14"
                          "0\x08\x06\x03U\x04\x03\x0c\x01"
                          "a0\x08\x06\x03U\x04\x0a\x0c\x01"
                          "b"),
    SEED("directory_san", "x\x0a\xa0\x12"
                          "0\x10\xa4\x0e"
                          "0\x0c"
                          "1\x0a"
                          "0\x08\x06\x03U\x04\x0a\x0c\x01"
                          "A0\x10\xa4\x0e"
                          "0\x0c"
                          "1\x0a"
                          "0\x08\x06\x03U\x04\x0a\x0c\x01"
                          "a"),
    SEED("subject_mail", "x\x0a\xa0\x0a"
                         "0\x08\x81\x06"
                         "a.test0&1\x0a"
                         "0\x08\x06\x03U\x04\x0a\x0c\x01"
                         "A1\x18"
                         "0\x16\x06\x09*\x86H\x86\xf7\x0d\x01\x09\x01\x16\x09me@a.test"),
    SEED("others",
         "x\x0a\xa1\x0a"
         "0\x08\x81\x06"
         "a.test0\x19\xa0\x17\x06\x08+\x06\x01\x05\x05\x07\x08\x09\xa0\x0b\x0c\x09me@a.test"),
    SEED("registered", "x\x0a\xa1\x07"
                       "0\x05\x88\x03*\x03\x04"
                       "0\x05\x88\x03*\x03\x04"),
};

static void write_names(void)
{
    for (size_t i = 0; i < sizeof name_seeds / sizeof name_seeds[0]; i++) {
        write_seed("x509_name", name_seeds[i].file, name_seeds[i].bytes, name_seeds[i].len);
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

// A name of each kind under a constraint of its kind.
static void write_constrained(const struct test_cert *root)
{
    struct test_cert ca;
    struct test_cert leaf;
    test_issue(
        &(struct test_cert_options){
            .subject = "CN=CA",
            .extensions =
                {"basicConstraints=critical,CA:TRUE", "keyUsage=keyCertSign",
                 "nameConstraints=critical,permitted;DNS:a.test,excluded;DNS:x.a.test,permitted;IP:"
                 "192.0.2.0/255.255.255.0,permitted;email:a.test,permitted;email:me@b.test,"
                 "excluded;email:.x.test,permitted;URI:a.test,excluded;URI:.b.test"}},
        root, &ca);
    test_issue(
        &(struct test_cert_options){.subject = "O=Example/CN=x/emailAddress=me@b.test",
                                    .extensions = {"subjectAltName=DNS:a.test,DNS:*.b.a.test,"
                                                   "IP:192.0.2.1,email:x@a.test,"
                                                   "URI:spiffe://a.test/x",
                                                   "extendedKeyUsage=serverAuth"}},
        &ca, &leaf);
    write_path("every_kind", 0, 1, (const struct test_cert *const[]){root, &leaf, &ca}, 3);
    test_cert_free(&leaf);
    test_cert_free(&ca);
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
    write_constrained(&root);
    write_names();
    write_pem(&root, &leaf);
    struct test_cert *const all[] = {&root,        &ca,       &leaf,  &far_leaf,
                                     &constrained, &old_root, &client};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        test_cert_free(all[i]);
    }
    return 0;
}

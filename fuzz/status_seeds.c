// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Writes the seeds of the targets of revocation: fuzz_status_seeds fuzz/corpus. Keys are new each
// time, so a seed is replaced only when its file is removed first. Issuers are named in OCSP
// answers by the digests of the null provider, under which the targets run.
#include "mkstatus.h"
#include "null_provider.h"

#include "x509/cert.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char *corpus;
static const struct patina_provider *provider;
static struct test_cert root, leaf, pointed, authority, delegate, must_staple;

static void write_seed(const char *target, const char *name, const uint8_t *head, size_t head_len,
                       const struct test_cert *cert, const patina_span *rest, size_t rest_count)
{
    char path[1024];
    (void)snprintf(path, sizeof path, "%s/%s", corpus, target);
    (void)mkdir(path, 0755);
    (void)snprintf(path, sizeof path, "%s/%s/%s", corpus, target, name);
    FILE *f = fopen(path, "wbx");
    if (f == NULL) {
        return; // there already
    }
    const patina_span certs[2] = {cert->der, root.der};
    bool good = fwrite(head, 1, head_len, f) == head_len;
    for (size_t i = 0; i < 2; i++) {
        const uint8_t len[2] = {(uint8_t)(certs[i].len >> 8), (uint8_t)(certs[i].len & 0xff)};
        good = good && fwrite(len, 1, 2, f) == 2 &&
               fwrite(certs[i].ptr, 1, certs[i].len, f) == certs[i].len;
    }
    for (size_t i = 0; i < rest_count; i++) {
        good = good && fwrite(rest[i].ptr, 1, rest[i].len, f) == rest[i].len;
    }
    if (!good || fclose(f) != 0) {
        abort();
    }
}

static void write_list(const char *name, uint8_t bits, uint8_t piece, const struct test_cert *cert,
                       struct test_crl_options o)
{
    const uint8_t head[2] = {bits, piece};
    o.issuer = o.issuer == NULL ? &root : o.issuer;
    patina_span der = test_make_crl(&o);
    write_seed("x509_crl", name, head, 2, cert, &der, 1);
    status_free(der);
}

static void write_lists(void)
{
    const char *const entry = test_crl_entry(&leaf, TEST_REASON("01"));
    write_list("none", 0, 7, &leaf, (struct test_crl_options){.entries = NULL});
    write_list("listed", 16, 0, &leaf, (struct test_crl_options){.entries = entry});
    write_list("old", 0, 64, &leaf,
               (struct test_crl_options){.version = "", .extensions = "", .next_update = ""});
    write_list("expired", 4, 1, &leaf,
               (struct test_crl_options){.next_update = "18{ '20261102000000Z' }"});
    write_list("future", 2, 0, &leaf,
               (struct test_crl_options){.this_update = "17{ '270101000000Z' }"});
    write_list("point", 0, 0, &pointed,
               (struct test_crl_options){
                   .extensions = TEST_CRL_NUMBER("0102")
                       TEST_CRL_SCOPE("a0{ a0{ 86{ 'http://a.test/2' } } } 8101ff 830307 7f80")});
    write_list("relative", 0, 0, &pointed,
               (struct test_crl_options){
                   .extensions = TEST_CRL_SCOPE("a0{ a1{ 30{ 0603550403 0c{ 'x' } } } }")});
    write_list("authorities", 1, 0, &authority,
               (struct test_crl_options){.extensions = TEST_CRL_SCOPE("8201ff")});
    write_list("delta", 0, 0, &leaf,
               (struct test_crl_options){.extensions = "30{ 0603551d1b 0101ff 04{ 020101 } }"});
    write_list("indirect", 0, 0, &leaf,
               (struct test_crl_options){.extensions = TEST_CRL_SCOPE("8401ff")});
    write_list("entry_extensions", 0, 0, &leaf,
               (struct test_crl_options){
                   .entries = "30{ 020105 17{ '261101000000Z' } 30{ 30{ 0603551d18 04{ 18{ "
                              "'20261101000000Z' } } } 30{ 0603551d17 0400 } } } "});
    write_list("entry_issuer", 0, 0, &leaf,
               (struct test_crl_options){
                   .entries = "30{ 020105 17{ '261101000000Z' } 30{ 30{ 0603551d1d 0101ff 0400 } } "
                              "}"});
    patina_span both[2] = {
        test_make_crl(&(struct test_crl_options){.issuer = &root, .entries = entry}),
        test_make_crl(
            &(struct test_crl_options){.issuer = &root, .extensions = TEST_CRL_NUMBER("02")})};
    const uint8_t head[2] = {0, 100};
    write_seed("x509_crl", "two", head, 2, &leaf, both, 2);
    status_free(both[0]);
    status_free(both[1]);
}

// ---- OCSP

static const char *hex_of(const struct patina_digest *d, char *to, size_t size)
{
    size_t at = (size_t)snprintf(to, size, "04{ ");
    for (size_t i = 0; i < d->len; i++) {
        at += (size_t)snprintf(to + at, size - at, "%02x", d->bytes[i]);
    }
    (void)snprintf(to + at, size - at, " }");
    return to;
}

static char name_hash[100], key_hash[100], responder_id[120], delegate_id[120], long_name_hash[100],
    long_key_hash[100];

static void make_digests(void)
{
    struct ptn_cert cert;
    struct ptn_cert other;
    struct patina_digest d;
    const struct patina_hash *sha256 = provider->hmac_sha256->hash;
    if (ptn_cert_parse(root.der, &cert) != PATINA_OK ||
        ptn_cert_parse(delegate.der, &other) != PATINA_OK) {
        abort();
    }
    (void)provider->certid_sha1(provider, cert.subject, &d);
    (void)hex_of(&d, name_hash, sizeof name_hash);
    (void)provider->certid_sha1(provider, cert.spki.public_key, &d);
    (void)hex_of(&d, key_hash, sizeof key_hash);
    (void)snprintf(responder_id, sizeof responder_id, "a2{ %s }", key_hash);
    (void)provider->certid_sha1(provider, other.spki.public_key, &d);
    char inner[90];
    (void)snprintf(delegate_id, sizeof delegate_id, "a2{ %s }", hex_of(&d, inner, sizeof inner));
    (void)sha256->once(sha256, &cert.subject, 1, &d);
    (void)hex_of(&d, long_name_hash, sizeof long_name_hash);
    (void)sha256->once(sha256, &cert.spki.public_key, 1, &d);
    (void)hex_of(&d, long_key_hash, sizeof long_key_hash);
}

static void write_answer(const char *name, uint8_t bits, const struct test_cert *cert,
                         struct test_ocsp_options o)
{
    o.signer = &root;
    o.responder_id = o.responder_id == NULL && !o.by_name ? responder_id : o.responder_id;
    for (size_t i = 0; i < TEST_ANSWERS && o.answers[i].issuer != NULL; i++) {
        o.answers[i].name_hash = o.answers[i].sha256 ? long_name_hash : name_hash;
        o.answers[i].key_hash = o.answers[i].sha256 ? long_key_hash : key_hash;
    }
    patina_span der = test_make_ocsp(&o);
    write_seed("x509_ocsp", name, &bits, 1, cert, &der, 1);
    status_free(der);
}

#define OF(...) {.issuer = &root, __VA_ARGS__}
#define TIME "18{ '20261120000000Z' }"

static void write_answers(void)
{
    write_answer("good", 0, &leaf, (struct test_ocsp_options){.answers = {OF(.cert = &leaf)}});
    write_answer("sha256", 0, &leaf,
                 (struct test_ocsp_options){.answers = {OF(.cert = &leaf, .sha256 = true)}});
    write_answer("by_name", 8, &leaf,
                 (struct test_ocsp_options){.by_name = true, .answers = {OF(.cert = &leaf)}});
    write_answer("revoked", 0, &leaf,
                 (struct test_ocsp_options){
                     .answers = {OF(.cert = &leaf, .status = "a1{ " TIME " a0{ 0a0101 } }")}});
    write_answer("unknown", 2, &leaf,
                 (struct test_ocsp_options){.answers = {OF(.cert = &leaf, .status = "8200")}});
    write_answer("several", 0, &leaf,
                 (struct test_ocsp_options){.answers = {OF(.cert = &pointed),
                                                        OF(.cert = &leaf, .next_update = ""),
                                                        OF(.cert = &authority)}});
    write_answer(
        "old", 4, &leaf,
        (struct test_ocsp_options){
            .answers = {OF(.cert = &leaf, .next_update = "a0{ 18{ '20261120000001Z' } }")}});
    write_answer("future", 0, &leaf,
                 (struct test_ocsp_options){
                     .answers = {OF(.cert = &leaf, .this_update = "18{ '20270101000000Z' }")}});
    write_answer("delegate", 0, &leaf,
                 (struct test_ocsp_options){.responder_id = delegate_id,
                                            .with = {&root, &delegate},
                                            .answers = {OF(.cert = &leaf)}});
    write_answer("no_delegate", 0, &leaf,
                 (struct test_ocsp_options){.responder_id = delegate_id,
                                            .certs = "a0{ 30{ 30{ } } }",
                                            .answers = {OF(.cert = &leaf)}});
    write_answer(
        "extensions", 0, &leaf,
        (struct test_ocsp_options){
            .extensions = "a1{ 30{ 30{ 06092b0601050507300102 0400 } } }",
            .answers = {OF(.cert = &leaf, .extensions = "a1{ 30{ 30{ 06012a 0400 } } }")}});
    write_answer("critical", 0, &leaf,
                 (struct test_ocsp_options){.extensions = "a1{ 30{ 30{ 06012a 0101ff 0400 } } }",
                                            .answers = {OF(.cert = &leaf)}});
    write_answer("try_later", 2, &leaf,
                 (struct test_ocsp_options){.response_status = "0a0103", .response_bytes = ""});
    write_answer("must_staple", 0, &must_staple,
                 (struct test_ocsp_options){.answers = {OF(.cert = &must_staple)}});
    const uint8_t nothing = 0;
    write_seed("x509_ocsp", "missing", &nothing, 1, &must_staple, NULL, 0);
}

static void issue(struct test_cert *out, const char *subject, const char *a, const char *b)
{
    test_issue(&(struct test_cert_options){.subject = subject, .extensions = {a, b}}, &root, out);
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        return 2;
    }
    corpus = argv[1];
    provider = null_provider_new(1);
    test_make_ca("Root", TEST_P256, NULL, &root);
    test_make_ca("CA", TEST_P256, &root, &authority);
    issue(&leaf, "CN=a.test", "subjectAltName=DNS:a.test", NULL);
    issue(&pointed, "CN=a.test", "subjectAltName=DNS:a.test",
          "crlDistributionPoints=URI:http://a.test/1,URI:http://a.test/2");
    issue(&delegate, "CN=Responder", "extendedKeyUsage=OCSPSigning", "keyUsage=digitalSignature");
    issue(&must_staple, "CN=a.test", "subjectAltName=DNS:a.test",
          "1.3.6.1.5.5.7.1.24=DER:30:03:02:01:05");
    make_digests();
    write_lists();
    write_answers();
    patina_provider_unref(provider);
    struct test_cert *const all[] = {&root, &leaf, &pointed, &authority, &delegate, &must_staple};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        test_cert_free(all[i]);
    }
    return 0;
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// usage: generate SEED COUNT   writes COUNT cases, a line each, to standard output:
//
//     ID WHICH CHANGES ROOT LEAF INTERMEDIATE        (the last three in hex)
//
// CHANGES is "PART.KIND:ELEMENT/TAG", "+" between several; PART is the field of the certificate.
//
// Each is the same good chain (root, intermediate, leaf for "a.test"; P-256) with the signed part
// of one certificate changed at random, element by element, and signed again: signatures hold, so
// that what stands inside is judged. The same seed makes the same changes.
#include "mkcert.h"

#include <openssl/evp.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_NODES = 512, MAX_CHILDREN = 48, MAX_DER = 8192, MAX_DEPTH = 12 };

static void must(bool ok, const char *what)
{
    if (!ok) {
        (void)fprintf(stderr, "generate: %s\n", what);
        exit(1);
    }
}

// ---- Chance, repeatable

static uint64_t chance_state;

static uint64_t chance(uint64_t below)
{
    chance_state ^= chance_state << 13;
    chance_state ^= chance_state >> 7;
    chance_state ^= chance_state << 17;
    return (chance_state >> 11) % below;
}

// ---- A tree of DER elements

struct node {
    uint8_t tag;
    bool long_length;    // its length in one octet more than needed
    bool in_octets;      // an OCTET STRING whose contents are elements
    uint8_t bytes[1024]; // of a primitive one
    size_t len;
    size_t children[MAX_CHILDREN];
    size_t children_count;
};

static struct node nodes[MAX_NODES];
static size_t nodes_count;

static bool read_header(const uint8_t *p, size_t left, size_t *header, size_t *len)
{
    if (left < 2 || (p[0] & 0x1f) == 0x1f) {
        return false;
    }
    *header = 2;
    *len = p[1];
    if (p[1] == 0x81 && left >= 3) {
        *header = 3;
        *len = p[2];
    } else if (p[1] == 0x82 && left >= 4) {
        *header = 4;
        *len = (size_t)(p[2] << 8 | p[3]);
    } else if (p[1] >= 0x80) {
        return false;
    }
    return *len <= left - *header;
}

static bool parse_list(struct node *parent, const uint8_t *p, size_t len, int depth);

static bool parse_node(const uint8_t *p, size_t left, int depth, size_t *out_index, size_t *out_len)
{
    size_t header;
    size_t len;
    if (depth == MAX_DEPTH || nodes_count == MAX_NODES || !read_header(p, left, &header, &len)) {
        return false;
    }
    size_t index = nodes_count;
    nodes_count++;
    struct node *n = &nodes[index];
    memset(n, 0, sizeof *n);
    n->tag = p[0];
    *out_index = index;
    *out_len = header + len;
    if ((p[0] & 0x20) != 0) {
        return parse_list(n, p + header, len, depth + 1);
    }
    size_t saved = nodes_count;
    if (p[0] == 0x04 && len >= 2 && parse_list(n, p + header, len, depth + 1)) {
        n->in_octets = true;
        return true;
    }
    nodes_count = saved;
    n->children_count = 0;
    n->len = len;
    must(len <= sizeof n->bytes, "an element too long");
    memcpy(n->bytes, p + header, len);
    return true;
}

static bool parse_list(struct node *parent, const uint8_t *p, size_t len, int depth)
{
    size_t at = 0;
    while (at < len) {
        size_t index;
        size_t used;
        if (parent->children_count == MAX_CHILDREN ||
            !parse_node(p + at, len - at, depth, &index, &used)) {
            return false;
        }
        parent->children[parent->children_count] = index;
        parent->children_count++;
        at += used;
    }
    return true;
}

static size_t write_node(const struct node *n, uint8_t *out)
{
    uint8_t *body = malloc(MAX_DER);
    must(body != NULL, "memory");
    size_t len = 0;
    if (n->children_count == 0) {
        memcpy(body, n->bytes, n->len);
        len = n->len;
    }
    for (size_t i = 0; i < n->children_count; i++) {
        len += write_node(&nodes[n->children[i]], body + len);
        must(len < MAX_DER - 2048, "a certificate too long");
    }
    size_t at = 0;
    out[at++] = n->tag;
    if (len < 0x80 && !n->long_length) {
        out[at++] = (uint8_t)len;
    } else if (len < 0x100 && !(n->long_length && len >= 0x80)) {
        out[at++] = 0x81;
        out[at++] = (uint8_t)len;
    } else {
        out[at++] = 0x82;
        out[at++] = (uint8_t)(len >> 8);
        out[at++] = (uint8_t)len;
    }
    memcpy(out + at, body, len);
    free(body);
    return at + len;
}

// ---- The field of the certificate that an element belongs to

static const char *parts[MAX_NODES];

static void name_part(size_t index, const char *part)
{
    parts[index] = part;
    for (size_t i = 0; i < nodes[index].children_count; i++) {
        name_part(nodes[index].children[i], part);
    }
}

// An extension by the last octet of its OID, 2.5.29.n.
static const char *extension_name(const struct node *extension)
{
    static const struct {
        uint8_t last;
        const char *name;
    } names[] = {{0x13, "basicConstraints"},     {0x0f, "keyUsage"},
                 {0x0e, "subjectKeyIdentifier"}, {0x23, "authorityKeyIdentifier"},
                 {0x25, "extKeyUsage"},          {0x20, "certificatePolicies"},
                 {0x11, "subjectAltName"},       {0x1e, "nameConstraints"}};
    const struct node *oid = &nodes[extension->children[0]];
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (oid->len == 3 && oid->bytes[2] == names[i].last) {
            return names[i].name;
        }
    }
    return "extension";
}

// TBSCertificate, RFC 5280 §4.1, as it is before any change.
static void name_parts(size_t tbs)
{
    static const char *const fields[] = {"version",  "serialNumber", "signature", "issuer",
                                         "validity", "subject",      "publicKey", "extensions"};
    parts[tbs] = "certificate";
    must(nodes[tbs].children_count == 8, "TBSCertificate has eight fields");
    for (size_t i = 0; i < 8; i++) {
        name_part(nodes[tbs].children[i], fields[i]);
    }
    const struct node *list = &nodes[nodes[nodes[tbs].children[7]].children[0]];
    for (size_t i = 0; i < list->children_count; i++) {
        name_part(list->children[i], extension_name(&nodes[list->children[i]]));
    }
}

// ---- Changes

static const uint8_t tags[] = {0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0a, 0x0c, 0x13,
                               0x14, 0x16, 0x17, 0x18, 0x1e, 0x30, 0x31, 0x80, 0x81,
                               0x82, 0x83, 0x86, 0x87, 0xa0, 0xa1, 0xa3, 0xa4};

static const char *change_list(struct node *n)
{
    if (n->children_count == 0) {
        return NULL;
    }
    size_t i = chance(n->children_count);
    size_t j = chance(n->children_count);
    size_t moved = n->children[i];
    switch (chance(4)) {
    case 0:
        memmove(&n->children[i], &n->children[i + 1],
                (n->children_count - i - 1) * sizeof n->children[0]);
        n->children_count--;
        return "delete";
    case 1:
        if (n->children_count == MAX_CHILDREN) {
            return NULL;
        }
        n->children[n->children_count] = moved;
        n->children_count++;
        return "repeat";
    case 2:
        n->children[i] = n->children[j];
        n->children[j] = moved;
        return i == j ? NULL : "swap";
    default:
        if (n->children_count == MAX_CHILDREN) {
            return NULL;
        }
        n->children[n->children_count] = chance(nodes_count);
        // Only what has no children: the tree stays a tree.
        if (nodes[n->children[n->children_count]].children_count != 0) {
            return NULL;
        }
        n->children_count++;
        return "insert";
    }
}

static const char *change_bytes(struct node *n)
{
    switch (chance(6)) {
    case 0:
        if (n->len == 0) {
            return NULL;
        }
        n->bytes[chance(n->len)] ^= (uint8_t)(1u << chance(8));
        return "bit";
    case 1:
        if (n->len == 0) {
            return NULL;
        }
        n->bytes[chance(n->len)] = (uint8_t)chance(256);
        return "byte";
    case 2:
        n->len = 0;
        return "empty";
    case 3:
        if (n->len == 0) {
            return NULL;
        }
        n->len--;
        return "shorten";
    case 4:
        if (n->len == sizeof n->bytes) {
            return NULL;
        }
        n->bytes[n->len] = (uint8_t)chance(256);
        n->len++;
        return "lengthen";
    default:
        if (n->len == sizeof n->bytes) {
            return NULL;
        }
        memmove(n->bytes + 1, n->bytes, n->len);
        n->bytes[0] = 0;
        n->len++;
        return "zero";
    }
}

static const char *change(struct node *n)
{
    uint64_t kind = chance(10);
    if (kind == 0) {
        n->tag = tags[chance(sizeof tags)];
        return "tag";
    }
    if (kind == 1) {
        n->long_length = true;
        return "length";
    }
    return n->children_count != 0 ? change_list(n) : change_bytes(n);
}

// ---- A certificate changed and signed again

// Gives where the first element of the certificate, its TBSCertificate, stands.
static patina_span tbs_of(patina_span der)
{
    size_t header;
    size_t len;
    size_t inner;
    must(read_header(der.ptr, der.len, &header, &len), "not DER");
    must(read_header(der.ptr + header, len, &inner, &len), "no TBSCertificate");
    return (patina_span){der.ptr + header, inner + len};
}

static size_t sign_again(const uint8_t *tbs, size_t tbs_len, void *key, uint8_t *out)
{
    static const uint8_t algorithm[] = {0x30, 0x0a, 0x06, 0x08, 0x2a, 0x86,
                                        0x48, 0xce, 0x3d, 0x04, 0x03, 0x02};
    uint8_t signature[128];
    size_t signature_len = sizeof signature;
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    must(ctx != NULL && EVP_DigestSignInit(ctx, NULL, EVP_sha256(), NULL, key) == 1 &&
             EVP_DigestSign(ctx, signature, &signature_len, tbs, tbs_len) == 1,
         "signing");
    EVP_MD_CTX_free(ctx);
    size_t len = tbs_len + sizeof algorithm + 3 + signature_len;
    size_t at = 0;
    must(len >= 0x80 && len < MAX_DER - 16, "a certificate of odd length");
    out[at++] = 0x30;
    out[at++] = len < 0x100 ? 0x81 : 0x82;
    if (len >= 0x100) {
        out[at++] = (uint8_t)(len >> 8);
    }
    out[at++] = (uint8_t)len;
    memcpy(out + at, tbs, tbs_len);
    at += tbs_len;
    memcpy(out + at, algorithm, sizeof algorithm);
    at += sizeof algorithm;
    out[at++] = 0x03;
    out[at++] = (uint8_t)(signature_len + 1);
    out[at++] = 0;
    memcpy(out + at, signature, signature_len);
    return at + signature_len;
}

static size_t mutate(const struct test_cert *cert, const struct test_cert *issuer, uint8_t *out,
                     char *what, size_t what_cap)
{
    static uint8_t tbs[MAX_DER];
    patina_span old = tbs_of(cert->der);
    size_t root;
    size_t used;
    nodes_count = 0;
    must(parse_node(old.ptr, old.len, 0, &root, &used), "TBSCertificate is not understood");
    name_parts(root);
    uint64_t changes = 1 + (chance(4) == 0);
    what[0] = 0;
    while (changes != 0) {
        size_t i = chance(nodes_count);
        const char *name = change(&nodes[i]);
        if (name != NULL) {
            size_t len = strlen(what);
            (void)snprintf(what + len, what_cap - len, "%s%s.%s:%zu/%02x", len == 0 ? "" : "+",
                           parts[i], name, i, nodes[i].tag);
            changes--;
        }
    }
    return sign_again(tbs, write_node(&nodes[root], tbs), issuer->pkey_, out);
}

static void print_hex(const uint8_t *p, size_t len, char end)
{
    for (size_t i = 0; i < len; i++) {
        (void)printf("%02x", p[i]);
    }
    (void)putchar(end);
}

int main(int argc, char **argv)
{
    must(argc == 3, "usage: generate SEED COUNT");
    chance_state = strtoull(argv[1], NULL, 10) * UINT64_C(0x9e3779b97f4a7c15) + 1;
    uint64_t count = strtoull(argv[2], NULL, 10);
    struct test_cert certs[3]; // root, intermediate, leaf
    const struct test_cert_options intermediate = {
        .subject = "C=DE/O=Example/CN=Intermediate",
        .extensions = {"basicConstraints=critical,CA:TRUE,pathlen:0",
                       "keyUsage=critical,keyCertSign,cRLSign", "subjectKeyIdentifier=hash",
                       "authorityKeyIdentifier=keyid", "extendedKeyUsage=serverAuth,clientAuth",
                       "2.5.29.32=DER:30:0a:30:08:06:06:67:81:0c:01:02:01",
                       "nameConstraints=permitted;DNS:test,excluded;IP:10.0.0.0/255.0.0.0"}};
    const struct test_cert_options leaf = {
        .subject = "CN=a.test",
        .not_before_s = 1790000000,
        .not_after_s = 1800000000,
        .extensions = {"basicConstraints=critical,CA:FALSE", "keyUsage=critical,digitalSignature",
                       "subjectKeyIdentifier=hash", "authorityKeyIdentifier=keyid",
                       "extendedKeyUsage=serverAuth",
                       "2.5.29.32=DER:30:0a:30:08:06:06:67:81:0c:01:02:01",
                       "subjectAltName=DNS:a.test,DNS:*.wild.test,IP:127.0.0.1"}};
    test_make_ca("Root", TEST_P256, NULL, &certs[0]);
    test_issue(&intermediate, &certs[0], &certs[1]);
    test_issue(&leaf, &certs[1], &certs[2]);
    static uint8_t changed[MAX_DER];
    for (uint64_t i = 0; i < count; i++) {
        static const char *const names[] = {"leaf", "intermediate", "root"};
        char what[128];
        uint64_t pick = chance(8); // mostly the leaf
        size_t which = pick < 4 ? 0 : pick < 7 ? 1 : 2;
        const struct test_cert *cert = &certs[2 - which];
        const struct test_cert *issuer = which == 2 ? cert : &certs[1 - which];
        size_t len = mutate(cert, issuer, changed, what, sizeof what);
        (void)printf("%" PRIu64 " %s %s ", i, names[which], what);
        for (size_t k = 0; k < 3; k++) { // root, leaf, intermediate
            static const size_t order[] = {0, 2, 1};
            patina_span der = certs[order[k]].der;
            bool is_changed = order[k] == 2 - which;
            print_hex(is_changed ? changed : der.ptr, is_changed ? len : der.len,
                      k == 2 ? '\n' : ' ');
        }
    }
    for (size_t i = 0; i < 3; i++) {
        test_cert_free(&certs[i]);
    }
    return 0;
}

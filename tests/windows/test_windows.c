// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The platform verifier of Windows, its roots and its clock, as they are there: whole handshakes in
// memory whose chains the system's crypt32 judges, and the operations a connection would give it.
// All chains are RSA's: Wine 8 refuses one in a hundred good ECDSA signatures (6 of 600, counted).
// It adds a root to the store ROOT of whoever runs it, and takes it out again: meant for a Wine
// prefix of its own (scripts/check-windows).
#include "os/windows_api.h"
#include "tap.h"

#include "config/verifier.h"
#include "fixture.h"
#include "hs/op.h"
#include "mkstatus.h"
#include "x509/chain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_CHAIN = 3 };

static const int64_t today_s = INT64_C(1790000000); // September 2026, as the fixture's clock says

// ---- Rows

void tap_err(struct tap *t, const char *name, patina_err have, patina_err want, const char *skip)
{
    bool good = (have == want) == (skip == NULL);
    t->rows++;
    t->failed += good ? 0 : 1;
    (void)printf("%s %u - %s", good ? "ok" : "not ok", t->rows, name);
    if (skip != NULL && good) {
        (void)printf(" # SKIP %s (it says %s)", skip, patina_err_name(have));
    }
    (void)printf("\n");
    if (!good && skip != NULL) {
        (void)printf("# as it should be: the reason for a skip is gone\n");
    } else if (!good) {
        (void)printf("# %s instead of %s\n", patina_err_name(have), patina_err_name(want));
    }
    (void)fflush(stdout);
}

void tap_true(struct tap *t, const char *name, bool holds)
{
    t->rows++;
    t->failed += holds ? 0 : 1;
    (void)printf("%s %u - %s\n", holds ? "ok" : "not ok", t->rows, name);
    (void)fflush(stdout);
}

static void must(bool good, const char *what)
{
    if (!good) {
        (void)printf("Bail out! %s: %08lx\n", what, GetLastError());
        exit(1);
    }
}

static bool is_wine(void)
{
    HMODULE ntdll = GetModuleHandleW(L"ntdll.dll");
    return ntdll != NULL && GetProcAddress(ntdll, "wine_get_version") != NULL;
}

// ---- The stores of whoever runs this

static PCCERT_CONTEXT add(const WCHAR *store_name, const struct test_cert *c)
{
    HCERTSTORE store = CertOpenSystemStoreW(0, store_name);
    PCCERT_CONTEXT added = NULL;
    must(store != NULL, "a system store");
    must(CertAddEncodedCertificateToStore(store, PTN_X509_ENCODING, c->der.ptr, (DWORD)c->der.len,
                                          CERT_STORE_ADD_REPLACE_EXISTING, &added),
         "adding to a system store");
    (void)CertCloseStore(store, 0); // once what was added is freed
    return added;
}

static void put_into(const WCHAR *store_name, const struct test_cert *c)
{
    (void)CertFreeCertificateContext(add(store_name, c));
}

// A root that is to be for these purposes alone; NULL: for none.
static void put_root_for(const struct test_cert *c, const char *oid)
{
    char text[64];
    LPSTR usages[] = {text};
    (void)snprintf(text, sizeof text, "%s", oid == NULL ? "" : oid);
    CERT_ENHKEY_USAGE usage = {.cUsageIdentifier = oid == NULL ? 0 : 1,
                               .rgpszUsageIdentifier = usages};
    PCCERT_CONTEXT added = add(L"ROOT", c);
    must(CertSetEnhancedKeyUsage(added, &usage), "a property");
    (void)CertFreeCertificateContext(added);
}

static void take_out_of(const WCHAR *store_name, const struct test_cert *c)
{
    HCERTSTORE store = CertOpenSystemStoreW(0, store_name);
    must(store != NULL, "a system store");
    PCCERT_CONTEXT one =
        CertCreateCertificateContext(PTN_X509_ENCODING, c->der.ptr, (DWORD)c->der.len);
    PCCERT_CONTEXT found =
        CertFindCertificateInStore(store, PTN_X509_ENCODING, 0, CERT_FIND_EXISTING, one, NULL);
    if (found != NULL) {
        (void)CertDeleteCertificateFromStore(found); // which frees it
    }
    (void)CertFreeCertificateContext(one);
    (void)CertCloseStore(store, 0);
}

// ---- Whole handshakes

struct world {
    struct tap tap;
    const struct patina_provider *provider;
    struct patina_verifier *verifier;
    struct test_cert root, intermediate, leaf; // for the names of the fixture's
    struct test_cert stranger_root, stranger, self, expired, early, client, ca_of_none, below_none,
        narrow, below_narrow, short_path, too_deep, below_too_deep, critical, revoked, unknown,
        common_name, mail, broken;
    char crl_file[64];
    uint8_t *broken_der;
};

struct handshake {
    const char *name;
    const struct test_cert *chain[MAX_CHAIN]; // NULL: the leaf and its intermediate
    const char *host;                         // NULL: "server.test"
    patina_err err;
    const char *wine; // NULL, or what of it Wine does not do
};

static struct patina_credential *credential(const struct world *w,
                                            const struct test_cert *const *chain)
{
    struct patina_credential_options o = PATINA_CREDENTIAL_OPTIONS_INIT;
    struct patina_credential *c = NULL;
    patina_span ders[MAX_CHAIN];
    o.provider = w->provider;
    o.chain_der = ders;
    for (; o.chain_der_count < MAX_CHAIN && chain[o.chain_der_count] != NULL; o.chain_der_count++) {
        ders[o.chain_der_count] = chain[o.chain_der_count]->der;
    }
    o.key_pem = fixture_text(chain[0]->key_pem);
    patina_err err = patina_credential_new(&o, &c, NULL);
    must(err == PATINA_OK, patina_err_name(err));
    return c;
}

static void shake_hands(struct world *w, const struct handshake *h)
{
    struct fixture f;
    struct pair p;
    struct patina_report client = {0};
    struct patina_report server = {0};
    fixture_options(&f, w->provider, w->provider, TEST_P256);
    patina_credential_unref(f.credential);
    const struct test_cert *const usual[MAX_CHAIN] = {&w->leaf, &w->intermediate};
    f.credential = credential(w, h->chain[0] != NULL ? h->chain : usual);
    f.client.verifier = w->verifier;
    f.client_conn.server_name = fixture_text(h->host != NULL ? h->host : "server.test");
    fixture_configs(&f);
    fixture_pair(&f, &p);
    pair_run(&p);
    tap_err(&w->tap, h->name, p.client.err, h->err, is_wine() ? h->wine : NULL);
    if (p.client.err == h->err && h->err != PATINA_OK) {
        char name[160];
        patina_conn_report(p.client.conn, &client);
        patina_conn_report(p.server.conn, &server);
        (void)snprintf(name, sizeof name, "%s: the server hears %s", h->name,
                       patina_alert_name(patina_err_alert(h->err)));
        tap_true(&w->tap, name,
                 client.alert == patina_err_alert(h->err) &&
                     p.server.err == PATINA_ERR_PEER_ALERT && server.alert == client.alert);
    } else if (p.client.err == PATINA_OK && h->err == PATINA_OK) {
        char name[160];
        bool good = pair_send(&p, &p.client, "hello", 5) == PATINA_OK && p.server.data_len == 5;
        (void)snprintf(name, sizeof name, "%s: data follow", h->name);
        tap_true(&w->tap, name, good);
    }
    pair_free(&p);
    fixture_free(&f);
}

static void issue(const char *subject, const char *const *extensions,
                  const struct test_cert *issuer, int64_t not_before_s, int64_t not_after_s,
                  struct test_cert *out)
{
    // Wine keeps what it has learned of revocation by serial number alone, from run to run.
    static unsigned count;
    char serial[40];
    (void)snprintf(serial, sizeof serial, "%lu%010lu%03u", GetCurrentProcessId(), GetTickCount(),
                   ++count);
    struct test_cert_options o = {.subject = subject,
                                  .key = TEST_RSA2048,
                                  .serial = serial,
                                  .not_before_s = not_before_s,
                                  .not_after_s = not_after_s};
    for (size_t i = 0; extensions[i] != NULL; i++) {
        o.extensions[i] = extensions[i];
    }
    test_issue(&o, issuer, out);
}

#define SERVER                                                                  \
    "basicConstraints=critical,CA:FALSE", "keyUsage=critical,digitalSignature", \
        "subjectKeyIdentifier=hash", "subjectAltName=DNS:server.test"
#define FOR_SERVERS "extendedKeyUsage=serverAuth"
#define CA                                                                        \
    "basicConstraints=critical,CA:TRUE", "keyUsage=critical,keyCertSign,cRLSign", \
        "subjectKeyIdentifier=hash"

// A list of its issuer's that revokes it, where its certificate says: a file of another name each
// time, for what was fetched once is kept.
static void make_revoked(struct world *w, const struct test_cert *issuer)
{
    char point[160];
    (void)snprintf(w->crl_file, sizeof w->crl_file, "C:/patina-%lu-%lu.crl", GetCurrentProcessId(),
                   GetTickCount());
    (void)snprintf(point, sizeof point, "crlDistributionPoints=URI:file:///%s", w->crl_file);
    const char *const revoked[] = {SERVER, FOR_SERVERS, point, NULL};
    const char *const nowhere[] = {SERVER, FOR_SERVERS,
                                   "crlDistributionPoints=URI:file:///C:/no-such-file.crl", NULL};
    issue("CN=revoked", revoked, issuer, 0, 0, &w->revoked);
    issue("CN=nobody knows", nowhere, issuer, 0, 0, &w->unknown);
    patina_span crl = test_make_crl(&(struct test_crl_options){
        .issuer = issuer,
        .this_update = "17{ '250101000000Z' }",
        .next_update = "17{ '491201000000Z' }",
        .entries = test_crl_entry(&w->revoked, ""),
    });
    FILE *file = fopen(w->crl_file, "wb");
    must(file != NULL && fwrite(crl.ptr, 1, crl.len, file) == crl.len && fclose(file) == 0,
         "writing the list");
    free((void *)(uintptr_t)crl.ptr);
}

static void make_certificates(struct world *w)
{
    const char *const plain[] = {SERVER, FOR_SERVERS, NULL};
    const char *const for_clients[] = {SERVER, "extendedKeyUsage=clientAuth", NULL};
    const char *const critical[] = {SERVER, FOR_SERVERS, "1.2.3.4=critical,DER:05:00", NULL};
    const char *const none[] = {"basicConstraints=critical,CA:FALSE",
                                "keyUsage=critical,digitalSignature", "subjectKeyIdentifier=hash",
                                NULL};
    const char *const nameless[] = {"basicConstraints=critical,CA:FALSE",
                                    "keyUsage=critical,digitalSignature", FOR_SERVERS, NULL};
    const char *const mail[] = {"basicConstraints=critical,CA:FALSE",
                                "keyUsage=critical,digitalSignature", FOR_SERVERS,
                                "subjectAltName=email:me@server.test", NULL};
    const char *const short_path[] = {"basicConstraints=critical,CA:TRUE,pathlen:0",
                                      "keyUsage=critical,keyCertSign,cRLSign",
                                      "subjectKeyIdentifier=hash", NULL};
    const char *const ca[] = {CA, NULL};
    const char *const narrow[] = {CA, "nameConstraints=critical,permitted;DNS:other.test", NULL};
    test_make_ca("Windows Test Root", TEST_RSA2048, NULL, &w->root);
    test_make_ca("Windows Test Intermediate", TEST_RSA2048, &w->root, &w->intermediate);
    test_make_server("server.test", "DNS:server.test,DNS:*.wild.test,IP:127.0.0.1", TEST_RSA2048,
                     &w->intermediate, &w->leaf);
    test_make_ca("Stranger Root", TEST_RSA2048, NULL, &w->stranger_root);
    issue("CN=server.test", plain, &w->stranger_root, 0, 0, &w->stranger);
    issue("CN=server.test", plain, NULL, 0, 0, &w->self);
    issue("CN=server.test", plain, &w->intermediate, 0, today_s - 1, &w->expired);
    issue("CN=server.test", plain, &w->intermediate, today_s + 60, 0, &w->early);
    issue("CN=server.test", for_clients, &w->intermediate, 0, 0, &w->client);
    issue("CN=server.test", critical, &w->intermediate, 0, 0, &w->critical);
    issue("CN=None", none, &w->root, 0, 0, &w->ca_of_none);
    issue("CN=server.test", plain, &w->ca_of_none, 0, 0, &w->below_none);
    issue("CN=Narrow", narrow, &w->root, 0, 0, &w->narrow);
    issue("CN=server.test", plain, &w->narrow, 0, 0, &w->below_narrow);
    issue("CN=server.test", nameless, &w->intermediate, 0, 0, &w->common_name);
    issue("CN=server.test", mail, &w->intermediate, 0, 0, &w->mail);
    issue("CN=Short", short_path, &w->root, 0, 0, &w->short_path);
    issue("CN=Too Deep", ca, &w->short_path, 0, 0, &w->too_deep);
    issue("CN=server.test", plain, &w->too_deep, 0, 0, &w->below_too_deep);
    make_revoked(w, &w->intermediate);

    w->broken = w->leaf;
    w->broken_der = malloc(w->leaf.der.len);
    must(w->broken_der != NULL, "malloc");
    memcpy(w->broken_der, w->leaf.der.ptr, w->leaf.der.len);
    w->broken_der[w->leaf.der.len - 1] ^= 1; // in s of the signature
    w->broken.der = (patina_span){w->broken_der, w->leaf.der.len};
}

static void test_handshakes(struct world *w)
{
    const struct test_cert *above = &w->intermediate;
    const struct handshake rows[] = {
        {"a chain to a root of the system", .err = PATINA_OK},
        {"the first label by a wildcard", .host = "a.wild.test", .err = PATINA_OK},
        {"a name with a dot at its end", .host = "server.test.", .err = PATINA_OK},
        {"an address", .host = "127.0.0.1", .err = PATINA_OK,
         .wine = "Wine holds every name against dNSName alone"},
        {"a common name alone", .chain = {&w->common_name, above},
         .err = PATINA_ERR_CERT_NAME_MISMATCH},
        {"a common name beside a mailbox", .chain = {&w->mail, above},
         .err = PATINA_ERR_CERT_NAME_MISMATCH},
        {"another name", .host = "other.test", .err = PATINA_ERR_CERT_NAME_MISMATCH},
        {"two labels for a wildcard", .host = "a.b.wild.test",
         .err = PATINA_ERR_CERT_NAME_MISMATCH},
        {"another address", .host = "127.0.0.2", .err = PATINA_ERR_CERT_NAME_MISMATCH},
        {"a URI", .host = "spiffe://server.test/a", .err = PATINA_ERR_CERT_NAME_MISMATCH},
        {"a root that the system does not know", .chain = {&w->stranger, &w->stranger_root},
         .err = PATINA_ERR_CERT_UNKNOWN_ISSUER},
        {"an issuer that nobody shows", .chain = {&w->stranger},
         .err = PATINA_ERR_CERT_UNKNOWN_ISSUER},
        {"signed by itself", .chain = {&w->self}, .err = PATINA_ERR_CERT_SELF_SIGNED},
        {"expired", .chain = {&w->expired, above}, .err = PATINA_ERR_CERT_EXPIRED},
        {"not valid yet", .chain = {&w->early, above}, .err = PATINA_ERR_CERT_NOT_YET_VALID},
        {"for clients", .chain = {&w->client, above}, .err = PATINA_ERR_CERT_PURPOSE},
        {"a signature that does not hold", .chain = {&w->broken, above},
         .err = PATINA_ERR_CERT_BAD_SIGNATURE},
        {"an issuer that is no authority", .chain = {&w->below_none, &w->ca_of_none},
         .err = PATINA_ERR_CERT_NOT_A_CA},
        {"an issuer too deep", .chain = {&w->below_too_deep, &w->too_deep, &w->short_path},
         .err = PATINA_ERR_CERT_NOT_A_CA},
        {"a name that its issuer may not give", .chain = {&w->below_narrow, &w->narrow},
         .err = PATINA_ERR_CERT_NAME_CONSTRAINT},
        {"a critical extension nobody knows", .chain = {&w->critical, above},
         .err = PATINA_ERR_CERT_CRITICAL_EXTENSION},
        {"revoked", .chain = {&w->revoked, above}, .err = PATINA_ERR_CERT_REVOKED},
        {"a list that nobody has", .chain = {&w->unknown, above}, .err = PATINA_OK},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        shake_hands(w, &rows[i]);
    }
}

// ---- Operations, for what no connection of ours would send

static patina_err ask_stapled(const struct world *w, const struct ptn_chain_parts *parts,
                              patina_span name, int64_t now_s)
{
    struct patina_op *op = NULL;
    uint8_t alert = 0;
    struct ptn_op_input input = {
        .kind = PATINA_OP_VERIFY, .verifier = w->verifier, .name = name, .now_s = now_s};
    const struct patina_allocator *heap = ptn_allocator_or_heap(NULL);
    must(ptn_chain_make(heap, parts, &input.chain) == PATINA_OK, "a chain");
    must(ptn_op_new(heap, &input, &op) == PATINA_OK, "an operation");
    patina_err err =
        ptn_op_after_callback(op, w->verifier->callback(w->verifier->user, op), PATINA_ERR_REFUSED);
    err = err == PATINA_OK ? ptn_op_result(op, &alert) : err;
    ptn_op_abandon(op);
    patina_chain_unref(input.chain);
    return err;
}

static patina_err ask(const struct world *w, const patina_span *certificates, size_t count,
                      patina_span name, int64_t now_s)
{
    const struct ptn_chain_parts parts = {.certificates = certificates, .count = count};
    return ask_stapled(w, &parts, name, now_s);
}

static void test_operations(struct world *w)
{
    struct tap *t = &w->tap;
    const patina_span name = fixture_text("server.test");
    const patina_span garbage = fixture_text("no certificate at all");
    const patina_span good[] = {w->leaf.der, w->intermediate.der};
    const patina_span cut[] = {{w->leaf.der.ptr, w->leaf.der.len - 1}, w->intermediate.der};
    const patina_span garbage_first[] = {garbage, w->intermediate.der};
    const patina_span garbage_last[] = {w->leaf.der, w->intermediate.der, garbage};
    char long_name[300];
    memset(long_name, 'a', sizeof long_name);

    tap_err(t, "an operation: a good chain", ask(w, good, 2, name, today_s), PATINA_OK, NULL);
    const struct ptn_chain_parts stapled = {.certificates = good, .count = 2, .staple = garbage};
    tap_err(t, "an operation: a staple that says nothing", ask_stapled(w, &stapled, name, today_s),
            PATINA_OK, NULL);
    tap_err(t, "an operation: garbage for a leaf", ask(w, garbage_first, 2, name, today_s),
            PATINA_ERR_CERT_ENCODING, NULL);
    tap_err(t, "an operation: a leaf cut short", ask(w, cut, 2, name, today_s),
            PATINA_ERR_CERT_ENCODING, NULL);
    tap_err(t, "an operation: garbage behind the chain", ask(w, garbage_last, 3, name, today_s),
            PATINA_ERR_CERT_ENCODING, NULL);
    tap_err(t, "an operation: no certificate", ask(w, good, 0, name, today_s),
            PATINA_ERR_CERT_ENCODING, NULL);
    tap_err(t, "an operation: no name", ask(w, good, 2, (patina_span){NULL, 0}, today_s),
            PATINA_ERR_CERT_NAME_MISMATCH, NULL);
    tap_err(t, "an operation: a zero within the name",
            ask(w, good, 2, (patina_span){(const uint8_t *)"server.test\0.evil.test", 22}, today_s),
            PATINA_ERR_CERT_NAME_MISMATCH, NULL);
    tap_err(t, "an operation: a name longer than any",
            ask(w, good, 2, (patina_span){(const uint8_t *)long_name, sizeof long_name}, today_s),
            PATINA_ERR_CERT_NAME_MISMATCH, NULL);
    tap_err(t, "an operation: an hour before 1970", ask(w, good, 2, name, -3600),
            PATINA_ERR_CERT_NOT_YET_VALID, NULL);
    tap_err(t, "an operation: a time Windows cannot write", ask(w, good, 2, name, INT64_MAX),
            PATINA_ERR_CLOCK, NULL);
    tap_err(t, "an operation: a time before all its times", ask(w, good, 2, name, INT64_MIN),
            PATINA_ERR_CLOCK, NULL);
}

// ---- The object, the roots, the clock

static void test_object(struct world *w)
{
    struct patina_verifier *v = w->verifier;
    struct patina_verify_input input = PATINA_VERIFY_INPUT_INIT;
    tap_err(&w->tap, "the verifier needs a place to go",
            patina_verifier_platform(w->provider, NULL, NULL), PATINA_ERR_MISUSE, NULL);
    tap_err(&w->tap, "the verifier needs a provider", patina_verifier_platform(NULL, NULL, &v),
            PATINA_ERR_MISSING_PROVIDER, NULL);
    tap_true(&w->tap, "and there is none without", v == NULL);
    tap_err(&w->tap, "it judges in connections alone",
            patina_verifier_judge(w->verifier, &input, NULL, NULL), PATINA_ERR_MISUSE, NULL);
}

static bool has(const struct patina_roots *roots, const struct test_cert *c)
{
    for (size_t i = 0; i < patina_roots_count(roots); i++) {
        patina_span der = patina_roots_certificate(roots, i);
        if (der.len == c->der.len && memcmp(der.ptr, c->der.ptr, der.len) == 0) {
            return true;
        }
    }
    return false;
}

static void test_roots(struct world *w)
{
    struct test_cert for_code;
    struct test_cert for_servers;
    struct test_cert for_nothing;
    struct test_cert distrusted;
    struct patina_roots *roots = NULL;
    struct patina_roots_refused refused;
    test_make_ca("For Code Alone", TEST_RSA2048, NULL, &for_code);
    test_make_ca("For Servers Alone", TEST_RSA2048, NULL, &for_servers);
    test_make_ca("For Nothing", TEST_RSA2048, NULL, &for_nothing);
    test_make_ca("Distrusted", TEST_RSA2048, NULL, &distrusted);
    put_root_for(&for_code, szOID_PKIX_KP_CODE_SIGNING);
    put_root_for(&for_servers, szOID_PKIX_KP_SERVER_AUTH);
    put_root_for(&for_nothing, NULL);
    put_into(L"ROOT", &distrusted);
    put_into(L"Disallowed", &distrusted);

    tap_err(&w->tap, "roots: the store is read", patina_roots_system(NULL, &roots, &refused),
            PATINA_OK, NULL);
    (void)printf("# %u roots, %u refused\n", (unsigned)patina_roots_count(roots),
                 (unsigned)refused.count);
    tap_true(&w->tap, "roots: one that was added", has(roots, &w->root));
    tap_true(&w->tap, "roots: one for servers", has(roots, &for_servers));
    tap_true(&w->tap, "roots: not one for code", !has(roots, &for_code));
    tap_true(&w->tap, "roots: not one for nothing", !has(roots, &for_nothing));
    tap_true(&w->tap, "roots: not one that is disallowed", !has(roots, &distrusted));
    tap_true(&w->tap, "roots: no place in a file",
             refused.file[0] == '\0' && refused.line == 0 && refused.position == 0);
    tap_err(&w->tap, "roots: a place to go is needed", patina_roots_system(NULL, NULL, &refused),
            PATINA_ERR_MISUSE, NULL);
    patina_roots_unref(roots);

    take_out_of(L"Disallowed", &distrusted);
    take_out_of(L"ROOT", &distrusted);
    take_out_of(L"ROOT", &for_servers);
    take_out_of(L"ROOT", &for_nothing);
    take_out_of(L"ROOT", &for_code);
    test_cert_free(&for_code);
    test_cert_free(&for_nothing);
    test_cert_free(&for_servers);
    test_cert_free(&distrusted);
}

static void test_clock(struct tap *t)
{
    FILETIME file_time;
    int64_t now_s = 0;
    const struct patina_clock *clock = patina_clock_system();
    tap_err(t, "clock: gives a time", clock->now(clock->user, &now_s), PATINA_OK, NULL);
    GetSystemTimeAsFileTime(&file_time);
    int64_t ticks = (int64_t)((uint64_t)file_time.dwHighDateTime << 32 | file_time.dwLowDateTime);
    int64_t other_s = ticks / 10000000 - INT64_C(11644473600);
    tap_true(t, "clock: the system's", other_s - now_s >= 0 && other_s - now_s <= 2);
}

int main(void)
{
    static struct world w;
    w.provider = fixture_provider(0);
    make_certificates(&w);
    put_into(L"ROOT", &w.root);
    must(patina_verifier_platform(w.provider, NULL, &w.verifier) == PATINA_OK, "the verifier");

    test_verdict(&w.tap);
    test_object(&w);
    test_clock(&w.tap);
    test_roots(&w);
    test_operations(&w);
    test_handshakes(&w);
    (void)printf("1..%u\n", w.tap.rows);

    patina_verifier_unref(w.verifier);
    take_out_of(L"ROOT", &w.root);
    (void)remove(w.crl_file);
    return w.tap.failed == 0 ? 0 : 1;
}

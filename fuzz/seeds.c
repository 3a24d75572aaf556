// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Writes the first inputs of the messages' targets, so that no fuzzer starts from nothing:
// fuzz_seeds FOLDER. What the fuzzers add lies beside them under the hashes of its bytes.
#include "unit/notation.h"

#include "base/limits.h"
#include "wire/hello.h"
#include "wire/messages.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#define HELLO "0303 32*aa 1(32*bb) 2(0a0a 1301 1302 1303) 1(00) "
#define ANSWER "0303 32*aa 1(32*bb) 1301 00 "
#define RETRY \
    "0303 cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c 1(32*bb) 1301 00 "
#define VERSION "002b 2(0304) "
#define SCHEMES "000d 2( 2(0403 0804) ) "
#define OCSP "0005 2( 01 3('response') ) "
#define SCTS "0012 2( 2( 2('one') 2('two') ) ) "

static const struct {
    const char *target, *name, *notation;
} seeds[] = {
    {"client_hello", "old", "0303 32*aa 1() 2(c02f) 1(00)"},
    {"client_hello", "names",
     HELLO "2( 0a0a 2() 0000 2( 2( 00 2('example.com') ) ) 0010 2( 2( 1('h2') 1('http/1.1') ) ) )"},
    {"client_hello", "other_name", HELLO "2( 0000 2( 2( 07 2('x') 00 2('a') ) ) )"},
    {"client_hello", "keys",
     HELLO "2( 000a 2( 2(11ec 001d 0017) ) 0033 2( 2( 0a0a 2(00) 001d 2(32*dd) ) ) 002b 2( 1(0304 "
           "0303) ) )"},
    {"client_hello", "algorithms", HELLO "2( 000d 2( 2(0403 0804) ) 0032 2( 2(0401) ) )"},
    {"client_hello", "psk",
     HELLO "2( 002d 2( 1(01) ) 002a 2() 0029 2( 2( 2('ticket') 00000000 ) 2( 1(32*cc) ) ) )"},
    {"client_hello", "status",
     HELLO "2( 0005 2( 01 2( 2('id') ) 2() ) 0012 2() 002f 2( 2( 2('name') ) ) 0031 2() )"},
    {"client_hello", "cookie", HELLO "2( 002c 2( 2('cookie') ) 0015 2(9*00) fe0d 2('ech') )"},
    {"client_hello", "twelve", HELLO "2( 0017 2() ff01 2(1()) 000b 2(1(00)) 0023 2() )"},
    {"server_hello", "answer", ANSWER "2(" VERSION "0033 2( 001d 2(32*dd) ) )"},
    {"server_hello", "psk", ANSWER "2(" VERSION "0029 2(0000) )"},
    {"server_hello", "retry", RETRY "2(" VERSION "0033 2(0017) 002c 2( 2('cookie') ) )"},
    {"server_hello", "twelve", ANSWER "2( 0017 2() ff01 2(1()) )"},
    {"server_hello", "old", ANSWER},
    {"encrypted_extensions", "empty", "2()"},
    {"encrypted_extensions", "all",
     "2( 0000 2() 000a 2( 2(001d) ) 0010 2( 2( 1('h2') ) ) 002a 2() )"},
    {"encrypted_extensions", "misplaced", "2( 0033 2( 001d 2(00) ) )"},
    {"encrypted_extensions", "unknown", "2( 0a0a 2() )"},
    {"certificate_request", "plain", "1() 2(" SCHEMES ")"},
    {"certificate_request", "all",
     "1('context') 2(" SCHEMES "0032 2( 2(0401) ) 002f 2( 2( 2('name') 2('other') ) ) 0030 2( 2( "
     "1('oid') 2('v') ) ) 0005 2() 0012 2() 0a0a 2() )"},
    {"certificate", "empty", "1() 3()"},
    {"certificate", "chain", "1() 3( 3('leaf') 2(" OCSP SCTS ") 3('issuer') 2() )"},
    {"certificate", "context", "1('context') 3( 3('leaf') 2(" SCTS ") )"},
    {"messages", "certificate_verify", "0f 0804 2('signature')"},
    {"messages", "finished32", "14 32*aa"},
    {"messages", "finished48", "14 48*aa"},
    {"messages", "ticket", "04 00093a80 01020304 1(00) 2('ticket') 2( 002a 2(00004000) 0a0a 2() )"},
    {"messages", "key_update", "18 01"},
    {"messages", "alert", "15 0228"},
};

static void write_file(const char *folder, const char *target, const char *name, patina_span bytes)
{
    char path[1024];
    (void)snprintf(path, sizeof path, "%s/%s", folder, target);
    (void)mkdir(path, 0755);
    (void)snprintf(path, sizeof path, "%s/%s/seed-%s", folder, target, name);
    FILE *file = fopen(path, "wb");
    if (file == NULL || fwrite(bytes.ptr, 1, bytes.len, file) != bytes.len || fclose(file) != 0) {
        perror(path);
        exit(1);
    }
}

// What our own client and server send.
static void write_own_hellos(const char *folder)
{
    static const uint16_t suites[] = {PTN_TLS_AES_128_GCM_SHA256};
    static const uint16_t versions[] = {PTN_VERSION_TLS13};
    static const uint16_t groups[] = {PTN_GROUP_X25519};
    static const uint8_t zeros[32] = {0};
    static uint8_t room[4096];
    const patina_span alpn[] = {PTN_SPAN_LITERAL("h2")};
    const struct ptn_client_hello_out client = {.random = PTN_SPAN_OF(zeros),
                                                .session_id = PTN_SPAN_OF(zeros),
                                                .suites = suites,
                                                .suites_count = 1,
                                                .versions = versions,
                                                .versions_count = 1,
                                                .groups = groups,
                                                .groups_count = 1,
                                                .server_name = PTN_SPAN_LITERAL("localhost"),
                                                .alpn = alpn,
                                                .alpn_count = 1,
                                                .has_key_shares = true};
    const struct ptn_server_hello_out server = {.random = PTN_SPAN_OF(zeros),
                                                .session_id = PTN_SPAN_OF(zeros),
                                                .cipher_suite = PTN_TLS_AES_128_GCM_SHA256,
                                                .group = PTN_GROUP_X25519,
                                                .share = PTN_SPAN_OF(zeros)};
    patina_span out;
    struct ptn_writer w = ptn_writer_of(PTN_MSPAN_OF(room));
    ptn_encode_client_hello(&w, &client);
    if (ptn_writer_finish(&w, &out)) {
        write_file(folder, "client_hello", "own", ptn_span_skip(out, PTN_HANDSHAKE_HEADER_BYTES));
    }
    w = ptn_writer_of(PTN_MSPAN_OF(room));
    ptn_encode_server_hello(&w, &server);
    if (ptn_writer_finish(&w, &out)) {
        write_file(folder, "server_hello", "own", ptn_span_skip(out, PTN_HANDSHAKE_HEADER_BYTES));
    }
}

// A CertificateRequest with `count` unknown extensions: so many that the filter of types errs.
static void write_many_extensions(const char *folder, const char *name, unsigned count)
{
    static uint8_t room[4096];
    patina_span out;
    struct ptn_writer w = ptn_writer_of(PTN_MSPAN_OF(room));
    ptn_write_u8(&w, 0);
    struct ptn_mark block = ptn_open(&w, 2);
    for (unsigned i = 0; i < count; i++) {
        ptn_write_u16(&w, (uint16_t)(0x4000 + 257 * i % 0x4000));
        ptn_write_u16(&w, 0);
    }
    ptn_close(&w, block);
    if (ptn_writer_finish(&w, &out)) {
        write_file(folder, "certificate_request", name, out);
    }
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        (void)fprintf(stderr, "usage: fuzz_seeds FOLDER\n");
        return 1;
    }
    for (size_t i = 0; i < PTN_COUNT(seeds); i++) {
        patina_span bytes = notation_bytes(seeds[i].notation);
        write_file(argv[1], seeds[i].target, seeds[i].name, bytes);
        notation_free(bytes);
    }
    write_own_hellos(argv[1]);
    write_many_extensions(argv[1], "many", PTN_MAX_EXTENSIONS);
    write_many_extensions(argv[1], "too_many", PTN_MAX_EXTENSIONS + 1);
    return 0;
}

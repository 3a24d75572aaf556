// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Parser of the ClientHello, RFC 9846 §4.2.2, and the comparison of a second one with the first.
// Called by the server.
#include "wire/hello.h"

#include "base/limits.h"
#include "wire/ext.h"

// legacy_version, random, legacy_session_id, cipher_suites and legacy_compression_methods.
static patina_err parse_fixed(struct ptn_reader *r, struct ptn_client_hello *hello)
    PTN_CONTRACT(REQUIRES(READER(r) && WRITABLE(hello))
                     ASSIGNS(READER_FIELDS(*r), hello->legacy_version, hello->random,
                             hello->session_id, hello->cipher_suites,
                             hello->compression_methods) ENSURES(READER_STATE(*r))
                         ENSURES(IMPLIES(RESULT == PATINA_OK,
                                         READING(*r) && WITHIN(hello->random, READER_WHOLE(*r)) &&
                                             hello->random.len == 32 &&
                                             WITHIN(hello->session_id, READER_WHOLE(*r)) &&
                                             hello->session_id.len <= 32 &&
                                             WITHIN(hello->cipher_suites.bytes, READER_WHOLE(*r)) &&
                                             WITHIN(hello->compression_methods, READER_WHOLE(*r)))))
{
    struct ptn_reader session_id;
    struct ptn_reader suites;
    struct ptn_reader compression;

    PTN_REQUIRE(ptn_read_u16(r, &hello->legacy_version) &&
                    ptn_read_bytes(r, PTN_RANDOM_BYTES, &hello->random) &&
                    ptn_read_vec8(r, &session_id) && ptn_read_vec16(r, &suites) &&
                    ptn_read_u16_list(&suites, 1, &hello->cipher_suites) &&
                    ptn_read_vec8(r, &compression) && !ptn_reader_is_empty(&compression),
                PATINA_ERR_DECODE_CLIENT_HELLO); // RFC 9846 §4.2.2
    PTN_REQUIRE(ptn_reader_left(&session_id) <= PTN_MAX_SESSION_ID_BYTES,
                PATINA_ERR_ILLEGAL_SESSION_ID); // RFC 9846 §4.2.2
    hello->session_id = ptn_reader_whole(&session_id);
    hello->compression_methods = ptn_reader_whole(&compression);
    return PATINA_OK;
}

// The extensions about keys and versions; others are passed on.
static patina_err parse_rest(const struct ptn_extension *extension, struct ptn_client_hello *hello)
    PTN_CONTRACT(REQUIRES(READABLE(extension) && BODY(extension->body) && WRITABLE(hello))
                     ASSIGNS(hello->cookie, hello->psk_modes, hello->psk_identities,
                             hello->psk_binders, hello->wants_status)
                         GIVES_OR_KEEPS(hello->cookie, extension->body)
                             GIVES_OR_KEEPS(hello->psk_modes, extension->body))
{
    size_t count;
    switch (extension->type) {
    case PTN_EXTENSION_COOKIE:
        return ptn_parse_ext_cookie(extension->body, &hello->cookie);
    case PTN_EXTENSION_PSK_KEY_EXCHANGE_MODES:
        return ptn_parse_ext_psk_modes(extension->body, &hello->psk_modes);
    case PTN_EXTENSION_PRE_SHARED_KEY:
        return ptn_parse_ext_pre_shared_key(extension->body, &hello->psk_identities,
                                            &hello->psk_binders);
    case PTN_EXTENSION_EARLY_DATA: // RFC 9846 §4.3.10
        return ptn_parse_ext_empty(extension->body, PATINA_ERR_DECODE_EARLY_DATA);
    case PTN_EXTENSION_CERTIFICATE_AUTHORITIES:
        return ptn_parse_ext_certificate_authorities(extension->body, &count);
    case PTN_EXTENSION_POST_HANDSHAKE_AUTH: // RFC 9846 §4.3.6
        return ptn_parse_ext_empty(extension->body, PATINA_ERR_DECODE_EXTENSIONS);
    case PTN_EXTENSION_STATUS_REQUEST:
        return ptn_parse_ext_status_request(extension->body, &hello->wants_status);
    case PTN_EXTENSION_SIGNED_CERTIFICATE_TIMESTAMP: // RFC 6962 §3.3.1
        return ptn_parse_ext_empty(extension->body, PATINA_ERR_DECODE_SCT);
    default: // padding, what belongs to TLS 1.2, the unknown: ignored without judging
        return PATINA_OK;
    }
}

static patina_err
parse_extension(const struct ptn_extension *extension, struct ptn_client_hello *hello) PTN_CONTRACT(
    REQUIRES(READABLE(extension) && BODY(extension->body) && WRITABLE(hello))
        ASSIGNS(CLIENT_HELLO_EXTENSION_FIELDS(*hello))
            GIVES_OR_KEEPS(hello->server_name, extension->body)
                GIVES_OR_KEEPS(hello->supported_versions.bytes, extension->body)
                    GIVES_OR_KEEPS(hello->supported_groups.bytes, extension->body)
                        GIVES_OR_KEEPS(hello->signature_algorithms.bytes, extension->body)
                            GIVES_OR_KEEPS(hello->signature_algorithms_cert.bytes, extension->body)
                                GIVES_OR_KEEPS(hello->key_shares.bytes, extension->body)
                                    GIVES_OR_KEEPS(hello->alpn.bytes, extension->body)
                                        GIVES_OR_KEEPS(hello->cookie, extension->body)
                                            GIVES_OR_KEEPS(hello->psk_modes, extension->body))
{
    switch (extension->type) {
    case PTN_EXTENSION_SERVER_NAME:
        return ptn_parse_ext_server_name(extension->body, &hello->server_name);
    case PTN_EXTENSION_SUPPORTED_VERSIONS:
        return ptn_parse_ext_supported_versions(extension->body, &hello->supported_versions);
    case PTN_EXTENSION_SUPPORTED_GROUPS:
        return ptn_parse_ext_algorithms(extension->body, PATINA_ERR_DECODE_SUPPORTED_GROUPS,
                                        &hello->supported_groups);
    case PTN_EXTENSION_SIGNATURE_ALGORITHMS:
        return ptn_parse_ext_algorithms(extension->body, PATINA_ERR_DECODE_SIGNATURE_ALGORITHMS,
                                        &hello->signature_algorithms);
    case PTN_EXTENSION_SIGNATURE_ALGORITHMS_CERT:
        return ptn_parse_ext_algorithms(extension->body,
                                        PATINA_ERR_DECODE_SIGNATURE_ALGORITHMS_CERT,
                                        &hello->signature_algorithms_cert);
    case PTN_EXTENSION_KEY_SHARE:
        return ptn_parse_ext_key_share_list(extension->body, &hello->key_shares);
    case PTN_EXTENSION_ALPN:
        return ptn_parse_ext_alpn(extension->body, &hello->alpn);
    default:
        return parse_rest(extension, hello);
    }
}

// Reads the next extension of the block into `hello`; *out_have is false at the end.
static patina_err
parse_next(struct ptn_ext_walk *walk, struct ptn_client_hello *hello, bool *out_have) PTN_CONTRACT(
    REQUIRES(WRITABLE(walk) && READER_VALUE(walk->reader) && WRITABLE(hello) &&
             WRITABLE(out_have) && walk->reader.len_ <= 65535)
        EACH_CLIENT_HELLO_EXTENSION(REQUIRES_WITHIN_READER, *hello, walk->reader)
            ASSIGNS(READER_FIELDS(walk->reader), *out_have, CLIENT_HELLO_EXTENSION_FIELDS(*hello))
                ENSURES(READER_STATE(walk->reader))
                    EACH_CLIENT_HELLO_EXTENSION(ENSURES_WITHIN_READER, *hello, walk->reader)
                        ENSURES(IMPLIES(RESULT == PATINA_OK,
                                        READER_DONE(walk->reader) >=
                                            OLD(READER_DONE(walk->reader)) + (*out_have ? 1 : 0))))
{
    struct ptn_extension extension;
    PTN_TRY(ptn_ext_walk_next(walk, &extension, out_have));
    if (!*out_have) {
        return PATINA_OK;
    }
    hello->extensions |= extension.bit;
    PTN_REQUIRE(extension.bit != PTN_EXT_PRE_SHARED_KEY || ptn_reader_is_empty(&walk->reader),
                PATINA_ERR_PSK_NOT_LAST); // RFC 9846 §4.3.11
    return parse_extension(&extension, hello);
}

static patina_err parse_extensions(struct ptn_reader block, struct ptn_client_hello *hello)
    PTN_CONTRACT(REQUIRES(READER_VALUE(block) && READING(block) && WRITABLE(hello) &&
                          block.len_ <= 65535)
                     EACH_CLIENT_HELLO_EXTENSION(REQUIRES_EMPTY, *hello, 0)
                         ASSIGNS(hello->extension_block, CLIENT_HELLO_EXTENSION_FIELDS(*hello))
                             ENSURES(WITHIN_READER(hello->extension_block, block))
                                 EACH_CLIENT_HELLO_EXTENSION(ENSURES_WITHIN_READER, *hello, block))
{
    struct ptn_ext_walk walk;
    bool have = true;
    hello->extension_block = ptn_reader_whole(&block);
    PTN_TRY(ptn_ext_walk_start(&walk, block, PTN_IN_CLIENT_HELLO, 0));
    while (have)
        PTN_LOOP(ASSIGNS(READER_FIELDS(walk.reader), have, CLIENT_HELLO_EXTENSION_FIELDS(*hello))
                     INVARIANT(READER_STATE(walk.reader))
                         EACH_CLIENT_HELLO_EXTENSION(INVARIANT_WITHIN_READER, *hello, walk.reader)
                             DECREASES(READER_LEFT(walk.reader) + (have ? 1 : 0)))
    {
        PTN_TRY(parse_next(&walk, hello, &have));
    }
    PTN_REQUIRE((hello->extensions & PTN_EXT_PRE_SHARED_KEY) == 0 ||
                    (hello->extensions & PTN_EXT_PSK_KEY_EXCHANGE_MODES) != 0,
                PATINA_ERR_MISSING_PSK_MODES); // RFC 9846 §4.3.9
    return PATINA_OK;
}

// struct {
//     ProtocolVersion legacy_version = 0x0303;
//     Random random;
//     opaque legacy_session_id<0..32>;
//     CipherSuite cipher_suites<2..2^16-2>;
//     opaque legacy_compression_methods<1..2^8-1>;
//     Extension extensions<7..2^16-1>;
// } ClientHello;
//
// Before TLS 1.3 the extensions may be missing, length and all.
patina_err ptn_parse_client_hello(patina_span body, struct ptn_client_hello *out)
{
    struct ptn_reader r = ptn_reader_of(body);
    struct ptn_client_hello hello = {0};
    *out = hello;

    PTN_TRY(parse_fixed(&r, &hello));
    if (!ptn_reader_is_empty(&r)) {
        struct ptn_reader block;
        PTN_REQUIRE(ptn_read_vec16(&r, &block) && ptn_read_end(&r),
                    PATINA_ERR_DECODE_CLIENT_HELLO); // RFC 9846 §4.2.2
        PTN_TRY(parse_extensions(block, &hello));
    }
    *out = hello;
    PTN_REACH("ClientHello");
    return PATINA_OK;
}

// ---- The second ClientHello

static bool may_change(uint16_t type)
{
    return type == PTN_EXTENSION_KEY_SHARE || type == PTN_EXTENSION_COOKIE ||
           type == PTN_EXTENSION_EARLY_DATA || type == PTN_EXTENSION_PRE_SHARED_KEY ||
           type == PTN_EXTENSION_PADDING;
}

// The next extension that may not change; false at the end.
static bool next_fixed(struct ptn_reader *block, struct ptn_extension *out)
    PTN_CONTRACT(REQUIRES(READER(block) && WRITABLE(out)) ASSIGNS(READER_FIELDS(*block), *out)
                     ENSURES(READER_STATE(*block) && WITHIN(out->body, READER_WHOLE(*block)))
                         ENSURES(READER_DONE(*block) >=
                                 OLD(READER_DONE(*block)) + (RESULT ? 1 : 0)))
{
    while (!ptn_reader_is_empty(block))
        PTN_LOOP(ASSIGNS(READER_FIELDS(*block), *out) INVARIANT(
            READER_STATE(*block) && READER_DONE(*block) >= LOOP_OLD(READER_DONE(*block)))
                     DECREASES(READER_LEFT(*block)))
    {
        if (ptn_read_extension(block, out) == PATINA_OK && !may_change(out->type)) {
            return true;
        }
    }
    *out = (struct ptn_extension){0};
    return false;
}

static bool is_same_extension(const struct ptn_extension *a, const struct ptn_extension *b)
    PTN_CONTRACT(REQUIRES(READABLE(a) && READABLE(b) && SPAN(a->body) && SPAN(b->body)) ASSIGNS())
{
    if (a->type != b->type) {
        return false;
    }
    return a->type == PTN_EXTENSION_ENCRYPTED_CLIENT_HELLO || ptn_span_equal(a->body, b->body);
}

static bool is_same_block(patina_span first, patina_span second)
    PTN_CONTRACT(REQUIRES(SPAN(first) && SPAN(second)) ASSIGNS())
{
    struct ptn_reader a = ptn_reader_of(first);
    struct ptn_reader b = ptn_reader_of(second);
    struct ptn_extension of_a;
    struct ptn_extension of_b;
    bool have = next_fixed(&a, &of_a);
    while (have)
        PTN_LOOP(ASSIGNS(READER_FIELDS(a), READER_FIELDS(b), of_a, of_b, have) INVARIANT(
            READER_STATE(a) && READER_STATE(b) && IMPLIES(have, WITHIN(of_a.body, READER_WHOLE(a))))
                     DECREASES(READER_LEFT(a) + (have ? 1 : 0)))
    {
        if (!next_fixed(&b, &of_b) || !is_same_extension(&of_a, &of_b)) {
            return false;
        }
        have = next_fixed(&a, &of_a);
    }
    return !next_fixed(&b, &of_b);
}

bool ptn_client_hello_is_same(const struct ptn_client_hello *first,
                              const struct ptn_client_hello *second)
{
    return first->legacy_version == second->legacy_version &&
           ptn_span_equal(first->random, second->random) &&
           ptn_span_equal(first->session_id, second->session_id) &&
           ptn_span_equal(first->cipher_suites.bytes, second->cipher_suites.bytes) &&
           ptn_span_equal(first->compression_methods, second->compression_methods) &&
           is_same_block(first->extension_block, second->extension_block);
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// ServerHello and HelloRetryRequest, RFC 9846 §4.2.3, §4.2.4: one form, told apart by the random.
#include "wire/hello.h"

#include "base/limits.h"
#include "wire/ext.h"
#include "wire/messages.h"

// SHA-256 of "HelloRetryRequest", RFC 9846 §4.2.3.
static const uint8_t hello_retry_random[PTN_RANDOM_BYTES] = {
    0xcf, 0x21, 0xad, 0x74, 0xe5, 0x9a, 0x61, 0x11, 0xbe, 0x1d, 0x8c, 0x02, 0x1e, 0x65, 0xb8, 0x91,
    0xc2, 0xa2, 0x11, 0x16, 0x7a, 0xbb, 0x8c, 0x5e, 0x07, 0x9e, 0x09, 0xe2, 0xc8, 0xa8, 0x33, 0x9c,
};

patina_span ptn_hello_retry_random(void)
{
    return PTN_SPAN_OF(hello_retry_random);
}

static patina_err parse_fixed(struct ptn_reader *r, struct ptn_server_hello *hello)
    PTN_CONTRACT(REQUIRES(READER(r) && WRITABLE(hello))
                     ASSIGNS(READER_FIELDS(*r), hello->legacy_version, hello->random,
                             hello->session_id, hello->cipher_suite, hello->compression_method,
                             hello->is_hello_retry) ENSURES(READER_STATE(*r))
                         ENSURES(IMPLIES(RESULT == PATINA_OK,
                                         READING(*r) && WITHIN(hello->random, READER_WHOLE(*r)) &&
                                             hello->random.len == 32 &&
                                             WITHIN(hello->session_id, READER_WHOLE(*r)) &&
                                             hello->session_id.len <= 32)))
{
    struct ptn_reader session_id;
    PTN_REQUIRE(ptn_read_u16(r, &hello->legacy_version) &&
                    ptn_read_bytes(r, PTN_RANDOM_BYTES, &hello->random) &&
                    ptn_read_vec8(r, &session_id),
                PATINA_ERR_DECODE_SERVER_HELLO); // RFC 9846 §4.2.3
    PTN_REQUIRE(ptn_reader_left(&session_id) <= PTN_MAX_SESSION_ID_BYTES,
                PATINA_ERR_ILLEGAL_SESSION_ID); // RFC 9846 §4.2.3
    PTN_REQUIRE(ptn_read_u16(r, &hello->cipher_suite) && ptn_read_u8(r, &hello->compression_method),
                PATINA_ERR_DECODE_SERVER_HELLO); // RFC 9846 §4.2.3
    hello->session_id = ptn_reader_whole(&session_id);
    hello->is_hello_retry = ptn_span_equal(hello->random, ptn_hello_retry_random());
    return PATINA_OK;
}

// RFC 9846 §4.3.1: supported_versions comes before all else, for it says whose rules the rest
// follows.
static patina_err find_version(struct ptn_reader block, uint16_t *out_version)
{
    *out_version = 0;
    while (!ptn_reader_is_empty(&block))
        PTN_LOOP(READS_ALL(block))
    {
        struct ptn_extension extension;
        PTN_TRY(ptn_read_extension(&block, &extension));
        if (extension.type == PTN_EXTENSION_SUPPORTED_VERSIONS) {
            return ptn_parse_ext_selected_version(extension.body, out_version);
        }
    }
    return PATINA_OK;
}

static patina_err parse_extension(const struct ptn_extension *extension,
                                  struct ptn_server_hello *hello)
    PTN_CONTRACT(REQUIRES(READABLE(extension) && BODY(extension->body) && WRITABLE(hello))
                     ASSIGNS(SERVER_HELLO_EXTENSION_FIELDS(*hello))
                         GIVES_OR_KEEPS(hello->share.key_exchange, extension->body)
                             GIVES_OR_KEEPS(hello->cookie, extension->body))
{
    switch (extension->type) {
    case PTN_EXTENSION_KEY_SHARE:
        return hello->is_hello_retry
                   ? ptn_parse_ext_key_share_group(extension->body, &hello->selected_group)
                   : ptn_parse_ext_key_share(extension->body, &hello->share);
    case PTN_EXTENSION_PRE_SHARED_KEY:
        return ptn_parse_ext_selected_identity(extension->body, &hello->selected_identity);
    case PTN_EXTENSION_COOKIE:
        return ptn_parse_ext_cookie(extension->body, &hello->cookie);
    default: // supported_versions has been read
        return PATINA_OK;
    }
}

static patina_err parse_extensions(struct ptn_reader block, uint32_t asked,
                                   struct ptn_server_hello *hello)
{
    struct ptn_ext_walk walk;
    struct ptn_extension extension;
    bool have;
    enum ptn_ext_place place =
        hello->is_hello_retry ? PTN_IN_HELLO_RETRY_REQUEST : PTN_IN_SERVER_HELLO;
    PTN_TRY(ptn_ext_walk_start(&walk, block, place, asked));
    PTN_TRY(ptn_ext_walk_next(&walk, &extension, &have));
    while (have)
        PTN_LOOP(WALKS(walk, extension, have,
                       WITHIN(hello->share.key_exchange, READER_WHOLE(walk.reader)) &&
                           WITHIN(hello->cookie, READER_WHOLE(walk.reader)),
                       SERVER_HELLO_EXTENSION_FIELDS(*hello)))
    {
        hello->extensions |= extension.bit;
        PTN_TRY(parse_extension(&extension, hello));
        PTN_TRY(ptn_ext_walk_next(&walk, &extension, &have));
    }
    return PATINA_OK;
}

// The rest of the body: the block of extensions, with nothing behind it.
static patina_err parse_block(struct ptn_reader *r, uint32_t asked, struct ptn_server_hello *hello)
{
    struct ptn_reader block;
    PTN_REQUIRE(ptn_read_vec16(r, &block) && ptn_read_end(r),
                PATINA_ERR_DECODE_SERVER_HELLO); // RFC 9846 §4.2.3
    PTN_TRY(find_version(block, &hello->selected_version));
    if (hello->selected_version != PTN_VERSION_TLS13) {
        return PATINA_OK;
    }
    return parse_extensions(block, asked, hello);
}

// struct {
//     ProtocolVersion legacy_version = 0x0303;
//     Random random;
//     opaque legacy_session_id_echo<0..32>;
//     CipherSuite cipher_suite;
//     uint8 legacy_compression_method = 0;
//     Extension extensions<6..2^16-1>;
// } ServerHello;
//
// Before TLS 1.3 the extensions may be missing, length and all.
patina_err ptn_parse_server_hello(patina_span body, uint32_t asked, struct ptn_server_hello *out)
{
    struct ptn_reader r = ptn_reader_of(body);
    struct ptn_server_hello hello = {0};
    *out = hello;

    PTN_TRY(parse_fixed(&r, &hello));
    if (!ptn_reader_is_empty(&r)) {
        PTN_TRY(parse_block(&r, asked, &hello));
    }
    *out = hello;
    PTN_REACH("ServerHello");
    return PATINA_OK;
}

// KeyShareServerHello or KeyShareHelloRetryRequest, RFC 9846 §4.3.8.
static void write_key_share(struct ptn_writer *w, const struct ptn_server_hello_out *hello)
{
    ptn_write_u16(w, PTN_EXTENSION_KEY_SHARE);
    struct ptn_mark body = ptn_open(w, 2);
    ptn_write_u16(w, hello->group);
    if (!hello->is_hello_retry) {
        ptn_write_vec16(w, hello->share);
    }
    ptn_close(w, body);
}

static void write_extensions(struct ptn_writer *w, const struct ptn_server_hello_out *hello)
    PTN_CONTRACT(REQUIRES(WRITER(w) && SERVER_HELLO_OUT(hello)) ENCODES(w))
{
    struct ptn_mark extensions = ptn_open(w, 2);
    ptn_write_u16(w, PTN_EXTENSION_SUPPORTED_VERSIONS);
    ptn_write_u16(w, 2);
    ptn_write_u16(w, PTN_VERSION_TLS13);
    if (hello->group != 0) {
        write_key_share(w, hello);
    }
    if (hello->is_hello_retry && hello->cookie.len != 0) {
        ptn_write_vector_extension(w, PTN_EXTENSION_COOKIE, hello->cookie);
    }
    ptn_close(w, extensions);
}

void ptn_encode_server_hello(struct ptn_writer *w, const struct ptn_server_hello_out *hello)
{
    struct ptn_mark message = ptn_open_message(w, PTN_HS_SERVER_HELLO);
    ptn_write_u16(w, PTN_VERSION_TLS12);
    ptn_write_span(w, hello->is_hello_retry ? ptn_hello_retry_random() : hello->random);
    ptn_write_vec8(w, hello->session_id);
    ptn_write_u16(w, hello->cipher_suite);
    ptn_write_u8(w, 0); // null compression
    write_extensions(w, hello);
    ptn_close(w, message);
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// EncryptedExtensions, RFC 9846 §4.4.1: parsed by the client, written by the server.
#include "wire/ext.h"
#include "wire/messages.h"

static patina_err parse_extension(const struct ptn_extension *extension,
                                  struct ptn_encrypted_extensions *ee)
    PTN_CONTRACT(REQUIRES(READABLE(extension) && BODY(extension->body) && WRITABLE(ee))
                     ASSIGNS(ee->alpn, ee->supported_groups)
                         GIVES_OR_KEEPS(ee->alpn, extension->body)
                             GIVES_OR_KEEPS(ee->supported_groups.bytes, extension->body))
{
    switch (extension->type) {
    case PTN_EXTENSION_SERVER_NAME: // RFC 6066 §3: the acknowledgement is empty
        return ptn_parse_ext_empty(extension->body, PATINA_ERR_DECODE_SERVER_NAME);
    case PTN_EXTENSION_SUPPORTED_GROUPS:
        return ptn_parse_ext_algorithms(extension->body, PATINA_ERR_DECODE_SUPPORTED_GROUPS,
                                        &ee->supported_groups);
    case PTN_EXTENSION_ALPN:
        return ptn_parse_ext_alpn_answer(extension->body, &ee->alpn);
    default: // early_data, RFC 9846 §4.3.10: the walk lets nothing else through
        return ptn_parse_ext_empty(extension->body, PATINA_ERR_DECODE_EARLY_DATA);
    }
}

// struct { Extension extensions<0..2^16-1>; } EncryptedExtensions;
patina_err ptn_parse_encrypted_extensions(patina_span body, uint32_t asked,
                                          struct ptn_encrypted_extensions *out)
{
    struct ptn_reader r = ptn_reader_of(body);
    struct ptn_encrypted_extensions ee = {0};
    struct ptn_reader block;
    struct ptn_ext_walk walk;
    struct ptn_extension extension;
    bool have;
    *out = ee;

    PTN_REQUIRE(ptn_read_vec16(&r, &block) && ptn_read_end(&r),
                PATINA_ERR_DECODE_ENCRYPTED_EXTENSIONS); // RFC 9846 §4.4.1
    PTN_TRY(ptn_ext_walk_start(&walk, block, PTN_IN_ENCRYPTED_EXTENSIONS, asked));
    PTN_TRY(ptn_ext_walk_next(&walk, &extension, &have));
    while (have)
        PTN_LOOP(WALKS(walk, extension, have,
                       WITHIN(ee.alpn, READER_WHOLE(walk.reader)) &&
                           WITHIN(ee.supported_groups.bytes, READER_WHOLE(walk.reader)),
                       ee.extensions, ee.alpn, ee.supported_groups))
    {
        ee.extensions |= extension.bit;
        PTN_TRY(parse_extension(&extension, &ee));
        PTN_TRY(ptn_ext_walk_next(&walk, &extension, &have));
    }
    *out = ee;
    PTN_REACH("EncryptedExtensions");
    return PATINA_OK;
}

void ptn_encode_encrypted_extensions(struct ptn_writer *w,
                                     const struct ptn_encrypted_extensions_out *out)
{
    struct ptn_mark message = ptn_open_message(w, PTN_HS_ENCRYPTED_EXTENSIONS);
    struct ptn_mark extensions = ptn_open(w, 2);
    if (out->acknowledge_server_name) {
        ptn_write_u16(w, PTN_EXTENSION_SERVER_NAME);
        ptn_write_u16(w, 0);
    }
    if (out->alpn.len != 0) {
        ptn_write_u16(w, PTN_EXTENSION_ALPN);
        struct ptn_mark body = ptn_open(w, 2);
        struct ptn_mark names = ptn_open(w, 2);
        ptn_write_vec8(w, out->alpn);
        ptn_close(w, names);
        ptn_close(w, body);
    }
    ptn_close(w, extensions);
    ptn_close(w, message);
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Which extension may stand in which message (RFC 9846 §4.3), and the walk over an extension block
// that all parsers share: duplicates (of unknown types too), number, placement.
#ifndef PTN_WIRE_EXT_TABLE_H
#define PTN_WIRE_EXT_TABLE_H

#include "base/bytes.h"
#include "wire/codepoints.h"

// The extensions known to us, as bits of a set.
enum ptn_ext {
    PTN_EXT_SERVER_NAME = 1 << 0,
    PTN_EXT_STATUS_REQUEST = 1 << 1,
    PTN_EXT_SUPPORTED_GROUPS = 1 << 2,
    PTN_EXT_SIGNATURE_ALGORITHMS = 1 << 3,
    PTN_EXT_ALPN = 1 << 4,
    PTN_EXT_SCT = 1 << 5,
    PTN_EXT_PRE_SHARED_KEY = 1 << 6,
    PTN_EXT_EARLY_DATA = 1 << 7,
    PTN_EXT_SUPPORTED_VERSIONS = 1 << 8,
    PTN_EXT_COOKIE = 1 << 9,
    PTN_EXT_PSK_KEY_EXCHANGE_MODES = 1 << 10,
    PTN_EXT_CERTIFICATE_AUTHORITIES = 1 << 11,
    PTN_EXT_POST_HANDSHAKE_AUTH = 1 << 12,
    PTN_EXT_SIGNATURE_ALGORITHMS_CERT = 1 << 13,
    PTN_EXT_KEY_SHARE = 1 << 14,
    PTN_EXT_OID_FILTERS = 1 << 15,
    PTN_EXT_PADDING = 1 << 16,
    PTN_EXT_EC_POINT_FORMATS = 1 << 17, // TLS 1.2: ignored in a ClientHello, misplaced elsewhere
    PTN_EXT_EXTENDED_MAIN_SECRET = 1 << 18, // likewise
    PTN_EXT_SESSION_TICKET = 1 << 19,       // likewise
    PTN_EXT_RENEGOTIATION_INFO = 1 << 20,   // likewise
};

// The messages that carry extensions.
enum ptn_ext_place {
    PTN_IN_CLIENT_HELLO = 1 << 0,
    PTN_IN_SERVER_HELLO = 1 << 1,
    PTN_IN_HELLO_RETRY_REQUEST = 1 << 2,
    PTN_IN_ENCRYPTED_EXTENSIONS = 1 << 3,
    PTN_IN_CERTIFICATE = 1 << 4,
    PTN_IN_CERTIFICATE_REQUEST = 1 << 5,
    PTN_IN_NEW_SESSION_TICKET = 1 << 6,
};

// The set bit of an extension type, or 0 for one unknown to us.
uint32_t ptn_ext_bit(uint16_t type) PTN_CONTRACT(ASSIGNS());

// One extension of a block.
struct ptn_extension {
    uint16_t type;
    uint32_t bit; // 0: unknown
    patina_span body;
};

// Reads one Extension, RFC 9846 §4.3; DECODE_EXTENSIONS when it does not fit. Judges neither place
// nor number.
patina_err ptn_read_extension(struct ptn_reader *block, struct ptn_extension *out) PTN_CONTRACT(
    REQUIRES(READER(block) && WRITABLE(out)) ASSIGNS(READER_FIELDS(*block), *out)
        ENSURES(READER_STATE(*block) && WITHIN(out->body, READER_WHOLE(*block)) &&
                out->body.len <= 65535) ENSURES(IFF(RESULT == PATINA_OK, !block->failed_))
            ENSURES(IMPLIES(RESULT == PATINA_OK,
                            block->pos_ >= OLD(block->pos_) && block->pos_ - OLD(block->pos_) >= 4))
                ENSURES(RESULT == PATINA_OK || RESULT == PATINA_ERR_DECODE_EXTENSIONS));

// Writes an extension whose body is one vector with a length of two bytes.
void ptn_write_vector_extension(struct ptn_writer *w, uint16_t type, patina_span vector)
    PTN_CONTRACT(REQUIRES(WRITER(w) && SPAN(vector)) ENCODES(w));

// Walks a block whose length prefix has been read: start, then next until *out_have is false. Start
// checks the block as a whole, in this order: form (DECODE_EXTENSIONS), number
// (TOO_MANY_EXTENSIONS), duplicates of known and unknown types (DUPLICATE_EXTENSION). Next judges
// each extension: one that is known to us and not allowed in this message is MISPLACED_EXTENSION,
// asked for or not. In a response (ServerHello, HelloRetryRequest, EncryptedExtensions,
// Certificate) any other one that is not in `asked` is UNSOLICITED_EXTENSION, but for the cookie of
// a HelloRetryRequest. In requests (ClientHello, CertificateRequest, NewSessionTicket) unknown ones
// come with bit 0.
struct ptn_ext_walk {
    struct ptn_reader reader;
    uint32_t asked;
    enum ptn_ext_place place;
};
patina_err ptn_ext_walk_start(struct ptn_ext_walk *walk, struct ptn_reader block,
                              enum ptn_ext_place place, uint32_t asked)
    PTN_CONTRACT(REQUIRES(READER_VALUE(block) && !block.failed_ && WRITABLE(walk)) ASSIGNS(*walk)
                     ENSURES(READER_STATE(walk->reader) &&
                             walk->reader.len_ == (RESULT == PATINA_OK ? block.len_ : 0))
                         ENSURES(IMPLIES(RESULT == PATINA_OK,
                                         walk->reader.pos_ == block.pos_ && !walk->reader.failed_))
                             ENSURES(walk->reader.len_ == 0 ||
                                     __CPROVER_pointer_equals((void *)walk->reader.base_,
                                                              (void *)block.base_)));
patina_err ptn_ext_walk_next(struct ptn_ext_walk *walk, struct ptn_extension *out, bool *out_have)
    PTN_CONTRACT(REQUIRES(WRITABLE(walk) && READER_VALUE(walk->reader) && WRITABLE(out) &&
                          WRITABLE(out_have)) ASSIGNS(READER_FIELDS(walk->reader), *out, *out_have)
                     ENSURES(READER_STATE(walk->reader) &&
                             WITHIN(out->body, READER_WHOLE(walk->reader)) &&
                             out->body.len <= 65535)
                         ENSURES(IMPLIES(*out_have, RESULT == PATINA_OK &&
                                                        walk->reader.pos_ > OLD(walk->reader.pos_)))
                             ENSURES(IMPLIES(!*out_have && RESULT == PATINA_OK,
                                             walk->reader.pos_ == OLD(walk->reader.pos_))));

#endif

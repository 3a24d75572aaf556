// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Which extension may stand in which message, and what every extension block has to fulfil (RFC
// 9846 §4.3). All message parsers walk their extensions with these functions.
#include "wire/ext_table.h"

#include "base/limits.h"

enum { FILTER_BITS = 256 };

struct row {
    uint16_t type;
    uint32_t bit;
    unsigned places;
};

// RFC 9846 §4.3, table "TLS Extensions"; signed_certificate_timestamp by §4.5.1 and RFC 6962
// §3.3.1. The last four mean something in TLS 1.2 only: clients of both versions send them, no
// message of TLS 1.3 answers them.
static const struct row rows[] = {
    {PTN_EXTENSION_SERVER_NAME, PTN_EXT_SERVER_NAME,
     PTN_IN_CLIENT_HELLO | PTN_IN_ENCRYPTED_EXTENSIONS | PTN_IN_CERTIFICATE_REQUEST},
    {PTN_EXTENSION_STATUS_REQUEST, PTN_EXT_STATUS_REQUEST,
     PTN_IN_CLIENT_HELLO | PTN_IN_CERTIFICATE_REQUEST | PTN_IN_CERTIFICATE},
    {PTN_EXTENSION_SUPPORTED_GROUPS, PTN_EXT_SUPPORTED_GROUPS,
     PTN_IN_CLIENT_HELLO | PTN_IN_ENCRYPTED_EXTENSIONS},
    {PTN_EXTENSION_SIGNATURE_ALGORITHMS, PTN_EXT_SIGNATURE_ALGORITHMS,
     PTN_IN_CLIENT_HELLO | PTN_IN_CERTIFICATE_REQUEST},
    {PTN_EXTENSION_ALPN, PTN_EXT_ALPN, PTN_IN_CLIENT_HELLO | PTN_IN_ENCRYPTED_EXTENSIONS},
    {PTN_EXTENSION_SIGNED_CERTIFICATE_TIMESTAMP, PTN_EXT_SCT,
     PTN_IN_CLIENT_HELLO | PTN_IN_CERTIFICATE_REQUEST | PTN_IN_CERTIFICATE},
    {PTN_EXTENSION_PADDING, PTN_EXT_PADDING, PTN_IN_CLIENT_HELLO},
    {PTN_EXTENSION_PRE_SHARED_KEY, PTN_EXT_PRE_SHARED_KEY,
     PTN_IN_CLIENT_HELLO | PTN_IN_SERVER_HELLO},
    {PTN_EXTENSION_EARLY_DATA, PTN_EXT_EARLY_DATA,
     PTN_IN_CLIENT_HELLO | PTN_IN_ENCRYPTED_EXTENSIONS | PTN_IN_NEW_SESSION_TICKET},
    {PTN_EXTENSION_SUPPORTED_VERSIONS, PTN_EXT_SUPPORTED_VERSIONS,
     PTN_IN_CLIENT_HELLO | PTN_IN_SERVER_HELLO | PTN_IN_HELLO_RETRY_REQUEST},
    {PTN_EXTENSION_COOKIE, PTN_EXT_COOKIE, PTN_IN_CLIENT_HELLO | PTN_IN_HELLO_RETRY_REQUEST},
    {PTN_EXTENSION_PSK_KEY_EXCHANGE_MODES, PTN_EXT_PSK_KEY_EXCHANGE_MODES, PTN_IN_CLIENT_HELLO},
    {PTN_EXTENSION_CERTIFICATE_AUTHORITIES, PTN_EXT_CERTIFICATE_AUTHORITIES,
     PTN_IN_CLIENT_HELLO | PTN_IN_CERTIFICATE_REQUEST},
    {PTN_EXTENSION_OID_FILTERS, PTN_EXT_OID_FILTERS, PTN_IN_CERTIFICATE_REQUEST},
    {PTN_EXTENSION_POST_HANDSHAKE_AUTH, PTN_EXT_POST_HANDSHAKE_AUTH, PTN_IN_CLIENT_HELLO},
    {PTN_EXTENSION_SIGNATURE_ALGORITHMS_CERT, PTN_EXT_SIGNATURE_ALGORITHMS_CERT,
     PTN_IN_CLIENT_HELLO | PTN_IN_CERTIFICATE_REQUEST},
    {PTN_EXTENSION_KEY_SHARE, PTN_EXT_KEY_SHARE,
     PTN_IN_CLIENT_HELLO | PTN_IN_SERVER_HELLO | PTN_IN_HELLO_RETRY_REQUEST},
    {PTN_EXTENSION_EC_POINT_FORMATS, PTN_EXT_EC_POINT_FORMATS, PTN_IN_CLIENT_HELLO},
    {PTN_EXTENSION_EXTENDED_MAIN_SECRET, PTN_EXT_EXTENDED_MAIN_SECRET, PTN_IN_CLIENT_HELLO},
    {PTN_EXTENSION_SESSION_TICKET, PTN_EXT_SESSION_TICKET, PTN_IN_CLIENT_HELLO},
    {PTN_EXTENSION_RENEGOTIATION_INFO, PTN_EXT_RENEGOTIATION_INFO, PTN_IN_CLIENT_HELLO},
};

uint32_t ptn_ext_bit(uint16_t type)
{
    for (size_t i = 0; i < PTN_COUNT(rows); i++)
        PTN_LOOP(COUNTS_TO(i, PTN_COUNT(rows)))
    {
        if (PTN_AT(rows, i).type == type) {
            return PTN_AT(rows, i).bit;
        }
    }
    return 0;
}

static unsigned places_of(uint32_t bit)
{
    for (size_t i = 0; i < PTN_COUNT(rows); i++)
        PTN_LOOP(COUNTS_TO(i, PTN_COUNT(rows)))
    {
        if (PTN_AT(rows, i).bit == bit) {
            return PTN_AT(rows, i).places;
        }
    }
    return 0;
}

// RFC 9846 §4.3:
//
//     struct {
//         ExtensionType extension_type;
//         opaque extension_data<0..2^16-1>;
//     } Extension;
patina_err ptn_read_extension(struct ptn_reader *block, struct ptn_extension *out)
{
    uint16_t type;
    struct ptn_reader body;
    *out = (struct ptn_extension){0};

    // RFC 9846 §4.3: an Extension is whole.
    PTN_REQUIRE(ptn_read_u16(block, &type) && ptn_read_vec16(block, &body),
                PATINA_ERR_DECODE_EXTENSIONS);
    *out = (struct ptn_extension){
        .type = type, .bit = ptn_ext_bit(type), .body = ptn_reader_whole(&body)};
    PTN_REACH("extension read");
    return PATINA_OK;
}

void ptn_write_vector_extension(struct ptn_writer *w, uint16_t type, patina_span vector)
{
    ptn_write_u16(w, type);
    struct ptn_mark body = ptn_open(w, 2);
    ptn_write_vec16(w, vector);
    ptn_close(w, body);
}

// A Bloom filter of types: two bits a type. It never forgets one, and seldom invents one.
struct filter {
    uint64_t words[FILTER_BITS / 64];
};

// Sets the bit for `hash`; whether it was set before.
static bool filter_set(struct filter *f, uint32_t hash)
{
    uint32_t at = hash % FILTER_BITS;
    uint64_t mask = UINT64_C(1) << (at % 64);
    uint64_t *word = &PTN_AT(f->words, at / 64);
    bool was_set = (*word & mask) != 0;
    *word |= mask;
    return was_set;
}

static bool filter_add(struct filter *f, uint16_t type)
{
    bool first = filter_set(f, type);
    bool second = filter_set(f, ((uint32_t)type * 40503U) >> 8);
    return first && second;
}

// Whether `type` is among the first `count` extensions of the block.
static bool is_among(struct ptn_reader block, size_t count, uint16_t type)
{
    for (size_t i = 0; i < count; i++)
        PTN_LOOP(READS_ENTRIES(block, i, count))
    {
        struct ptn_extension extension;
        if (ptn_read_extension(&block, &extension) != PATINA_OK) {
            return false;
        }
        if (extension.type == type) {
            return true;
        }
    }
    return false;
}

// Form and number of a block.
static patina_err check_form(struct ptn_reader block)
{
    size_t count = 0;
    while (!ptn_reader_is_empty(&block))
        PTN_LOOP(READS_AND_COUNTS(block, count))
    {
        struct ptn_extension extension;
        PTN_TRY(ptn_read_extension(&block, &extension));
        count++;
    }
    PTN_REQUIRE(count <= PTN_MAX_EXTENSIONS, PATINA_ERR_TOO_MANY_EXTENSIONS); // limits.h
    return PATINA_OK;
}

// RFC 9846 §4.3: no type twice in one block, be it known or not.
static patina_err check_duplicates(const struct ptn_reader whole)
{
    struct ptn_reader block = whole;
    struct filter filter = {0};
    size_t count = 0;
    while (!ptn_reader_is_empty(&block))
        PTN_LOOP(ASSIGNS(READER_FIELDS(block), filter, count) INVARIANT(
            READING(block) && count <= READER_DONE(block)) DECREASES(READER_LEFT(block)))
    {
        struct ptn_extension extension;
        PTN_TRY(ptn_read_extension(&block, &extension));
        bool maybe = filter_add(&filter, extension.type);
        PTN_REQUIRE(!maybe || !is_among(whole, count, extension.type),
                    PATINA_ERR_DUPLICATE_EXTENSION);
        count++;
    }
    return PATINA_OK;
}

patina_err ptn_ext_walk_start(struct ptn_ext_walk *walk, struct ptn_reader block,
                              enum ptn_ext_place place, uint32_t asked)
{
    *walk = (struct ptn_ext_walk){.place = place};
    PTN_TRY(check_form(block));
    PTN_TRY(check_duplicates(block));
    walk->reader = block;
    walk->asked = asked;
    if (place == PTN_IN_HELLO_RETRY_REQUEST) {
        walk->asked |= PTN_EXT_COOKIE; // RFC 9846 §4.3: never asked for, and lawful
    }
    PTN_REACH("extension block in form");
    return PATINA_OK;
}

static bool is_response(enum ptn_ext_place place)
{
    return place == PTN_IN_SERVER_HELLO || place == PTN_IN_HELLO_RETRY_REQUEST ||
           place == PTN_IN_ENCRYPTED_EXTENSIONS || place == PTN_IN_CERTIFICATE;
}

patina_err ptn_ext_walk_next(struct ptn_ext_walk *walk, struct ptn_extension *out, bool *out_have)
{
    *out = (struct ptn_extension){0};
    *out_have = false;
    if (ptn_reader_is_empty(&walk->reader)) {
        return PATINA_OK;
    }
    struct ptn_extension extension;
    PTN_TRY(ptn_read_extension(&walk->reader, &extension));

    bool known = extension.bit != 0;
    bool allowed = !known || (places_of(extension.bit) & (unsigned)walk->place) != 0;
    bool asked = !is_response(walk->place) || (extension.bit & walk->asked) != 0;
    PTN_REQUIRE(allowed, PATINA_ERR_MISPLACED_EXTENSION); // RFC 9846 §4.3, §4.4.1
    PTN_REQUIRE(asked, PATINA_ERR_UNSOLICITED_EXTENSION); // RFC 9846 §4.3

    *out = extension;
    *out_have = true;
    PTN_REACH("extension accepted");
    return PATINA_OK;
}

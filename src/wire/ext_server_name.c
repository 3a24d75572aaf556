// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// server_name of a ClientHello, RFC 6066 §3. Exactly one host_name is wanted. Names of other types
// begin with a 16-bit length, as §3 demands of all future types, and are passed over; no type may
// occur twice. A host name is printable ASCII of a length a DNS name can have; whether it is one,
// or a literal address, is for the caller to judge.
#include "base/limits.h"
#include "wire/ext.h"

enum { TYPE_HOST_NAME = 0, TYPES = 256 };

struct type_set {
    uint64_t words[TYPES / 64];
};

// Adds `type`; false when it was there.
static bool type_set_add(struct type_set *set, uint8_t type)
{
    uint64_t *word = &PTN_AT(set->words, (size_t)type / 64);
    uint64_t mask = UINT64_C(1) << (type % 64);
    bool is_new = (*word & mask) == 0;
    *word |= mask;
    return is_new;
}

static bool is_host_name_form(patina_span name)
{
    if (name.len > PTN_MAX_SERVER_NAME_BYTES) {
        return false;
    }
    for (size_t i = 0; i < name.len; i++)
        PTN_LOOP(COUNTS_TO(i, name.len))
    {
        uint8_t c = ptn_span_at(name, i);
        if (c <= ' ' || c >= 0x7f) {
            return false;
        }
    }
    return true;
}

// struct {
//     NameType name_type;
//     select (name_type) { case host_name: HostName; } name;
// } ServerName;
// opaque HostName<1..2^16-1>;
static patina_err read_name(struct ptn_reader *names, struct type_set *seen,
                            patina_span *out_host_name)
{
    uint8_t type;
    struct ptn_reader name;
    PTN_REQUIRE(ptn_read_u8(names, &type) && ptn_read_vec16(names, &name),
                PATINA_ERR_DECODE_SERVER_NAME);                              // RFC 6066 §3
    PTN_REQUIRE(type_set_add(seen, type), PATINA_ERR_BAD_SERVER_NAME_OFFER); // RFC 6066 §3
    if (type != TYPE_HOST_NAME) {
        return PATINA_OK;
    }
    PTN_REQUIRE(!ptn_reader_is_empty(&name), PATINA_ERR_DECODE_SERVER_NAME); // RFC 6066 §3
    *out_host_name = ptn_reader_whole(&name);
    return PATINA_OK;
}

// struct { ServerName server_name_list<1..2^16-1> } ServerNameList;
patina_err ptn_parse_ext_server_name(patina_span body, patina_span *out_host_name)
{
    struct ptn_reader r = ptn_reader_of(body);
    struct ptn_reader names;
    struct type_set seen = {0};
    patina_span host_name = {0};
    *out_host_name = host_name;

    PTN_REQUIRE(ptn_read_vec16(&r, &names) && ptn_read_end(&r),
                PATINA_ERR_DECODE_SERVER_NAME);                               // RFC 9846 §4.3
    PTN_REQUIRE(!ptn_reader_is_empty(&names), PATINA_ERR_DECODE_SERVER_NAME); // RFC 6066 §3
    while (!ptn_reader_is_empty(&names))
        PTN_LOOP(ASSIGNS(READER_FIELDS(names), seen, host_name) INVARIANT(
            READING(names) && WITHIN(host_name, READER_WHOLE(names))) DECREASES(READER_LEFT(names)))
    {
        PTN_TRY(read_name(&names, &seen, &host_name));
    }
    PTN_REQUIRE(host_name.len != 0, PATINA_ERR_BAD_SERVER_NAME_OFFER);           // RFC 6066 §3
    PTN_REQUIRE(is_host_name_form(host_name), PATINA_ERR_BAD_SERVER_NAME_OFFER); // RFC 6066 §3
    *out_host_name = host_name;
    PTN_REACH("host name");
    return PATINA_OK;
}

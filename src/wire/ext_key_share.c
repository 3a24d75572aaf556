// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// key_share, RFC 9846 §4.3.8, of ClientHello, ServerHello and HelloRetryRequest. Whether a share is
// a valid public key is for the key exchange to say.
#include "base/limits.h"
#include "wire/ext.h"

// struct {
//     NamedGroup group;
//     opaque key_exchange<1..2^16-1>;
// } KeyShareEntry;
// struct { KeyShareEntry client_shares<0..2^16-1>; } KeyShareClientHello;
patina_err ptn_parse_ext_key_share_list(patina_span body, struct ptn_key_share_list *out)
{
    struct ptn_reader r = ptn_reader_of(body);
    struct ptn_reader shares;
    struct ptn_key_share_list list = {0};
    *out = list;

    PTN_REQUIRE(ptn_read_vec16(&r, &shares) && ptn_read_end(&r),
                PATINA_ERR_DECODE_KEY_SHARE); // RFC 9846 §4.3
    list.bytes = ptn_reader_whole(&shares);
    while (!ptn_reader_is_empty(&shares))
        PTN_LOOP(ASSIGNS(READER_FIELDS(shares), list.count) INVARIANT(
            READING(shares) && list.count <= PTN_MAX_KEY_SHARES &&
            IFF(list.count == 0, AT_START(shares))) DECREASES(READER_LEFT(shares)))
    {
        struct ptn_key_share share;
        struct ptn_key_share same;
        PTN_REQUIRE(ptn_read_key_share(&shares, &share),
                    PATINA_ERR_DECODE_KEY_SHARE); // RFC 9846 §4.3.8
        PTN_REQUIRE(list.count < PTN_MAX_KEY_SHARES, PATINA_ERR_TOO_MANY_KEY_SHARES); // limits.h
        PTN_REQUIRE(!ptn_key_share_list_find(list, share.group, &same),
                    PATINA_ERR_DUPLICATE_KEY_SHARE); // RFC 9846 §4.3.8
        list.count++;
    }
    *out = list;
    PTN_REACH("key shares");
    return PATINA_OK;
}

// struct { KeyShareEntry server_share; } KeyShareServerHello;
patina_err ptn_parse_ext_key_share(patina_span body, struct ptn_key_share *out)
{
    struct ptn_reader r = ptn_reader_of(body);
    struct ptn_key_share share;
    *out = (struct ptn_key_share){0};

    PTN_REQUIRE(ptn_read_key_share(&r, &share) && ptn_read_end(&r),
                PATINA_ERR_DECODE_KEY_SHARE); // RFC 9846 §4.3.8
    *out = share;
    PTN_REACH("server's key share");
    return PATINA_OK;
}

// struct { NamedGroup selected_group; } KeyShareHelloRetryRequest;
patina_err ptn_parse_ext_key_share_group(patina_span body, uint16_t *out_group)
{
    struct ptn_reader r = ptn_reader_of(body);
    uint16_t group;
    *out_group = 0;

    PTN_REQUIRE(ptn_read_u16(&r, &group) && ptn_read_end(&r),
                PATINA_ERR_DECODE_KEY_SHARE); // RFC 9846 §4.3.8
    *out_group = group;
    PTN_REACH("selected group");
    return PATINA_OK;
}

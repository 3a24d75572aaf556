// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// pre_shared_key and psk_key_exchange_modes, RFC 9846 §4.3.11, §4.3.9. A server without resumption
// checks the form too.
#include "wire/ext.h"

enum { MIN_BINDER_BYTES = 32 };

// enum { psk_ke(0), psk_dhe_ke(1), (255) } PskKeyExchangeMode;
// struct { PskKeyExchangeMode ke_modes<1..255>; } PskKeyExchangeModes;
patina_err ptn_parse_ext_psk_modes(patina_span body, patina_span *out_modes)
{
    struct ptn_reader r = ptn_reader_of(body);
    struct ptn_reader modes;
    *out_modes = (patina_span){0};

    PTN_REQUIRE(ptn_read_vec8(&r, &modes) && ptn_read_end(&r),
                PATINA_ERR_DECODE_PSK_MODES);                               // RFC 9846 §4.3
    PTN_REQUIRE(!ptn_reader_is_empty(&modes), PATINA_ERR_DECODE_PSK_MODES); // RFC 9846 §4.3.9
    *out_modes = ptn_reader_whole(&modes);
    PTN_REACH("PSK modes");
    return PATINA_OK;
}

// struct {
//     opaque identity<1..2^16-1>;
//     uint32 obfuscated_ticket_age;
// } PskIdentity;
// PskIdentity identities<7..2^16-1>;
static patina_err parse_identities(struct ptn_reader identities, size_t *out_count)
{
    size_t count = 0;
    *out_count = 0;
    while (!ptn_reader_is_empty(&identities))
        PTN_LOOP(READS_AND_COUNTS(identities, count))
    {
        struct ptn_reader identity;
        uint32_t age;
        PTN_REQUIRE(ptn_read_vec16(&identities, &identity) && !ptn_reader_is_empty(&identity) &&
                        ptn_read_u32(&identities, &age),
                    PATINA_ERR_DECODE_PRE_SHARED_KEY); // RFC 9846 §4.3.11
        count++;
    }
    PTN_REQUIRE(count != 0, PATINA_ERR_DECODE_PRE_SHARED_KEY); // RFC 9846 §4.3.11: never empty
    *out_count = count;
    return PATINA_OK;
}

// opaque PskBinderEntry<32..255>;
// PskBinderEntry binders<33..2^16-1>;
static patina_err parse_binders(struct ptn_reader binders, size_t *out_count)
{
    size_t count = 0;
    *out_count = 0;
    while (!ptn_reader_is_empty(&binders))
        PTN_LOOP(READS_AND_COUNTS(binders, count))
    {
        struct ptn_reader binder;
        PTN_REQUIRE(ptn_read_vec8(&binders, &binder) &&
                        ptn_reader_left(&binder) >= MIN_BINDER_BYTES,
                    PATINA_ERR_DECODE_PRE_SHARED_KEY); // RFC 9846 §4.3.11
        count++;
    }
    PTN_REQUIRE(count != 0, PATINA_ERR_DECODE_PRE_SHARED_KEY); // RFC 9846 §4.3.11: never empty
    *out_count = count;
    return PATINA_OK;
}

// struct {
//     PskIdentity identities<7..2^16-1>;
//     PskBinderEntry binders<33..2^16-1>;
// } OfferedPsks;
patina_err ptn_parse_ext_pre_shared_key(patina_span body, size_t *out_identities,
                                        size_t *out_binders)
{
    struct ptn_reader r = ptn_reader_of(body);
    struct ptn_reader identities;
    struct ptn_reader binders;
    size_t identity_count;
    size_t binder_count;
    *out_identities = 0;
    *out_binders = 0;

    PTN_REQUIRE(ptn_read_vec16(&r, &identities) && ptn_read_vec16(&r, &binders) && ptn_read_end(&r),
                PATINA_ERR_DECODE_PRE_SHARED_KEY); // RFC 9846 §4.3.11
    PTN_TRY(parse_identities(identities, &identity_count));
    PTN_TRY(parse_binders(binders, &binder_count));
    PTN_REQUIRE(identity_count == binder_count, PATINA_ERR_PSK_BINDER_COUNT); // RFC 9846 §4.3.11
    *out_identities = identity_count;
    *out_binders = binder_count;
    PTN_REACH("offered PSKs");
    return PATINA_OK;
}

// uint16 selected_identity;
patina_err ptn_parse_ext_selected_identity(patina_span body, uint16_t *out)
{
    struct ptn_reader r = ptn_reader_of(body);
    uint16_t identity;
    *out = 0;

    PTN_REQUIRE(ptn_read_u16(&r, &identity) && ptn_read_end(&r),
                PATINA_ERR_DECODE_PRE_SHARED_KEY); // RFC 9846 §4.3.11
    *out = identity;
    PTN_REACH("selected identity");
    return PATINA_OK;
}

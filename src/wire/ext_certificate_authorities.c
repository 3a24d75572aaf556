// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// certificate_authorities and oid_filters, RFC 9846 §4.3.4, §4.3.5: hints for the choice of a
// certificate.
#include "wire/ext.h"

// opaque DistinguishedName<1..2^16-1>;
// struct { DistinguishedName authorities<3..2^16-1>; } CertificateAuthoritiesExtension;
patina_err ptn_parse_ext_certificate_authorities(patina_span body, size_t *out_count)
{
    struct ptn_reader r = ptn_reader_of(body);
    struct ptn_reader names;
    size_t count = 0;
    *out_count = 0;

    PTN_REQUIRE(ptn_read_vec16(&r, &names) && ptn_read_end(&r),
                PATINA_ERR_DECODE_CERTIFICATE_AUTHORITIES); // RFC 9846 §4.3
    while (!ptn_reader_is_empty(&names))
        PTN_LOOP(READS_AND_COUNTS(names, count))
    {
        struct ptn_reader name;
        PTN_REQUIRE(ptn_read_vec16(&names, &name) && !ptn_reader_is_empty(&name),
                    PATINA_ERR_DECODE_CERTIFICATE_AUTHORITIES); // RFC 9846 §4.3.4
        count++;
    }
    PTN_REQUIRE(count != 0,
                PATINA_ERR_DECODE_CERTIFICATE_AUTHORITIES); // RFC 9846 §4.3.4: never empty
    *out_count = count;
    PTN_REACH("certificate authorities");
    return PATINA_OK;
}

// struct {
//     opaque certificate_extension_oid<1..2^8-1>;
//     opaque certificate_extension_values<0..2^16-1>;
// } OIDFilter;
// struct { OIDFilter filters<0..2^16-1>; } OIDFilterExtension;
patina_err ptn_parse_ext_oid_filters(patina_span body)
{
    struct ptn_reader r = ptn_reader_of(body);
    struct ptn_reader filters;
    PTN_REQUIRE(ptn_read_vec16(&r, &filters) && ptn_read_end(&r),
                PATINA_ERR_DECODE_CERTIFICATE_REQUEST); // RFC 9846 §4.3
    while (!ptn_reader_is_empty(&filters))
        PTN_LOOP(READS_ALL(filters))
    {
        struct ptn_reader oid;
        struct ptn_reader values;
        PTN_REQUIRE(ptn_read_vec8(&filters, &oid) && !ptn_reader_is_empty(&oid) &&
                        ptn_read_vec16(&filters, &values),
                    PATINA_ERR_DECODE_CERTIFICATE_REQUEST); // RFC 9846 §4.3.5
    }
    PTN_REACH("OID filters");
    return PATINA_OK;
}

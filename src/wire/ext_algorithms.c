// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// supported_groups, signature_algorithms and signature_algorithms_cert: RFC 9846 §4.3.7, §4.3.3.
// The same form three times. Called by the parsers of ClientHello, CertificateRequest and
// EncryptedExtensions. And the extension without a body.
#include "wire/ext.h"

patina_err ptn_parse_ext_empty(patina_span body, patina_err err)
{
    PTN_REQUIRE(body.len == 0, err); // RFC 9846 §4.3: trailing data
    return PATINA_OK;
}

// struct { NamedGroup named_group_list<2..2^16-1>; } NamedGroupList;
// struct { SignatureScheme supported_signature_algorithms<2..2^16-2>; } SignatureSchemeList;
patina_err ptn_parse_ext_algorithms(patina_span body, patina_err err, struct ptn_u16_list *out)
{
    struct ptn_reader r = ptn_reader_of(body);
    struct ptn_reader list;
    struct ptn_u16_list parsed;
    *out = (struct ptn_u16_list){0};

    PTN_REQUIRE(ptn_read_vec16(&r, &list) && ptn_read_end(&r), err); // RFC 9846 §4.3
    PTN_REQUIRE(ptn_read_u16_list(&list, 1, &parsed), err);          // RFC 9846 §4.3.3, §4.3.7
    *out = parsed;
    PTN_REACH("algorithms");
    return PATINA_OK;
}

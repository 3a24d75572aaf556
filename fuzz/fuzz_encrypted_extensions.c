// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// EncryptedExtensions: the whole input is the message's body, parsed as an answer to three
// ClientHellos.
#include "fuzz.h"

#include "wire/messages.h"

static void parse(patina_span body, uint32_t asked)
{
    struct ptn_encrypted_extensions ee;
    patina_err err = ptn_parse_encrypted_extensions(body, asked, &ee);
    MUST_BE_VERDICT(err);
    MUST((ee.extensions & ~asked) == 0);
    MUST(err == PATINA_OK || (ee.extensions == 0 && ee.alpn.ptr == NULL));
    MUST(ee.alpn.len <= 255);
    MUST(((ee.extensions & PTN_EXT_ALPN) != 0) == (ee.alpn.len != 0));
    use_span(ee.alpn);
    for (size_t i = 0; i < ptn_u16_list_count(ee.supported_groups); i++) {
        use_number(ptn_u16_list_at(ee.supported_groups, i));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    patina_span body = {data, size};
    parse(body, UINT32_MAX);
    parse(body, PTN_EXT_SERVER_NAME | PTN_EXT_SUPPORTED_GROUPS);
    parse(body, 0);
    return 0;
}

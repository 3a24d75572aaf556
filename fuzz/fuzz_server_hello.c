// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// ServerHello and HelloRetryRequest: the whole input is the message's body, parsed as answers to
// three ClientHellos.
#include "fuzz.h"

#include "base/limits.h"
#include "wire/hello.h"

static void parse(patina_span body, uint32_t asked)
{
    struct ptn_server_hello hello;
    patina_err err = ptn_parse_server_hello(body, asked, &hello);
    MUST_BE_VERDICT(err);
    if (err != PATINA_OK) {
        MUST(hello.random.ptr == NULL && hello.extensions == 0);
        return;
    }
    MUST(hello.random.len == PTN_RANDOM_BYTES && hello.session_id.len <= PTN_MAX_SESSION_ID_BYTES);
    MUST(hello.is_hello_retry == ptn_span_equal(hello.random, ptn_hello_retry_random()));
    MUST((hello.extensions & ~(asked | PTN_EXT_COOKIE)) == 0);
    MUST(hello.selected_version == PTN_VERSION_TLS13 || hello.extensions == 0);
    use_span(hello.random);
    use_span(hello.session_id);
    use_span(hello.share.key_exchange);
    use_span(hello.cookie);
    use_number(hello.selected_group);
    use_number(hello.selected_identity);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    patina_span body = {data, size};
    parse(body, UINT32_MAX);
    parse(body, PTN_EXT_SUPPORTED_VERSIONS | PTN_EXT_KEY_SHARE);
    parse(body, 0);
    return 0;
}

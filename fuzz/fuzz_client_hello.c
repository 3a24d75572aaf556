// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The ClientHello: the whole input is the message's body. What parses is walked to the last byte.
#include "fuzz.h"

#include "base/limits.h"
#include "wire/hello.h"

static void use_numbers(struct ptn_u16_list list)
{
    size_t count = ptn_u16_list_count(list);
    for (size_t i = 0; i < count; i++) {
        uint16_t value = ptn_u16_list_at(list, i);
        MUST(i % 64 != 0 || ptn_u16_list_has(list, value));
        use_number(value);
    }
    use_span(list.bytes);
}

static void use_lists(const struct ptn_client_hello *hello)
{
    MUST(hello->alpn.count <= PTN_MAX_PROTOCOL_NAMES);
    for (size_t i = 0; i < hello->alpn.count; i++) {
        patina_span name = ptn_name_list_at(hello->alpn, i);
        MUST(name.len >= 1 && name.len <= 255);
        MUST(ptn_name_list_has(hello->alpn, name));
        use_span(name);
    }
    MUST(hello->key_shares.count <= PTN_MAX_KEY_SHARES);
    for (size_t i = 0; i < hello->key_shares.count; i++) {
        struct ptn_key_share share = ptn_key_share_list_at(hello->key_shares, i);
        struct ptn_key_share found;
        MUST(ptn_key_share_list_find(hello->key_shares, share.group, &found));
        MUST(found.key_exchange.ptr == share.key_exchange.ptr && share.key_exchange.len != 0);
        use_span(share.key_exchange);
    }
    use_numbers(hello->cipher_suites);
    use_numbers(hello->supported_versions);
    use_numbers(hello->supported_groups);
    use_numbers(hello->signature_algorithms);
    use_numbers(hello->signature_algorithms_cert);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ptn_client_hello hello;
    patina_err err = ptn_parse_client_hello((patina_span){data, size}, &hello);
    MUST_BE_VERDICT(err);
    if (err != PATINA_OK) {
        MUST(hello.random.ptr == NULL && hello.extensions == 0);
        return 0;
    }
    MUST(hello.random.len == PTN_RANDOM_BYTES && hello.session_id.len <= PTN_MAX_SESSION_ID_BYTES);
    MUST(hello.server_name.len <= PTN_MAX_SERVER_NAME_BYTES);
    MUST(hello.psk_identities == hello.psk_binders);
    MUST(ptn_client_hello_is_same(&hello, &hello));
    use_span(hello.random);
    use_span(hello.session_id);
    use_span(hello.compression_methods);
    use_span(hello.extension_block);
    use_span(hello.server_name);
    use_span(hello.cookie);
    use_span(hello.psk_modes);
    use_lists(&hello);

    // Another random makes it another hello.
    static const uint8_t other_random[PTN_RANDOM_BYTES] = {0x5a};
    struct ptn_client_hello other = hello;
    other.random = PTN_SPAN_OF(other_random);
    MUST(ptn_client_hello_is_same(&hello, &other) == ptn_span_equal(hello.random, other.random));
    return 0;
}

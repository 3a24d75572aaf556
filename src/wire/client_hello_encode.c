// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Writer of the ClientHello, RFC 9846 §4.2.2. Called by the client, for the first and the second
// one with the same seed, so that both have their extensions in the same order.
#include "wire/ext.h"
#include "wire/hello.h"
#include "wire/messages.h"

// The fixed order; a seed shuffles it. pre_shared_key, once there is one, has to be last and takes
// no part.
static const uint16_t fixed_order[] = {
    PTN_EXTENSION_SERVER_NAME,
    PTN_EXTENSION_SUPPORTED_VERSIONS,
    PTN_EXTENSION_SUPPORTED_GROUPS,
    PTN_EXTENSION_SIGNATURE_ALGORITHMS,
    PTN_EXTENSION_SIGNATURE_ALGORITHMS_CERT,
    PTN_EXTENSION_KEY_SHARE,
    PTN_EXTENSION_ALPN,
    PTN_EXTENSION_STATUS_REQUEST,
    PTN_EXTENSION_SIGNED_CERTIFICATE_TIMESTAMP,
    PTN_EXTENSION_COOKIE,
};
enum { EXTENSIONS = PTN_COUNT(fixed_order) };

// The largest state of the generator below.
#define STATE_MAX 0x7fffffffU

struct order {
    uint16_t types[EXTENSIONS];
};

// A number below `limit` from a small linear congruential generator: peers must not come to rely on
// an order, which needs no secrecy. The high bits are the better ones.
static size_t draw(uint64_t *state, size_t limit)
    PTN_CONTRACT(REQUIRES(WRITABLE(state) && *state <= STATE_MAX && limit != 0) ASSIGNS(*state)
                     ENSURES(*state <= STATE_MAX && RESULT < limit))
{
    *state = (*state * 1103515245U + 12345U) & STATE_MAX;
    return (size_t)(*state >> 8) % limit;
}

// Fisher-Yates, inside out; a seed of 0 leaves each where it is.
static struct order order_of(uint16_t seed) PTN_CONTRACT(ASSIGNS())
{
    struct order order = {0};
    uint64_t state = seed;
    for (size_t i = 0; i < EXTENSIONS; i++)
        PTN_LOOP(ASSIGNS(i, state, order) INVARIANT(i <= EXTENSIONS && state <= STATE_MAX)
                     DECREASES(EXTENSIONS - i))
    {
        size_t at = seed == 0 ? i : draw(&state, i + 1);
        PTN_AT(order.types, i) = PTN_AT(order.types, at);
        PTN_AT(order.types, at) = PTN_AT(fixed_order, i);
    }
    return order;
}

static void write_numbers(struct ptn_writer *w, uint8_t width, const uint16_t *numbers,
                          size_t count)
    PTN_CONTRACT(REQUIRES(WRITER(w) && READABLE_ARRAY(numbers, count)) ENCODES(w))
{
    struct ptn_mark list = ptn_open(w, width);
    for (size_t i = 0; i < count; i++)
        PTN_LOOP(WRITES_EACH(*w, i, count))
    {
        ptn_write_u16(w, PTN_ITEM(numbers, count, i));
    }
    ptn_close(w, list);
}

static void write_numbers_extension(struct ptn_writer *w, uint16_t type, uint8_t width,
                                    const uint16_t *numbers, size_t count)
    PTN_CONTRACT(REQUIRES(WRITER(w) && READABLE_ARRAY(numbers, count)) ENCODES(w))
{
    if (count != 0) {
        ptn_write_u16(w, type);
        struct ptn_mark body = ptn_open(w, 2);
        write_numbers(w, width, numbers, count);
        ptn_close(w, body);
    }
}

static void write_server_name(struct ptn_writer *w, patina_span name)
    PTN_CONTRACT(REQUIRES(WRITER(w) && SPAN(name)) ENCODES(w))
{
    ptn_write_u16(w, PTN_EXTENSION_SERVER_NAME);
    struct ptn_mark body = ptn_open(w, 2);
    struct ptn_mark list = ptn_open(w, 2);
    ptn_write_u8(w, 0); // host_name
    ptn_write_vec16(w, name);
    ptn_close(w, list);
    ptn_close(w, body);
}

static void write_alpn(struct ptn_writer *w, const patina_span *names, size_t count)
    PTN_CONTRACT(REQUIRES(WRITER(w) && SPANS(names, count, PTN_MAX_OFFERED)) ENCODES(w))
{
    ptn_write_u16(w, PTN_EXTENSION_ALPN);
    struct ptn_mark body = ptn_open(w, 2);
    struct ptn_mark list = ptn_open(w, 2);
    for (size_t i = 0; i < count; i++)
        PTN_LOOP(WRITES_EACH(*w, i, count))
    {
        ptn_write_vec8(w, PTN_ITEM(names, count, i));
    }
    ptn_close(w, list);
    ptn_close(w, body);
}

static void write_extension(struct ptn_writer *w, uint16_t type,
                            const struct ptn_client_hello_out *hello)
    PTN_CONTRACT(REQUIRES(WRITER(w) && CLIENT_HELLO_OUT(hello)) ENCODES(w))
{
    switch (type) {
    case PTN_EXTENSION_SERVER_NAME:
        if (hello->server_name.len != 0) {
            write_server_name(w, hello->server_name);
        }
        break;
    case PTN_EXTENSION_SUPPORTED_VERSIONS:
        write_numbers_extension(w, type, 1, hello->versions, hello->versions_count);
        break;
    case PTN_EXTENSION_SUPPORTED_GROUPS:
        write_numbers_extension(w, type, 2, hello->groups, hello->groups_count);
        break;
    case PTN_EXTENSION_SIGNATURE_ALGORITHMS:
        write_numbers_extension(w, type, 2, hello->schemes, hello->schemes_count);
        break;
    case PTN_EXTENSION_SIGNATURE_ALGORITHMS_CERT:
        write_numbers_extension(w, type, 2, hello->cert_schemes, hello->cert_schemes_count);
        break;
    case PTN_EXTENSION_KEY_SHARE:
        if (hello->has_key_shares) {
            ptn_write_vector_extension(w, type, hello->key_shares);
        }
        break;
    case PTN_EXTENSION_ALPN:
        if (hello->alpn_count != 0) {
            write_alpn(w, hello->alpn, hello->alpn_count);
        }
        break;
    case PTN_EXTENSION_STATUS_REQUEST:
        if (hello->wants_status) {
            ptn_write_u16(w, type);
            ptn_write_status_request(w);
        }
        break;
    case PTN_EXTENSION_SIGNED_CERTIFICATE_TIMESTAMP:
        if (hello->wants_scts) {
            ptn_write_u16(w, type);
            ptn_write_u16(w, 0); // empty
        }
        break;
    default: // PTN_EXTENSION_COOKIE, the last of the list
        if (hello->cookie.len != 0) {
            ptn_write_vector_extension(w, type, hello->cookie);
        }
        break;
    }
}

static void write_extensions(struct ptn_writer *w, const struct ptn_client_hello_out *hello)
    PTN_CONTRACT(REQUIRES(WRITER(w) && CLIENT_HELLO_OUT(hello)) ENCODES(w))
{
    const struct order order = order_of(hello->order_seed);
    struct ptn_mark extensions = ptn_open(w, 2);
    for (size_t i = 0; i < EXTENSIONS; i++)
        PTN_LOOP(WRITES_EACH(*w, i, EXTENSIONS))
    {
        write_extension(w, PTN_AT(order.types, i), hello);
    }
    ptn_close(w, extensions);
}

void ptn_encode_client_hello(struct ptn_writer *w, const struct ptn_client_hello_out *hello)
{
    struct ptn_mark message = ptn_open_message(w, PTN_HS_CLIENT_HELLO);
    ptn_write_u16(w, PTN_VERSION_TLS12);
    ptn_write_span(w, hello->random);
    ptn_write_vec8(w, hello->session_id);
    write_numbers(w, 2, hello->suites, hello->suites_count);
    ptn_write_u8(w, 1); // one compression method, null
    ptn_write_u8(w, 0);
    write_extensions(w, hello);
    ptn_close(w, message);
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Verifiers that pin: patina/verify.h. The judging is x509/pin.c.
#include "base/limits.h"
#include "config/config.h"
#include "config/verifier.h"

enum { SHA256_BYTES = 32 };

static patina_err check_pins(const struct patina_pin_options *o, bool are_keys)
{
    PTN_REQUIRE((o->flags & ~(uint32_t)PATINA_PIN_JUDGE_DATES) == 0, PATINA_ERR_BAD_OPTION);
    PTN_REQUIRE(o->pins != NULL && o->pins_count != 0, PATINA_ERR_BAD_OPTION);
    PTN_REQUIRE(o->pins_count <= PTN_MAX_PINS, PATINA_ERR_TOO_MANY_OPTIONS);
    for (size_t i = 0; i < o->pins_count; i++) {
        patina_span pin = PTN_ITEM(o->pins, o->pins_count, i);
        struct ptn_cert cert;
        PTN_REQUIRE(pin.ptr != NULL && pin.len != 0, PATINA_ERR_BAD_OPTION);
        PTN_REQUIRE(!are_keys || pin.len == SHA256_BYTES, PATINA_ERR_BAD_OPTION);
        // One that TLS cannot use would never be met.
        PTN_REQUIRE(are_keys || ptn_cert_parse(pin, &cert) == PATINA_OK,
                    PATINA_ERR_BAD_CERTIFICATE_INPUT);
    }
    return PATINA_OK;
}

static patina_err pinning_new(const struct patina_pin_options *options, bool are_keys,
                              struct patina_verifier **out)
{
    PTN_REQUIRE(out != NULL, PATINA_ERR_MISUSE);
    *out = NULL;
    PTN_REQUIRE(options != NULL, PATINA_ERR_MISUSE);
    struct patina_pin_options o;
    PTN_REQUIRE(ptn_copy_options(&o, sizeof o, options, options->struct_size, sizeof o),
                PATINA_ERR_NEWER_OPTIONS);
    PTN_TRY(ptn_provider_check(o.provider));
    PTN_REQUIRE(o.provider->hmac_sha256 != NULL && o.provider->hmac_sha256->hash != NULL,
                PATINA_ERR_UNSUPPORTED_BY_PROVIDER);
    PTN_TRY(check_pins(&o, are_keys));
    struct patina_verifier *v;
    patina_span *items;
    PTN_TRY(ptn_verifier_alloc(o.provider, ptn_allocator_or_heap(o.alloc), &v));
    if (!ptn_spans_dup(v->alloc, o.pins, o.pins_count, &items)) {
        patina_verifier_unref(v);
        return PATINA_ERR_NO_MEMORY;
    }
    v->pins = (struct ptn_pins){
        .sha256 = o.provider->hmac_sha256->hash,
        .items = items,
        .count = o.pins_count,
        .are_keys = are_keys,
        .judges_dates = (o.flags & PATINA_PIN_JUDGE_DATES) != 0,
    };
    *out = v;
    return PATINA_OK;
}

patina_err patina_verifier_pin_certificate(const struct patina_pin_options *o,
                                           struct patina_verifier **out)
{
    return pinning_new(o, false, out);
}

patina_err patina_verifier_pin_key(const struct patina_pin_options *o, struct patina_verifier **out)
{
    return pinning_new(o, true, out);
}

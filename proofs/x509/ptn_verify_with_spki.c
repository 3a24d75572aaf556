// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_verify_with_spki
// SOURCES: src/x509/spki.c
// ENFORCE: no
// MUTANT: src/x509/spki.c s/    alg->drop(alg, key);/    alg->drop(alg, NULL);/
#include "proof.h"

#include "x509/cert.h"

// A key that must be loaded, used and dropped in this order, once each.
static int state;
static uint8_t key_object;

static patina_err stub_load(const struct patina_verify_alg *a, patina_span public_key,
                            struct patina_public_key **out)
{
    (void)a;
    CLAIM(SPAN(public_key) && state == 0, "load with a readable key");
    if (any_bool()) {
        return any_bool() ? PATINA_ERR_BAD_KEY : PATINA_ERR_NO_MEMORY;
    }
    state = 1;
    *out = (struct patina_public_key *)&key_object;
    return PATINA_OK;
}

static patina_err stub_verify(const struct patina_verify_alg *a, const struct patina_public_key *k,
                              const patina_span *message, size_t message_count,
                              patina_span signature)
{
    (void)a;
    CLAIM(state == 1 && k == (const struct patina_public_key *)&key_object, "verify with the key");
    CLAIM(READABLE_ARRAY(message, message_count) && SPAN(signature), "verify with its inputs");
    return any_bool() ? PATINA_OK : PATINA_ERR_BAD_SIGNATURE;
}

static void stub_drop(const struct patina_verify_alg *a, struct patina_public_key *k)
{
    (void)a;
    CLAIM(state == 1 && k == (struct patina_public_key *)&key_object,
          "drop the key that was loaded");
    state = 2;
}

void harness(void)
{
    const struct patina_verify_alg alg = {
        .load = stub_load, .verify = stub_verify, .drop = stub_drop};
    struct ptn_spki spki = {any_span(), any_span(), any_span()};
    patina_span message[2] = {any_span(), any_span()};
    patina_err err = ptn_verify_with_spki(&alg, &spki, message, 2, any_span());
    CLAIM(state != 1, "no key is left behind");
    if (err == PATINA_OK) {
        PTN_REACH("good");
        CLAIM(state == 2, "by a key");
    } else {
        PTN_REACH("refused");
        CLAIM(err != PATINA_ERR_BAD_KEY, "the error of certificates");
    }
}

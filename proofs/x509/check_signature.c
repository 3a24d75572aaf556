// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: check_signature
// ASSIGNS_NOTHING: yes
// OBJECT_BITS: 9
// CBMC: --no-array-field-sensitivity
// MUTANT: src/x509/path.c s/\&issuer->spki, \&child->tbs, 1,/\&issuer->spki, \&child->tbs, 100,/
#include "proof.h"

#include "x509/path.c"

#include "x509/any_search.h"

static const struct patina_verify_alg alg;

const struct patina_verify_alg *ptn_verify_alg_for_cert(const struct patina_provider *p,
                                                        patina_span key_alg, patina_span sig_alg)
{
    (void)p;
    CLAIM(SPAN(key_alg) && SPAN(sig_alg), "algorithms that can be read");
    return any_bool() ? NULL : &alg;
}

patina_err ptn_verify_with_spki(const struct patina_verify_alg *a, const struct ptn_spki *spki,
                                const patina_span *message, size_t message_count,
                                patina_span signature)
{
    CLAIM(a == &alg && READABLE(spki) && SPKI(*spki), "a key and its algorithm");
    CLAIM(READABLE_ARRAY(message, message_count) && SPAN(message[0]) && SPAN(signature),
          "what is signed");
    return any_bool() ? PATINA_OK : PATINA_ERR_BAD_SIGNATURE;
}

void harness(void)
{
    ANY_SEARCH(s, q);
    const struct ptn_cert child = any_cert();
    const struct ptn_cert issuer = any_cert();
    if (check_signature(&s, &child, &issuer) == PATINA_OK) {
        PTN_REACH("good");
    } else {
        PTN_REACH("bad, or of an algorithm that is not accepted");
    }
}

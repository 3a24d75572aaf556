// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: patina_chain_certificate patina_chain_count ptn_chain_staple ptn_chain_scts
// ENFORCE: no
// MUTANT: src/x509/chain.c s/i >= chain->count/i > chain->count/
#include "proof.h"

#include "x509/chain.c"

#include "x509/any_chain.h"

void harness(void)
{
    const struct patina_chain *chain = any_chain();
    size_t i = any_size();
    patina_span certificate = patina_chain_certificate(chain, i);
    if (i >= patina_chain_count(chain)) {
        PTN_REACH("past the end");
        CLAIM(certificate.len == 0 && certificate.ptr == NULL, "is empty");
    } else {
        PTN_REACH("a certificate");
        CLAIM(certificate.ptr == chain->certificates[i].ptr, "the right one");
    }
    if (chain == NULL) {
        PTN_REACH("no chain");
        CLAIM(ptn_chain_staple(chain).len == 0 && ptn_chain_scts(chain).len == 0, "no staple");
    } else {
        CLAIM(ptn_chain_staple(chain).ptr == chain->staple.ptr, "its staple");
        CLAIM(ptn_chain_scts(chain).ptr == chain->scts.ptr, "its timestamps");
    }
}

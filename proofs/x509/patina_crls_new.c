// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: patina_crls_new
// ENFORCE: no
// REPLACE: feed_options ptn_text_over ptn_text_add ptn_text_number
// OBJECT_BITS: 9
// SOLVER: cadical
// COVERS: finish patina_crl_loader_finish patina_crl_loader_free
// MUTANT: src/x509/crl_loader.c s/    l->crls = NULL;//
#include "proof.h"

#include "x509/crl_loader.c"

#include "x509/any_set.h"

void harness(void)
{
    const struct patina_crls_options o = any_options();
    struct patina_crls *crls = NULL;
    struct patina_report report;
    made = NULL;
    patina_err err = patina_crls_new(any_bool() ? &o : NULL, any_bool() ? &crls : NULL,
                                     any_bool() ? &report : NULL);
    if (err == PATINA_OK) {
        PTN_REACH("a set");
        CLAIM(crls == made && made != NULL, "that is still there");
    } else {
        PTN_REACH("refused");
        CLAIM(crls == NULL, "nothing is handed out");
        CLAIM(made == NULL, "nothing is left behind");
    }
}

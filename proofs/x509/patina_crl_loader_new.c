// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: patina_crl_loader_new
// ENFORCE: no
// REPLACE: feed_options ptn_text_over ptn_text_add ptn_text_number
// OBJECT_BITS: 9
// SOLVER: cadical
// COVERS: new_loader patina_crl_loader_free write_report
// MUTANT: src/x509/crl_loader.c s/    l->bytes_left = o->max_bytes == 0 ? PTN_MAX_CRL_BYTES : o->max_bytes;/    l->bytes_left = o->max_bytes == 0 ? SIZE_MAX : o->max_bytes;/
#include "proof.h"

#include "x509/crl_loader.c"

#include "x509/any_set.h"

void harness(void)
{
    const struct patina_crls_options o = any_options();
    struct patina_crl_loader *l = NULL;
    struct patina_report report;
    made = NULL;
    patina_err err = patina_crl_loader_new(any_bool() ? &o : NULL, any_bool() ? &l : NULL,
                                           any_bool() ? &report : NULL);
    if (err == PATINA_OK) {
        PTN_REACH("a loader");
        CLAIM(IS_SOUND(l) && l->crls == made && made != NULL, "with a set");
    } else {
        PTN_REACH("refused");
        CLAIM(l == NULL, "nothing is handed out");
        CLAIM(made == NULL, "nothing is left behind");
    }
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: patina_crl_loader_feed
// ENFORCE: no
// REPLACE: feed ptn_text_over ptn_text_add ptn_text_number
// OBJECT_BITS: 9
// SOLVER: cadical
// COVERS: write_report section_of
// MUTANT: src/x509/crl_loader.c s/        write_report(loader, err, report);/        write_report(loader, err, report);\n        loader->err = PATINA_OK;/
#include "proof.h"

#include "x509/crl_loader.c"

#include "x509/any_loader.h"

const char *patina_err_text(patina_err e)
{
    (void)e;
    return "words";
}

void harness(void)
{
    struct patina_crl_loader l = any_loader();
    struct patina_crls *crls = any_object(sizeof(*crls));
    l.crls = crls;
    if (l.err != PATINA_OK && any_bool()) {
        l.crls = NULL; // it was made use of
    }
    struct patina_report report;
    bool has_loader = any_bool();
    patina_err err =
        patina_crl_loader_feed(has_loader ? &l : NULL, any_span(), any_bool() ? &report : NULL);
    if (err == PATINA_OK) {
        PTN_REACH("taken");
        CLAIM(has_loader && IS_SOUND(&l), "more may come");
    } else if (!has_loader) {
        PTN_REACH("misuse");
        CLAIM(err == PATINA_ERR_MISUSE, "nothing to feed");
    } else {
        PTN_REACH("refused");
        CLAIM(l.err == err, "and it stays so");
    }
}

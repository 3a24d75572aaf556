// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: say_of_two
// REPLACE: say_signature say_algorithm say_constraint
// OBJECT_BITS: 10
// SOLVER: cadical
// MUTANT: src/x509/path_text.c s/        say_algorithm(f, t);/        say_algorithm(f, t); say_constraint(f, t);/
#include "x509/any_path.h"
#include "x509/path_text.c"

void harness(void)
{
    struct ptn_cert cert = any_words();
    struct ptn_cert other = any_words();
    const struct ptn_path_failure of_two = any_failure(&cert, &other);
    const struct ptn_path_failure of_one = any_failure(&cert, NULL);
    struct ptn_text t = any_text();
    if (any_bool()) {
        say_of_two(&of_two, &t);
        PTN_REACH("with an issuer");
    } else {
        say_of_two(&of_one, &t);
        PTN_REACH("without one");
    }
}

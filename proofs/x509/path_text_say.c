// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: say
// REPLACE: say_of_one say_of_two say_usage ptn_text_add
// OBJECT_BITS: 10
// SOLVER: cadical
// MUTANT: src/x509/path_text.c s/    case PATINA_ERR_CERT_CA_AS_LEAF:/    case PATINA_ERR_CERT_CA_AS_LEAF: say_of_two(f, t);/
#include "x509/any_path.h"
#include "x509/path_text.c"

void harness(void)
{
    struct ptn_server_name name = any_name();
    const struct ptn_path_request q = any_request(any_bool() ? &name : NULL);
    struct ptn_cert cert = uniform_words();
    struct ptn_cert other = uniform_words();
    const struct ptn_path_failure of_two = any_failure(&cert, &other);
    const struct ptn_path_failure of_one = any_failure(&cert, NULL);
    const struct ptn_path_failure of_none = any_failure(NULL, NULL);
    struct ptn_text t = any_text();
    if (any_bool()) {
        say(&q, &of_two, &t);
        PTN_REACH("with an issuer");
    } else if (any_bool()) {
        say(&q, &of_one, &t);
        PTN_REACH("with a certificate");
    } else {
        say(&q, &of_none, &t);
        PTN_REACH("with none");
    }
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_path_explain
// ENFORCE: no
// REPLACE: say say_rule ptn_text_over ptn_text_add
// OBJECT_BITS: 10
// SOLVER: cadical
// MUTANT: src/x509/path_text.c s/    if (failure->words != NULL) {/    if (failure->words == NULL) {/
#include "x509/any_path.h"
#include "x509/path_text.c"

void harness(void)
{
    struct ptn_server_name name = any_name();
    const struct ptn_path_request q = any_request(&name);
    struct ptn_cert cert = uniform_words();
    struct ptn_cert other = uniform_words();
    const struct ptn_path_failure of_two = any_failure(&cert, &other);
    struct ptn_path_failure of_rule = any_failure(&cert, NULL);
    of_rule.words = "is not as the rule says";
    const struct ptn_path_failure of_none = any_failure(NULL, NULL);
    ASSUME(!SPEAKS_OF_ONE(of_none.err));
    struct ptn_path_result *result = any_object(sizeof(struct ptn_path_result));
    if (any_bool()) {
        ptn_path_explain(&q, &of_two, result);
        PTN_REACH("with certificates");
    } else if (any_bool()) {
        ptn_path_explain(&q, &of_rule, result);
        PTN_REACH("with the words of a rule");
    } else {
        ptn_path_explain(&q, &of_none, result);
        PTN_REACH("without");
    }
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_span_of_string
// SOURCES: src/base/bytes.c
// ASSIGNS_NOTHING: yes
// MUTANT: src/base/bytes.c s/strlen(s)}/strlen(s) + 2}/
#define PROOF_STRLEN
#include "proof.h"

void harness(void)
{
    size_t size = any_size();
    ASSUME(size > 0);
    char *text = any_object(size);
    ASSUME(text[size - 1] == 0);
    patina_span s = ptn_span_of_string(any_bool() ? NULL : text);
    if (s.len != 0) {
        PTN_REACH("some bytes");
    } else {
        PTN_REACH("none");
    }
}

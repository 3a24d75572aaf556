// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: match_values
// REPLACE: ptn_span_equal is_ascii is_same_text
// ASSIGNS_NOTHING: yes
// OBJECT_BITS: 9
// COVERS: is_simple_text is_text
// MUTANT: src/x509/dn_match.c s/return is_same_text(a->value, b->value)/return is_same_text((patina_span){a->value.ptr, b->value.len + 1}, b->value)/
#include "proof.h"

#include "x509/dn_match.c"

void harness(void)
{
    const struct ptn_dn_attribute a = {any_span(), any_u8(), any_span()};
    const struct ptn_dn_attribute b = {any_span(), any_u8(), any_span()};
    enum ptn_match m = match_values(&a, &b);
    if (m == PTN_SAME) {
        PTN_REACH("the same");
    } else if (m == PTN_OTHER) {
        PTN_REACH("another");
    } else {
        PTN_REACH("unsure");
    }
}

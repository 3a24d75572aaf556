// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_key_is_sound
// SOURCES: src/base/bytes.c
// REPLACE: ptn_rsa_key_read ptn_span_equal ptn_span_at
// ASSIGNS_NOTHING: yes
// OBJECT_BITS: 9
// UNWIND: 12
// COVERS: is_sound_rsa begins_with is_point is_sound_ec
// MUTANT: src/x509/key.c s/coordinate_bytes \&\& ptn_span_at(public_key, 0)/coordinate_bytes || ptn_span_at(public_key, 0)/
#include "proof.h"

#include "x509/key.c"

void harness(void)
{
    const struct ptn_spki spki = {any_span(), any_span(), any_span()};
    if (ptn_key_is_sound(&spki)) {
        PTN_REACH("sound");
    } else {
        PTN_REACH("weak or malformed");
    }
}

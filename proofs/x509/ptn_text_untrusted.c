// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_text_untrusted
// SOURCES: src/x509/text.c
// REPLACE: ptn_read_u8 ptn_reader_rest ptn_span_at ptn_text_character
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 10
// COVERS: read_character bytes_that_follow
// MUTANT: src/x509/text.c s/if (follow > 3) {/if (follow > 4) {/;s/rest.len == 0 || (ptn/(ptn/
#include "proof.h"

#include "x509/any.h"

void harness(void)
{
    struct ptn_text t = any_text();
    ptn_text_untrusted(&t, any_span());
    if (t.cut_) {
        PTN_REACH("cut");
    } else {
        PTN_REACH("all of it");
    }
}

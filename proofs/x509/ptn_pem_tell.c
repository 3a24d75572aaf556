// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_pem_tell
// ENFORCE: no
// REPLACE: find_malformed ptn_pem_line ptn_text_over ptn_text_add ptn_text_number
// OBJECT_BITS: 9
// UNWIND: 13
// MUTANT: src/x509/bundle.c s/if (report == NULL) {/if (report == NULL \&\& text.len == 0) {/
#include "proof.h"

#include "x509/buffer.h"
#include "x509/bundle.c"

static const struct patina_allocator heap;

const struct patina_allocator *ptn_allocator_or_heap(const struct patina_allocator *alloc)
{
    return alloc != NULL ? alloc : &heap;
}

const char *patina_err_text(patina_err e)
{
    CLAIM(e == PATINA_ERR_BAD_PEM, "what is told");
    return "malformed PEM text";
}

void harness(void)
{
    struct patina_report report = {.err = PATINA_ERR_BAD_PEM, .certificate = any_i16()};
    ptn_pem_tell(any_bool() ? &report : NULL, "certificates", any_span(), NULL);
    PTN_REACH("told");
}

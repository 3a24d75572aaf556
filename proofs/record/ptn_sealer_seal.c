// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Bound: at most four pieces of text in a record; the loop over them is unwound.
//
// PROOF: ptn_sealer_seal
// SOURCES: src/record/protect.c src/base/bytes.c src/base/mem.c
// ENFORCE: no
// UNWIND: 9
// OBJECT_BITS: 9
// COVERS: total_len nonce_for
// MUTANT: src/record/protect.c s/s->seq = SEQ_END;/s->seq = 0;/
#include "proof.h"

#include "record/record.h"
#include "stubs.h"

void harness(void)
{
    struct ptn_sealer sealer = {.aead = any_bool() ? &stub_aead : NULL, .seq = any_u64()};
    uint64_t seq = sealer.seq;
    size_t count = any_size();
    ASSUME(count <= 4);
    patina_span text[4] = {any_span(), any_span(), any_span(), any_span()};
    size_t total = 0;
    for (size_t i = 0; i < 4; i++) {
        ASSUME(text[i].len <= 16384);
        total += i < count ? text[i].len : 0;
    }
    ASSUME(total <= 16384);
    patina_mspan out = any_mspan();
    ASSUME(out.len == ptn_sealed_len(&sealer, total));
    patina_err err = ptn_sealer_seal(&sealer, any_u8(), text, count, out);
    if (err == PATINA_OK) {
        PTN_REACH("sealed");
        CLAIM(sealer.seq == seq + 1 && seq < stub_aead.seal_limit, "the sequence number moves");
        CLAIM(out.ptr[0] == 23 && out.ptr[3] * 256u + out.ptr[4] == out.len - 5, "the header");
    } else {
        PTN_REACH("refused");
        CLAIM(err != PATINA_ERR_SEAL_FAILED || sealer.seq == UINT64_MAX,
              "a failed key is not used again");
    }
}

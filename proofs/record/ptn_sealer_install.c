// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// An opener's installation is the same function, install, over its own fields; so is clear.
//
// PROOF: ptn_sealer_install ptn_opener_install ptn_sealer_clear ptn_opener_clear
// SOURCES: src/record/protect.c src/base/bytes.c src/base/mem.c
// ENFORCE: no
// UNWIND: 9
// COVERS: install init_other_aead clear clear_context
// MUTANT: src/record/protect.c s/    \*s->ctx = ctx;$//
#include "proof.h"

#include "record/record.h"
#include "stubs.h"

static patina_err stub_init(const struct patina_aead *aead, void *ctx, patina_span key, bool seal)
{
    (void)seal;
    CLAIM(__CPROVER_rw_ok(ctx, aead->ctx_size) && SPAN(key), "init within its objects");
    CLAIM(key.len == aead->key_len, "a key of the length that was asked for");
    return any_bool() ? PATINA_OK : PATINA_ERR_INTERNAL;
}

static struct patina_aead aead_of(uint8_t key_len, uint32_t ctx_size)
{
    struct patina_aead aead = stub_aead;
    aead.key_len = key_len;
    aead.ctx_size = ctx_size;
    aead.init = stub_init;
    return aead;
}

// Twice: what is gone is not released again.
static void clear_twice(struct ptn_sealer *sealer, struct ptn_opener *opener, bool seals)
{
    for (int i = 0; i < 2; i++) {
        if (seals) {
            ptn_sealer_clear(sealer);
        } else {
            ptn_opener_clear(opener);
        }
    }
    CLAIM(seals ? sealer->aead == NULL && sealer->ctx == NULL && sealer->seq == 0
                : opener->aead == NULL && opener->ctx == NULL && opener->seq == 0,
          "no key is left");
}

void harness(void)
{
    const struct patina_aead first = aead_of(16, 48);
    const struct patina_aead second = aead_of(32, 64);
    bool seals = any_bool();
    struct ptn_sealer sealer = {0};
    struct ptn_opener opener = {0};
    struct ptn_traffic_key key = {.key_len = 32};
    if (any_bool()) {
        const struct patina_aead *old = any_bool() ? &first : &second;
        void *ctx = any_object(old->ctx_size);
        sealer = (struct ptn_sealer){
            .aead = old, .ctx = ctx, .alloc = &stub_allocator, .seq = any_u64()};
        opener = (struct ptn_opener){
            .aead = old, .ctx = ctx, .alloc = &stub_allocator, .seq = any_u64()};
    }
    const struct patina_aead *before = sealer.aead;
    patina_err err = seals ? ptn_sealer_install(&sealer, &second, &key, &stub_allocator)
                           : ptn_opener_install(&opener, &second, &key, &stub_allocator);
    const struct patina_aead *now = seals ? sealer.aead : opener.aead;
    void *ctx = seals ? sealer.ctx : opener.ctx;
    CLAIM(now == NULL || __CPROVER_rw_ok(ctx, now->ctx_size), "the context is there");
    if (err == PATINA_OK) {
        PTN_REACH("installed");
        CLAIM(now == &second && (seals ? sealer.seq : opener.seq) == 0, "the new key, from zero");
    } else {
        PTN_REACH("refused");
        CLAIM(now == before, "another algorithm is not half installed");
        CLAIM(before != &second || (seals ? sealer.seq : opener.seq) == UINT64_MAX,
              "a lost key is not used again");
    }
    clear_twice(&sealer, &opener, seals);
}

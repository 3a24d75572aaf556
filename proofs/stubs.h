// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Tables handed in from outside, as proofs see them: an allocator that may fail at any call, and an
// AEAD that insists on what its contract promises it (patina/provider.h), writes anything, and
// succeeds or fails as it likes.
#ifndef PTN_PROOF_STUBS_H
#define PTN_PROOF_STUBS_H

#include "base/mem.h"
#include "patina/provider.h"
#include "proof.h"

static void *stub_alloc(void *user, size_t size)
{
    (void)user;
    CLAIM(size != 0, "no empty allocation");
    if (any_bool()) {
        return NULL;
    }
    return any_object(size);
}

static void stub_release(void *user, void *p, size_t size)
{
    (void)user;
    CLAIM(__CPROVER_rw_ok(p, size), "what is freed is whole");
    free(p);
}

static const struct patina_allocator stub_allocator = {
    .struct_size = sizeof(struct patina_allocator),
    .alloc = stub_alloc,
    .release = stub_release,
};

// Claims that hold for `n` spans, one of them, any, at a time.
static void stub_inputs(const patina_span *in, size_t n)
{
    size_t i = any_size();
    CLAIM(i >= n || SPAN(in[i]), "every input can be read");
}

static patina_err stub_seal(void *ctx, const struct patina_nonce *nonce, patina_span aad,
                            const patina_span *in, size_t in_count, patina_span extra,
                            patina_mspan out)
{
    (void)ctx;
    CLAIM(READABLE(nonce) && SPAN(aad) && SPAN(extra) && MSPAN(out), "seal within its objects");
    stub_inputs(in, in_count);
    if (out.len != 0) {
        __CPROVER_havoc_slice(out.ptr, out.len);
    }
    return any_bool() ? PATINA_OK : PATINA_ERR_INTERNAL;
}

static patina_err stub_open(void *ctx, const struct patina_nonce *nonce, patina_span aad,
                            patina_span in, patina_mspan out)
{
    (void)ctx;
    CLAIM(READABLE(nonce) && SPAN(aad) && SPAN(in) && MSPAN(out), "open within its objects");
    CLAIM(in.len >= 16 && out.len == in.len - 16, "the output is the input without its tag");
    if (out.len != 0) {
        __CPROVER_havoc_slice(out.ptr, out.len);
    }
    return any_bool() ? PATINA_OK : PATINA_ERR_BAD_RECORD_MAC;
}

static void stub_clear(void *ctx)
{
    (void)ctx;
}

static const struct patina_aead stub_aead = {
    .struct_size = sizeof(struct patina_aead),
    .key_len = 32,
    .nonce_len = 12,
    .tag_len = 16,
    .ctx_size = 64,
    .seal_limit = UINT64_C(1) << 24,
    .seal = stub_seal,
    .open = stub_open,
    .clear = stub_clear,
};

#endif

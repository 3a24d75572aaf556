// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Key exchange over the provider's rows, and the hybrids made of two of them: RFC 9846 §4.3.8 and
// §7.4, RFC 9954, RFC 10024. Called by the hellos of hs.
//
// Implementation notes. Share, reply and secret of a hybrid are plain concatenations of fixed
// lengths, in one and the same order; no branch depends on a secret.
#include "keys/hybrid.h"

struct hybrid_row {
    uint16_t id, curve, kem;
    bool kem_first;
};

static const struct hybrid_row hybrid_rows[] = {
    // RFC 10024
    {PTN_GROUP_X25519MLKEM768, PTN_GROUP_X25519, PTN_GROUP_MLKEM768, true},
    {PTN_GROUP_SECP256R1MLKEM768, PTN_GROUP_SECP256R1, PTN_GROUP_MLKEM768, false},
    {PTN_GROUP_SECP384R1MLKEM1024, PTN_GROUP_SECP384R1, PTN_GROUP_MLKEM1024, false},
};

static const struct patina_group *find_row(const struct patina_provider *p, uint16_t id)
{
    for (size_t i = 0; i < p->groups_count; i++) {
        const struct patina_group *g = PTN_ITEM(p->groups, p->groups_count, i);
        if (g->id == id) {
            return g;
        }
    }
    return NULL;
}

bool ptn_kx_group_find(const struct patina_provider *p, uint16_t id, struct ptn_kx_group *out)
{
    *out = (struct ptn_kx_group){0};
    for (size_t i = 0; i < PTN_COUNT(hybrid_rows); i++) {
        const struct hybrid_row *row = &PTN_AT(hybrid_rows, i);
        const struct patina_group *curve = find_row(p, row->curve);
        const struct patina_group *kem = find_row(p, row->kem);
        if (row->id == id && curve != NULL && kem != NULL) {
            *out = (struct ptn_kx_group){id, curve, kem, row->kem_first};
            return true;
        }
        if (row->kem == id) {
            return false; // ML-KEM alone serves hybrids only
        }
    }
    const struct patina_group *alone = find_row(p, id);
    *out = (struct ptn_kx_group){.id = id, .curve = alone};
    return alone != NULL;
}

size_t ptn_kx_share_len(const struct ptn_kx_group *g)
{
    return (size_t)g->curve->share_len + (g->kem != NULL ? (size_t)g->kem->share_len : 0);
}

size_t ptn_kx_reply_len(const struct ptn_kx_group *g)
{
    return (size_t)g->curve->reply_len + (g->kem != NULL ? (size_t)g->kem->reply_len : 0);
}

// Where the halves of a concatenation stand.
struct halves {
    size_t curve_at, kem_at;
};

static struct halves halves_of(const struct ptn_kx_group *g, size_t curve_len, size_t kem_len)
{
    return g->kem_first ? (struct halves){.curve_at = kem_len}
                        : (struct halves){.kem_at = curve_len};
}

static struct halves share_halves(const struct ptn_kx_group *g)
{
    return halves_of(g, g->curve->share_len, g->kem != NULL ? g->kem->share_len : 0);
}

static struct halves reply_halves(const struct ptn_kx_group *g)
{
    return halves_of(g, g->curve->reply_len, g->kem != NULL ? g->kem->reply_len : 0);
}

// ---- Secrets

struct kx_scratch {
    struct patina_kx_secret curve, kem;
};

// RFC 10024: the concatenation of both secrets, in the order of the shares.
static patina_err assemble(const struct ptn_kx_group *g, const struct kx_scratch *from,
                           struct patina_kx_secret *out)
{
    const struct patina_kx_secret *first = g->kem_first ? &from->kem : &from->curve;
    const struct patina_kx_secret *second = g->kem_first ? &from->curve : &from->kem;
    struct ptn_writer w = ptn_writer_of(PTN_MSPAN_OF(out->bytes));
    patina_span whole;

    PTN_REQUIRE(from->curve.len == g->curve->secret_len, PATINA_ERR_PROVIDER);
    PTN_REQUIRE(g->kem == NULL || from->kem.len == g->kem->secret_len, PATINA_ERR_PROVIDER);
    ptn_write_span(&w, ptn_span_first(PTN_SPAN_OF(first->bytes), first->len));
    ptn_write_span(&w, ptn_span_first(PTN_SPAN_OF(second->bytes), second->len));
    PTN_REQUIRE(ptn_writer_finish(&w, &whole), PATINA_ERR_PROVIDER);
    out->len = whole.len;
    return PATINA_OK;
}

// ---- The initiator

static void *new_context(struct ptn_arena *arena, const struct patina_group *g)
{
    return ptn_arena_alloc(arena, g->ctx_size != 0 ? g->ctx_size : 1);
}

static patina_err start_halves(struct ptn_kx *kx, struct ptn_arena *arena, patina_mspan out_share)
{
    const struct ptn_kx_group *g = &kx->group;
    struct halves at = share_halves(g);

    kx->curve_ctx = new_context(arena, g->curve);
    PTN_REQUIRE(kx->curve_ctx != NULL, PATINA_ERR_NO_MEMORY);
    PTN_TRY(g->curve->start(g->curve, kx->curve_ctx,
                            ptn_mspan_part(out_share, at.curve_at, g->curve->share_len)));
    if (g->kem == NULL) {
        return PATINA_OK;
    }
    kx->kem_ctx = new_context(arena, g->kem);
    PTN_REQUIRE(kx->kem_ctx != NULL, PATINA_ERR_NO_MEMORY);
    return g->kem->start(g->kem, kx->kem_ctx,
                         ptn_mspan_part(out_share, at.kem_at, g->kem->share_len));
}

patina_err ptn_kx_start(struct ptn_kx *kx, const struct ptn_kx_group *g, struct ptn_arena *arena,
                        patina_mspan out_share)
{
    PTN_CHECK(out_share.len == ptn_kx_share_len(g));
    *kx = (struct ptn_kx){.group = *g};
    patina_err err = start_halves(kx, arena, out_share);
    if (err != PATINA_OK) {
        ptn_kx_clear(kx);
        ptn_mspan_wipe(out_share);
    }
    return err;
}

patina_span ptn_kx_curve_share(const struct ptn_kx *kx, patina_span share)
{
    return ptn_span_part(share, share_halves(&kx->group).curve_at, kx->group.curve->share_len);
}

static patina_err finish_kem(struct ptn_kx *kx, patina_span ciphertext,
                             struct patina_kx_secret *out)
{
    const struct patina_group *kem = kx->group.kem;
    patina_err err = kem->finish(kem, kx->kem_ctx, ciphertext, out);
    // RFC 10024: with a ciphertext of the right length a failure is ours, not the peer's.
    return err == PATINA_ERR_INVALID_SHARE ? PATINA_ERR_PROVIDER : err;
}

static patina_err finish_halves(struct ptn_kx *kx, patina_span reply, struct kx_scratch *scratch,
                                struct patina_kx_secret *out)
{
    const struct ptn_kx_group *g = &kx->group;
    struct halves at = reply_halves(g);

    // RFC 10024: a ciphertext of a wrong length is an illegal_parameter.
    PTN_REQUIRE(reply.len == ptn_kx_reply_len(g), PATINA_ERR_INVALID_SHARE);
    PTN_TRY(g->curve->finish(g->curve, kx->curve_ctx,
                             ptn_span_part(reply, at.curve_at, g->curve->reply_len),
                             &scratch->curve));
    if (g->kem != NULL) {
        PTN_TRY(finish_kem(kx, ptn_span_part(reply, at.kem_at, g->kem->reply_len), &scratch->kem));
    }
    return assemble(g, scratch, out);
}

static patina_err finish_curve(struct ptn_kx *kx, patina_span reply, struct patina_kx_secret *out)
{
    const struct patina_group *curve = kx->group.curve;
    PTN_REQUIRE(reply.len == curve->reply_len, PATINA_ERR_INVALID_SHARE);
    return curve->finish(curve, kx->curve_ctx, reply, out);
}

patina_err ptn_kx_finish(struct ptn_kx *kx, uint16_t id, patina_span reply,
                         struct patina_kx_secret *out)
{
    struct kx_scratch scratch = {0};
    *out = (struct patina_kx_secret){0};
    PTN_CHECK(kx->curve_ctx != NULL && (id == kx->group.id || id == kx->group.curve->id));

    patina_err err =
        id == kx->group.id ? finish_halves(kx, reply, &scratch, out) : finish_curve(kx, reply, out);
    ptn_wipe(&scratch, sizeof scratch);
    if (err != PATINA_OK) {
        ptn_wipe(out, sizeof *out);
    }
    return err;
}

void ptn_kx_clear(struct ptn_kx *kx)
{
    if (kx->curve_ctx != NULL) {
        kx->group.curve->clear(kx->curve_ctx);
    }
    if (kx->kem_ctx != NULL) {
        kx->group.kem->clear(kx->kem_ctx);
    }
    *kx = (struct ptn_kx){0};
}

// ---- The responder

static patina_err respond_halves(const struct ptn_kx_group *g, patina_span share,
                                 patina_mspan out_reply, struct kx_scratch *scratch,
                                 struct patina_kx_secret *out)
{
    struct halves in = share_halves(g);
    struct halves at = reply_halves(g);

    // RFC 9846 §4.3.8, RFC 10024.
    PTN_REQUIRE(share.len == ptn_kx_share_len(g), PATINA_ERR_INVALID_SHARE);
    if (g->kem != NULL) {
        PTN_TRY(g->kem->respond(g->kem, ptn_span_part(share, in.kem_at, g->kem->share_len),
                                ptn_mspan_part(out_reply, at.kem_at, g->kem->reply_len),
                                &scratch->kem));
    }
    PTN_TRY(g->curve->respond(g->curve, ptn_span_part(share, in.curve_at, g->curve->share_len),
                              ptn_mspan_part(out_reply, at.curve_at, g->curve->reply_len),
                              &scratch->curve));
    return assemble(g, scratch, out);
}

patina_err ptn_kx_respond(const struct ptn_kx_group *g, patina_span share, patina_mspan out_reply,
                          struct patina_kx_secret *out)
{
    struct kx_scratch scratch = {0};
    *out = (struct patina_kx_secret){0};
    PTN_CHECK(out_reply.len == ptn_kx_reply_len(g));

    patina_err err = respond_halves(g, share, out_reply, &scratch, out);
    ptn_wipe(&scratch, sizeof scratch);
    if (err != PATINA_OK) {
        ptn_wipe(out, sizeof *out);
        ptn_mspan_wipe(out_reply);
    }
    return err;
}

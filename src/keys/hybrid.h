// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Key exchange over the provider's rows: a curve alone, or a hybrid glued from a curve and a KEM
// (RFC 9954, RFC 10024). The curve's half of a hybrid doubles as a share of the curve alone.
#ifndef PTN_HYBRID_H
#define PTN_HYBRID_H

#include "base/mem.h"
#include "patina/provider.h"
#include "wire/codepoints.h"

struct ptn_kx_group {
    uint16_t id;
    const struct patina_group *curve; // never NULL
    const struct patina_group *kem;   // NULL: no hybrid
    bool kem_first;                   // on the wire and in the secret: X25519MLKEM768
};

// Finds a group by its NamedGroup in the provider's rows; false when it (or a half of it) is
// missing.
bool ptn_kx_group_find(const struct patina_provider *p, uint16_t id, struct ptn_kx_group *out);

size_t ptn_kx_share_len(const struct ptn_kx_group *g);
size_t ptn_kx_reply_len(const struct ptn_kx_group *g);

// The initiator's side; contexts live in `arena` until it is cleared, after ptn_kx_clear.
struct ptn_kx {
    struct ptn_kx_group group;
    void *curve_ctx, *kem_ctx;
};
patina_err ptn_kx_start(struct ptn_kx *kx, const struct ptn_kx_group *g, struct ptn_arena *arena,
                        patina_mspan out_share);
// The curve's part of a share just written by ptn_kx_start, to be offered as a share of the curve
// alone.
patina_span ptn_kx_curve_share(const struct ptn_kx *kx, patina_span share);
// `id` is the group's own, or its curve's. INVALID_SHARE.
patina_err ptn_kx_finish(struct ptn_kx *kx, uint16_t id, patina_span reply,
                         struct patina_kx_secret *out);
void ptn_kx_clear(struct ptn_kx *kx);

// The responder's side. INVALID_SHARE for a share of a wrong length or value.
patina_err ptn_kx_respond(const struct ptn_kx_group *g, patina_span share, patina_mspan out_reply,
                          struct patina_kx_secret *out);

#endif

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_link_key_of
// SOURCES: src/base/bytes.c
// REPLACE: ptn_write_span ptn_write_u64 ptn_write_u8 ptn_writer_finish
// REPLACE: ptn_span_part ptn_read_u32
// UNWIND: 12
// OBJECT_BITS: 9
// SOLVER: cadical
// COVERS: read_key
// MUTANT: src/x509/link_cache.c s/PTN_AT(parts, PTN_COUNT(parts) - 1)/PTN_AT(parts, PTN_COUNT(parts))/
#include "any.h"

#include "x509/link_cache.c"

// Insists on readable parts, and gives a digest of any length it may have.
static patina_err stub_once(const struct patina_hash *h, const patina_span *parts,
                            size_t parts_count, struct patina_digest *out)
{
    (void)h;
    size_t i = any_size();
    CLAIM(parts_count == 6 && (i >= parts_count || SPAN(parts[i])), "every part can be read");
    out->len = any_size();
    ASSUME(out->len <= PATINA_DIGEST_MAX);
    return any_bool() ? PATINA_OK : PATINA_ERR_PROVIDER;
}

void harness(void)
{
    const struct patina_hash hash = {.once = stub_once};
    struct ptn_link_cache *cache = any_object(sizeof *cache);
    cache->sha256 = &hash;
    const struct ptn_link_view view = {
        .cache = any_bool() ? cache : NULL, .generation = any_u64(), .server_name = any_span()};
    const struct ptn_cert child = any_cert();
    const struct ptn_spki spki = {any_span(), any_span(), any_span()};
    struct ptn_link_key key;
    if (ptn_link_key_of(&view, &child, &spki, any_bool(), &key)) {
        PTN_REACH("a key");
        CLAIM(view.cache != NULL, "of a cache");
    } else {
        PTN_REACH("none");
    }
}

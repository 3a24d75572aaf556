// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Bound: at most three pins; the loop over them is unwound.
//
// PROOF: ptn_pins_judge
// ENFORCE: no
// REPLACE: ptn_cert_parse ptn_span_equal ptn_span_part ptn_text_over ptn_text_add ptn_text_hex
// UNWIND: 6
// OBJECT_BITS: 9
// SOLVER: cadical
// COVERS: is_among hash_of digest_span say_not_pinned judge_dates
// MUTANT: src/x509/pin.c s/i < pins->count; i++/i <= pins->count; i++/
#include "any.h"

#include "x509/pin.c"

// The words for it, proved by themselves: it is given a whole failure.
void ptn_path_explain(const struct ptn_path_request *q, const struct ptn_path_failure *failure,
                      struct ptn_path_result *out)
{
    CLAIM(READABLE(q) && READABLE(failure) && failure->rule != NULL && WRITABLE(out), "a failure");
    CLAIM(failure->cert == NULL || READABLE(failure->cert), "its certificate");
}

static patina_err stub_once(const struct patina_hash *h, const patina_span *parts,
                            size_t parts_count, struct patina_digest *out)
{
    (void)h;
    CLAIM(parts_count == 1 && SPAN(parts[0]), "what is hashed can be read");
    out->len = any_size();
    ASSUME(out->len <= PATINA_DIGEST_MAX);
    return any_bool() ? PATINA_OK : PATINA_ERR_PROVIDER;
}

void harness(void)
{
    const struct patina_hash hash = {.once = stub_once};
    patina_span items[3] = {any_span(), any_span(), any_span()};
    const struct ptn_pins pins = {.sha256 = &hash,
                                  .items = items,
                                  .count = any_size(),
                                  .are_keys = any_bool(),
                                  .judges_dates = any_bool()};
    ASSUME(pins.count <= 3);
    const patina_span chain[1] = {any_span()};
    const struct ptn_path_request q = {
        .chain = chain, .chain_count = any_bool() ? 1 : 0, .now_s = any_i64()};
    struct ptn_path_result result;
    patina_err err = ptn_pins_judge(&pins, &q, &result);
    if (err == PATINA_OK) {
        PTN_REACH("pinned");
        CLAIM(pins.count != 0 && q.chain_count != 0, "by one of the pins");
    } else if (err == PATINA_ERR_CERT_NOT_PINNED) {
        PTN_REACH("not pinned");
    } else {
        PTN_REACH("refused");
    }
}

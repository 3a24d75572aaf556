// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// See pin.h.
#include "x509/pin.h"

#include "x509/path_int.h"
#include "x509/text.h"

// Whether `found` is one of the pins. Neither is a secret.
static bool is_among(const struct ptn_pins *pins, patina_span found)
{
    bool same = false;
    for (size_t i = 0; i < pins->count; i++) {
        same = same || ptn_span_equal(PTN_ITEM(pins->items, pins->count, i), found);
    }
    return same;
}

static patina_err hash_of(const struct ptn_pins *pins, patina_span bytes, struct patina_digest *out)
{
    *out = (struct patina_digest){.len = 0};
    return pins->sha256->once(pins->sha256, &bytes, 1, out);
}

static patina_span digest_span(const struct patina_digest *digest)
{
    return ptn_span_first(PTN_SPAN_OF(digest->bytes), digest->len);
}

static void say_not_pinned(const struct ptn_pins *pins, const struct patina_digest *found,
                           struct ptn_path_result *out)
{
    struct ptn_text text = PTN_TEXT_OF(out->text);
    out->certificate = 0;
    ptn_text_add(&text, pins->are_keys ? "the key of the server's certificate is none that was "
                                         "pinned; if it is the right one, pin its SHA-256 "
                                       : "the server's certificate is none that was pinned; if it "
                                         "is the right one, pin it: its SHA-256 is ");
    ptn_text_hex(&text, digest_span(found));
}

static patina_err judge_dates(const struct ptn_path_request *q, const struct ptn_cert *leaf,
                              struct ptn_path_result *out)
{
    struct ptn_path_failure f = {.rfc = 5280, .rule = "6.1.3 (a)(2)", .cert = leaf};
    if (q->now_s < leaf->not_before_s) {
        f.err = PATINA_ERR_CERT_NOT_YET_VALID;
    } else if (q->now_s > leaf->not_after_s) {
        f.err = PATINA_ERR_CERT_EXPIRED;
    } else {
        return PATINA_OK;
    }
    ptn_path_explain(q, &f, out);
    return f.err;
}

patina_err ptn_pins_judge(const struct ptn_pins *pins, const struct ptn_path_request *q,
                          struct ptn_path_result *out)
{
    struct ptn_cert leaf;
    struct patina_digest digest;
    *out = (struct ptn_path_result){.certificate = -1};
    PTN_REQUIRE(q->chain_count != 0, PATINA_ERR_EMPTY_CERTIFICATE);
    patina_span der = PTN_ITEM(q->chain, q->chain_count, 0);
    patina_err err = ptn_cert_parse(der, &leaf);
    if (err != PATINA_OK) {
        const struct ptn_path_failure f = {.err = err, .rfc = 5280, .rule = "4.1"};
        ptn_path_explain(q, &f, out);
        return err;
    }
    PTN_TRY(hash_of(pins, pins->are_keys ? leaf.spki.whole : der, &digest));
    if (!is_among(pins, pins->are_keys ? digest_span(&digest) : der)) {
        say_not_pinned(pins, &digest, out);
        return PATINA_ERR_CERT_NOT_PINNED;
    }
    return pins->judges_dates ? judge_dates(q, &leaf, out) : PATINA_OK;
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The public calls for tools that look inside: see patina/inspect.h.
#include "patina/inspect.h"
#include "x509/der.h"
#include "x509/dn.h"
#include "x509/pem.h"

patina_err patina_pem_read(patina_span text, size_t *position, patina_mspan room,
                           struct patina_pem_block *out)
{
    PTN_REQUIRE(position != NULL && out != NULL && *position <= text.len, PATINA_ERR_MISUSE);
    *out = (struct patina_pem_block){0};
    struct ptn_buf der;
    struct ptn_pem_block block;
    bool have = false;
    size_t at = *position;
    ptn_buf_init(&der, &ptn_heap, PTN_MAX_PEM_BYTES);
    patina_err err = ptn_pem_next(text, &at, &block, &der, &have);
    patina_span decoded = ptn_buf_span(&der);
    if (err == PATINA_OK && decoded.len > room.len) {
        err = PATINA_ERR_MISUSE;
    } else {
        *position = at;
        out->line = have || err != PATINA_OK ? ptn_pem_line(text, block.start) : 0;
    }
    if (err == PATINA_OK && have) {
        patina_mspan place = ptn_mspan_first(room, decoded.len);
        ptn_span_copy(place, decoded);
        out->der = ptn_span(place);
        out->label = block.label;
    }
    ptn_buf_clear(&der);
    return err;
}

bool patina_der_read(patina_span *rest, uint8_t *out_tag, patina_span *out_contents)
{
    struct ptn_reader r = ptn_reader_of(*rest);
    if (!ptn_der_read_any(&r, out_tag, out_contents)) {
        return false;
    }
    *rest = ptn_reader_rest(&r);
    return true;
}

// ---- Texts

static struct ptn_text text_in(char *buf, size_t cap)
{
    return ptn_text_over((patina_mspan){(uint8_t *)buf, cap});
}

static size_t finish(struct ptn_text *t)
{
    ptn_text_mark_cut(t);
    return ptn_text_len(t);
}

size_t patina_name_text(patina_span name, char *buf, size_t cap)
{
    struct ptn_text t = text_in(buf, cap);
    ptn_dn_text(name, &t);
    return finish(&t);
}

size_t patina_oid_text(patina_span oid, char *buf, size_t cap)
{
    struct ptn_text t = text_in(buf, cap);
    ptn_oid_text(oid, &t);
    return finish(&t);
}

size_t patina_text_clean(patina_span text, char *buf, size_t cap)
{
    struct ptn_text t = text_in(buf, cap);
    ptn_text_untrusted(&t, text);
    return finish(&t);
}

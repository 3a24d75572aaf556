// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Opening and sealing records, RFC 9846 §5.2 to §5.4, over the null provider: in place and
// elsewhere give the same; what opens and is sealed again opens to the same; a wrong tag never
// opens. Input: one byte (bit 0: leave the tag as it is, else make it right), then the encrypted
// part of a record.
#include "pieces.h"

#include "null_provider.h"
#include "record/record.h"

struct opened {
    patina_err err;
    uint8_t type;
    patina_mspan text;
    uint64_t seq;
};

static const struct patina_aead *aead_of(const struct patina_provider *p)
{
    return PTN_ITEM(p->suites, p->suites_count, 0)->aead;
}

static struct opened open_record(const struct patina_aead *aead, patina_span record,
                                 patina_mspan out)
{
    struct ptn_opener o = {0};
    struct ptn_traffic_key key = {.key_len = aead->key_len};
    struct opened r = {0};
    MUST(ptn_opener_install(&o, aead, &key, &ptn_heap) == PATINA_OK);
    r.err = ptn_opener_open(&o, record, out, &r.type, &r.text);
    r.seq = o.seq;
    MUST(r.seq == (r.err == PATINA_OK ? 1 : 0));
    ptn_opener_clear(&o);
    return r;
}

static void seal_again(const struct patina_aead *aead, const struct opened *r)
{
    struct ptn_sealer s = {0};
    struct ptn_traffic_key key = {.key_len = aead->key_len};
    MUST(ptn_sealer_install(&s, aead, &key, &ptn_heap) == PATINA_OK);
    patina_mspan record = {malloc(ptn_sealed_len(&s, r->text.len)),
                           ptn_sealed_len(&s, r->text.len)};
    patina_mspan out = {malloc(r->text.len + 1), r->text.len + 1};
    MUST(record.ptr != NULL && out.ptr != NULL);
    patina_span half[2] = {ptn_span_first(ptn_span(r->text), r->text.len / 2),
                           ptn_span_skip(ptn_span(r->text), r->text.len / 2)};
    MUST(ptn_sealer_seal(&s, r->type, half, 2, record) == PATINA_OK);
    struct opened again = open_record(aead, ptn_span(record), out);
    MUST(again.err == PATINA_OK && again.type == r->type);
    MUST(ptn_span_equal(ptn_span(again.text), ptn_span(r->text)));
    ptn_sealer_clear(&s);
    free(record.ptr);
    free(out.ptr);
}

// A record of the encrypted part, with a header that fits and perhaps a tag that does.
static patina_mspan make_record(patina_span body, bool right_tag)
{
    uint8_t header[PTN_RECORD_HEADER_BYTES];
    struct ptn_writer w = ptn_writer_of(PTN_MSPAN_OF(header));
    patina_span written;
    ptn_write_u8(&w, PTN_CONTENT_APPLICATION_DATA);
    ptn_write_u16(&w, PTN_VERSION_TLS12);
    ptn_write_u16(&w, (uint16_t)body.len);
    MUST(ptn_writer_finish(&w, &written));
    patina_mspan record = {malloc(sizeof header + body.len), sizeof header + body.len};
    MUST(record.ptr != NULL);
    ptn_span_copy(record, written);
    ptn_span_copy(ptn_mspan_skip(record, sizeof header), body);
    if (right_tag && body.len >= NULL_TAG_LEN) {
        uint8_t tag[NULL_TAG_LEN];
        size_t text_len = body.len - NULL_TAG_LEN;
        null_aead_tag(written, ptn_span_first(body, text_len), tag);
        ptn_span_copy(ptn_mspan_skip(record, sizeof header + text_len), PTN_SPAN_OF(tag));
    }
    return record;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct patina_provider *provider;
    if (provider == NULL) {
        provider = null_provider_new(1);
        MUST(provider != NULL);
    }
    if (size == 0 || size - 1 > PTN_MAX_CIPHERTEXT_BYTES) {
        return 0;
    }
    const struct patina_aead *aead = aead_of(provider);
    patina_span input = {data, size};
    bool right_tag = (ptn_span_at(input, 0) & 1) == 0;
    patina_mspan record = make_record(ptn_span_skip(input, 1), right_tag);
    patina_mspan copy = fuzz_exact(ptn_span(record));
    size_t room = record.len - ptn_min_size(record.len, PTN_RECORD_HEADER_BYTES + NULL_TAG_LEN);
    patina_mspan out = {malloc(room + 1), room};
    MUST(out.ptr != NULL);

    struct opened apart = open_record(aead, ptn_span(record), out);
    struct opened in_place =
        open_record(aead, ptn_span(copy), ptn_mspan_part(copy, PTN_RECORD_HEADER_BYTES, room));
    MUST(apart.err == in_place.err && apart.type == in_place.type);
    MUST(ptn_span_equal(ptn_span(apart.text), ptn_span(in_place.text)));
    MUST(!right_tag || room == 0 || apart.err != PATINA_ERR_BAD_RECORD_MAC);
    if (apart.err == PATINA_OK) {
        MUST(apart.type != 0 && apart.text.len <= PTN_MAX_PLAINTEXT_BYTES);
        seal_again(aead, &apart);
    }
    free(out.ptr);
    free(copy.ptr);
    free(record.ptr);
    return 0;
}

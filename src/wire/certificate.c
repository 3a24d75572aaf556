// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Certificate, RFC 9846 §4.5.1: the chain as the peer sent it, without a look into the
// certificates.
#include "base/limits.h"
#include "wire/ext.h"
#include "wire/messages.h"

// struct {
//     opaque cert_data<1..2^24-1>;
//     Extension extensions<0..2^16-1>;
// } CertificateEntry;
static patina_err read_entry(struct ptn_reader *list, patina_span *out_der,
                             struct ptn_reader *out_block)
{
    struct ptn_reader der;
    *out_der = (patina_span){0};
    *out_block = (struct ptn_reader){0};
    PTN_REQUIRE(ptn_read_vec24(list, &der) && !ptn_reader_is_empty(&der) &&
                    ptn_read_vec16(list, out_block),
                PATINA_ERR_DECODE_CERTIFICATE); // RFC 9846 §4.5.1
    *out_der = ptn_reader_whole(&der);
    return PATINA_OK;
}

static patina_err parse_extension(const struct ptn_extension *extension,
                                  struct ptn_certificate_entry *entry)
    PTN_CONTRACT(REQUIRES(READABLE(extension) && BODY(extension->body) && WRITABLE(entry))
                     ASSIGNS(entry->ocsp, entry->scts) GIVES_OR_KEEPS(entry->ocsp, extension->body)
                         GIVES_OR_KEEPS(entry->scts, extension->body))
{
    if (extension->type == PTN_EXTENSION_STATUS_REQUEST) {
        return ptn_parse_ext_certificate_status(extension->body, &entry->ocsp);
    }
    // signed_certificate_timestamp: the walk lets nothing else through.
    PTN_TRY(ptn_parse_ext_scts(extension->body));
    entry->scts = extension->body;
    return PATINA_OK;
}

static patina_err parse_entry_extensions(struct ptn_reader block, uint32_t asked,
                                         struct ptn_certificate_entry *entry)
{
    struct ptn_ext_walk walk;
    struct ptn_extension extension;
    bool have;
    PTN_TRY(ptn_ext_walk_start(&walk, block, PTN_IN_CERTIFICATE, asked));
    PTN_TRY(ptn_ext_walk_next(&walk, &extension, &have));
    while (have)
        PTN_LOOP(WALKS(walk, extension, have,
                       WITHIN(entry->ocsp, READER_WHOLE(walk.reader)) &&
                           WITHIN(entry->scts, READER_WHOLE(walk.reader)),
                       entry->ocsp, entry->scts))
    {
        PTN_TRY(parse_extension(&extension, entry));
        PTN_TRY(ptn_ext_walk_next(&walk, &extension, &have));
    }
    return PATINA_OK;
}

static patina_err parse_entry(struct ptn_reader *list, uint32_t asked,
                              struct ptn_certificate_entry *out)
    PTN_CONTRACT(REQUIRES(READER(list) && WRITABLE(out)) ASSIGNS(READER_FIELDS(*list), *out)
                     ENSURES(READER_STATE(*list) && WITHIN(out->der, READER_WHOLE(*list)) &&
                             WITHIN(out->ocsp, READER_WHOLE(*list)) &&
                             WITHIN(out->scts, READER_WHOLE(*list)))
                         ENSURES(IMPLIES(RESULT == PATINA_OK,
                                         READING(*list) &&
                                             READER_DONE(*list) > OLD(READER_DONE(*list)))))
{
    struct ptn_certificate_entry entry = {0};
    struct ptn_reader block;
    *out = entry;
    PTN_TRY(read_entry(list, &entry.der, &block));
    PTN_TRY(parse_entry_extensions(block, asked, &entry));
    *out = entry;
    return PATINA_OK;
}

// struct {
//     opaque certificate_request_context<0..2^8-1>;
//     CertificateEntry certificate_list<0..2^24-1>;
// } Certificate;
patina_err ptn_parse_certificate(patina_span body, uint32_t asked,
                                 struct ptn_certificate_message *out)
{
    struct ptn_reader r = ptn_reader_of(body);
    struct ptn_reader context;
    struct ptn_reader list;
    size_t count = 0;
    *out = (struct ptn_certificate_message){0};

    PTN_REQUIRE(ptn_read_vec8(&r, &context) && ptn_read_vec24(&r, &list) && ptn_read_end(&r),
                PATINA_ERR_DECODE_CERTIFICATE); // RFC 9846 §4.5.1
    patina_span entries = ptn_reader_whole(&list);
    while (!ptn_reader_is_empty(&list))
        PTN_LOOP(ASSIGNS(READER_FIELDS(list), count) INVARIANT(
            READING(list) && count <= PTN_MAX_CERTIFICATES) DECREASES(READER_LEFT(list)))
    {
        struct ptn_certificate_entry entry;
        PTN_REQUIRE(count < PTN_MAX_CERTIFICATES, PATINA_ERR_TOO_MANY_CERTIFICATES); // limits.h
        PTN_TRY(parse_entry(&list, asked, &entry));
        count++;
    }
    *out = (struct ptn_certificate_message){
        .context = ptn_reader_whole(&context), .list = entries, .count = count};
    PTN_REACH("Certificate");
    return PATINA_OK;
}

bool ptn_certificate_next(const struct ptn_certificate_message *m, size_t *position,
                          struct ptn_certificate_entry *out)
{
    struct ptn_reader list = ptn_reader_of(ptn_span_skip(m->list, *position));
    *out = (struct ptn_certificate_entry){0};
    // The message has been checked, so all that was asked for has its place here.
    if (ptn_reader_is_empty(&list) || parse_entry(&list, UINT32_MAX, out) != PATINA_OK) {
        return false;
    }
    *position += ptn_reader_position(&list);
    PTN_REACH("certificate entry");
    return true;
}

struct ptn_certificate_entry ptn_certificate_at(const struct ptn_certificate_message *m, size_t i)
{
    struct ptn_certificate_entry entry = {0};
    size_t position = 0;
    for (size_t k = 0; k < m->count; k++)
        PTN_LOOP(ASSIGNS(k, position, entry) INVARIANT(k <= m->count && position <= m->list.len)
                     DECREASES(m->count - k))
    {
        if (!ptn_certificate_next(m, &position, &entry)) {
            break;
        }
        if (k == i) {
            return entry;
        }
    }
    return (struct ptn_certificate_entry){0};
}

struct ptn_certificate_marks ptn_open_certificate(struct ptn_writer *w, patina_span context)
{
    struct ptn_certificate_marks marks = {.message = ptn_open_message(w, PTN_HS_CERTIFICATE)};
    ptn_write_vec8(w, context);
    marks.list = ptn_open(w, 3);
    return marks;
}

void ptn_write_certificate_entry(struct ptn_writer *w, const struct ptn_certificate_entry *entry)
{
    ptn_write_vec24(w, entry->der);
    struct ptn_mark extensions = ptn_open(w, 2);
    if (entry->ocsp.len != 0) {
        ptn_write_u16(w, PTN_EXTENSION_STATUS_REQUEST);
        ptn_write_certificate_status(w, entry->ocsp);
    }
    if (entry->scts.len != 0) {
        ptn_write_u16(w, PTN_EXTENSION_SIGNED_CERTIFICATE_TIMESTAMP);
        ptn_write_vec16(w, entry->scts);
    }
    ptn_close(w, extensions);
}

void ptn_close_certificate(struct ptn_writer *w, struct ptn_certificate_marks marks)
{
    ptn_close(w, marks.list);
    ptn_close(w, marks.message);
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The scan of a revocation list, RFC 5280 §5.1: see crl.h.
//
//     CertificateList ::= SEQUENCE { tbsCertList TBSCertList, signatureAlgorithm
//         AlgorithmIdentifier, signatureValue BIT STRING }
//     TBSCertList ::= SEQUENCE { version Version OPTIONAL, signature AlgorithmIdentifier, issuer
//         Name, thisUpdate Time, nextUpdate Time OPTIONAL, revokedCertificates SEQUENCE OF
//         SEQUENCE { ... } OPTIONAL, crlExtensions [0] EXPLICIT Extensions OPTIONAL }
//
// Implementation notes. Positions are kept, never pointers: the bytes move as the buffer grows.
// Three elements are opened (the list, its signed part, the entries), every other one is taken
// whole.
#include "x509/crl.h"
#include "x509/der.h"

enum { MAX_HEADER = 6, V1 = 1, V2 = 2 };

struct element {
    uint8_t tag;
    size_t header_len, len; // of the header, of the contents
};

// For contracts: an element at the scan's position lies in the list.
#define FITS(s, e)                                                              \
    ((s).stage == PTN_CRL_OUTER || ((e).header_len <= (s).whole.len - (s).at && \
                                    (e).len <= (s).whole.len - (s).at - (e).header_len))

static size_t end_of(struct ptn_range r)
{
    return r.at + r.len;
}

// The range's bytes.
static patina_span part(patina_span bytes, struct ptn_range r)
{
    return ptn_span_part(bytes, r.at, r.len);
}

// Where the box ends in which the scan stands.
static size_t box_end(const struct ptn_crl_scan *s)
{
    switch ((int)s->stage) {
    case PTN_CRL_OUTER:
        return SIZE_MAX;
    case PTN_CRL_TBS:
    case PTN_CRL_OUTER_ALGORITHM:
    case PTN_CRL_SIGNATURE:
    case PTN_CRL_WHOLE:
        return end_of(s->whole);
    case PTN_CRL_ENTRY:
        return end_of(s->entries);
    default:
        return end_of(s->tbs);
    }
}

// The header at the scan's position; *out_have is false while it has not come. RFC 5280 §5.1.
static patina_err read_header(const struct ptn_crl_scan *s, patina_span bytes, struct element *out,
                              bool *out_have)
    PTN_CONTRACT(REQUIRES(READABLE(s) && CRL_SCAN(*s) && SPAN(bytes) && s->at <= bytes.len)
                     REQUIRES(WRITABLE(out) && WRITABLE(out_have)) ASSIGNS(*out, *out_have)
                         ENSURES(IMPLIES(RESULT == PATINA_OK && *out_have,
                                         out->header_len >= 2 && out->header_len <= MAX_HEADER &&
                                             out->header_len <= bytes.len - s->at &&
                                             out->len <= UINT32_MAX && FITS(*s, *out))))
{
    patina_span window = ptn_span_part(bytes, s->at, MAX_HEADER);
    struct ptn_reader r = ptn_reader_of(window);
    *out = (struct element){0};
    *out_have = false;
    if (window.len < 2) {
        return PATINA_OK;
    }
    uint8_t first = ptn_span_at(window, 1);
    if (first > 0x80 && first <= 0x84 && window.len < 2u + (first & 0x7f)) {
        return PATINA_OK; // length octets are still to come
    }
    PTN_REQUIRE(ptn_der_read_header(&r, &out->tag, &out->len), PATINA_ERR_CRL_ENCODING);
    out->header_len = ptn_reader_position(&r);
    *out_have = true;
    size_t end = 0;
    PTN_REQUIRE(ptn_add_size(s->at + out->header_len, out->len, &end) && end <= box_end(s),
                PATINA_ERR_CRL_ENCODING);
    return PATINA_OK;
}

// What is optional is passed over when another element stands there, and a box that ends is left.
static void settle(struct ptn_crl_scan *s, uint8_t tag)
{
    if (s->stage == PTN_CRL_VERSION && tag != PTN_DER_INTEGER) {
        s->version = V1;
        s->stage = PTN_CRL_ALGORITHM;
    }
    if (s->stage == PTN_CRL_NEXT_UPDATE && tag != PTN_DER_UTC_TIME &&
        tag != PTN_DER_GENERALIZED_TIME) {
        s->next_update_s = s->this_update_s;
        s->stage = PTN_CRL_REVOKED;
    }
    if (s->stage == PTN_CRL_REVOKED && tag != PTN_DER_SEQUENCE) {
        s->stage = PTN_CRL_EXTENSIONS;
    }
}

static void leave_boxes(struct ptn_crl_scan *s)
{
    if (s->stage == PTN_CRL_ENTRY && s->at == end_of(s->entries)) {
        s->stage = PTN_CRL_EXTENSIONS;
    }
    if (s->stage >= PTN_CRL_NEXT_UPDATE && s->stage <= PTN_CRL_TBS_END &&
        s->stage != PTN_CRL_ENTRY && s->at == end_of(s->tbs)) {
        if (s->stage == PTN_CRL_NEXT_UPDATE) {
            s->next_update_s = s->this_update_s;
        }
        s->stage = PTN_CRL_OUTER_ALGORITHM;
    }
}

// For contracts: the limits stay, and so does what the list's header said.
#define TAKEN(s)                                                                                  \
    ((s)->max_bytes == OLD((s)->max_bytes) && (s)->max_entries == OLD((s)->max_entries) &&        \
     IFF((s)->stage == PTN_CRL_OUTER, OLD((s)->stage) == PTN_CRL_OUTER && RESULT != PATINA_OK) && \
     IMPLIES(OLD((s)->stage) != PTN_CRL_OUTER, (s)->whole.len == OLD((s)->whole.len)))

// The list, its signed part, the entries: their header is taken, what is inside comes next.
static patina_err open_box(struct ptn_crl_scan *s, const struct element *e) PTN_CONTRACT(
    REQUIRES(WRITABLE(s) && CRL_SCAN(*s) && READABLE(e) && FITS(*s, *e))
        REQUIRES(2 <= e->header_len && e->header_len <= MAX_HEADER && e->len <= UINT32_MAX)
            REQUIRES(s->stage == PTN_CRL_OUTER || s->stage == PTN_CRL_TBS ||
                     s->stage == PTN_CRL_REVOKED) ASSIGNS(*s) ENSURES(CRL_SCAN(*s))
                ENSURES(TAKEN(s) &&
                        s->at == OLD(s->at) + (RESULT == PATINA_OK ? e->header_len : 0)))
{
    const struct ptn_range inside = {s->at + e->header_len, e->len};
    PTN_REQUIRE(e->tag == PTN_DER_SEQUENCE, PATINA_ERR_CRL_ENCODING);
    if (s->stage == PTN_CRL_OUTER) {
        PTN_REQUIRE(inside.len <= s->max_bytes && inside.at <= s->max_bytes - inside.len,
                    PATINA_ERR_CRL_TOO_LARGE);
        s->whole = (struct ptn_range){0, end_of(inside)};
        s->stage = PTN_CRL_TBS;
    } else if (s->stage == PTN_CRL_TBS) {
        s->tbs = (struct ptn_range){s->at, e->header_len + e->len};
        s->stage = PTN_CRL_VERSION;
    } else {
        s->entries = inside;
        s->stage = PTN_CRL_ENTRY;
    }
    s->at = inside.at;
    return PATINA_OK;
}

// Version, RFC 5280 §5.1.2.1: v2 or absent, which means v1.
static patina_err take_version(struct ptn_crl_scan *s, struct ptn_reader *r)
{
    uint32_t version = 0;
    PTN_REQUIRE(ptn_der_read_u32(r, &version) && version == V2 - 1, PATINA_ERR_CRL_ENCODING);
    s->version = V2;
    s->stage = PTN_CRL_ALGORITHM;
    return PATINA_OK;
}

static patina_err take_sequence(struct ptn_reader *r, struct ptn_range where, size_t header_len,
                                struct ptn_range *out)
{
    patina_span ignored;
    PTN_REQUIRE(ptn_der_read(r, PTN_DER_SEQUENCE, &ignored), PATINA_ERR_CRL_ENCODING);
    *out = (struct ptn_range){where.at + header_len, where.len - header_len};
    return PATINA_OK;
}

static patina_err take_time(struct ptn_reader *r, int64_t *out_s)
{
    PTN_REQUIRE(ptn_der_read_time(r, out_s), PATINA_ERR_CRL_ENCODING);
    return PATINA_OK;
}

static patina_err take_entry(struct ptn_crl_scan *s, struct ptn_reader *r)
{
    struct ptn_crl_entry entry;
    PTN_REQUIRE(s->entries_count < s->max_entries, PATINA_ERR_CRL_TOO_LARGE);
    PTN_TRY(ptn_crl_read_entry(r, &entry));
    // RFC 5280 §5.1.2.1: extensions need version 2.
    PTN_REQUIRE(!entry.has_extensions || s->version == V2, PATINA_ERR_CRL_ENCODING);
    s->entries_count++;
    return PATINA_OK;
}

static patina_err take_extensions(struct ptn_crl_scan *s, struct ptn_reader *r,
                                  struct ptn_range where, size_t header_len)
{
    struct ptn_crl scratch;
    patina_span box;
    PTN_REQUIRE(s->version == V2, PATINA_ERR_CRL_ENCODING);
    PTN_REQUIRE(ptn_der_read(r, PTN_DER_CONTEXT_OF(0), &box), PATINA_ERR_CRL_ENCODING);
    PTN_TRY(ptn_crl_parse_extensions(box, &scratch));
    s->extensions = (struct ptn_range){where.at + header_len, where.len - header_len};
    s->stage = PTN_CRL_TBS_END;
    return PATINA_OK;
}

// RFC 5280 §5.1.1.2: the outer algorithm "MUST" be the one that is signed.
static patina_err take_outer_algorithm(struct ptn_crl_scan *s, patina_span bytes,
                                       struct ptn_reader *r)
{
    patina_span outer;
    PTN_REQUIRE(ptn_der_read(r, PTN_DER_SEQUENCE, &outer) &&
                    ptn_span_equal(outer, part(bytes, s->algorithm)),
                PATINA_ERR_CRL_ENCODING);
    s->stage = PTN_CRL_SIGNATURE;
    return PATINA_OK;
}

static patina_err take_signature(struct ptn_crl_scan *s, struct ptn_reader *r,
                                 struct ptn_range where)
{
    patina_span bits;
    uint8_t unused = 0;
    PTN_REQUIRE(ptn_der_read_bits(r, &bits, &unused) && unused == 0, PATINA_ERR_CRL_ENCODING);
    PTN_REQUIRE(end_of(where) == end_of(s->whole), PATINA_ERR_CRL_ENCODING);
    s->signature = (struct ptn_range){end_of(where) - bits.len, bits.len};
    s->stage = PTN_CRL_WHOLE;
    return PATINA_OK;
}

// One whole element.
static patina_err take(struct ptn_crl_scan *s, patina_span bytes, struct ptn_range where,
                       size_t header_len)
    PTN_CONTRACT(REQUIRES(WRITABLE(s) && CRL_SCAN(*s) && SPAN(bytes) && CRL_RANGE(*s, where))
                     REQUIRES(where.at <= bytes.len && where.len <= bytes.len - where.at &&
                              header_len <= where.len && s->stage != PTN_CRL_OUTER) ASSIGNS(*s)
                         ENSURES(CRL_SCAN(*s) && TAKEN(s) && s->at == OLD(s->at)))
{
    struct ptn_reader r = ptn_reader_of(part(bytes, where));
    patina_err err = PATINA_ERR_CRL_ENCODING;
    struct ptn_range contents;
    switch ((int)s->stage) {
    case PTN_CRL_VERSION:
        return take_version(s, &r);
    case PTN_CRL_ALGORITHM:
        err = take_sequence(&r, where, header_len, &s->algorithm);
        s->stage = PTN_CRL_ISSUER;
        return err;
    case PTN_CRL_ISSUER:
        err = take_sequence(&r, where, header_len, &contents);
        PTN_REQUIRE(err != PATINA_OK || contents.len <= PTN_MAX_NAME_BYTES,
                    PATINA_ERR_CRL_TOO_LARGE);
        s->issuer = where;
        s->stage = PTN_CRL_THIS_UPDATE;
        return err;
    case PTN_CRL_THIS_UPDATE:
        s->stage = PTN_CRL_NEXT_UPDATE;
        return take_time(&r, &s->this_update_s);
    case PTN_CRL_NEXT_UPDATE:
        s->stage = PTN_CRL_REVOKED;
        return take_time(&r, &s->next_update_s);
    case PTN_CRL_ENTRY:
        return take_entry(s, &r);
    case PTN_CRL_EXTENSIONS:
        return take_extensions(s, &r, where, header_len);
    case PTN_CRL_OUTER_ALGORITHM:
        return take_outer_algorithm(s, bytes, &r);
    case PTN_CRL_SIGNATURE:
        return take_signature(s, &r, where);
    default: // something behind the extensions
        return PATINA_ERR_CRL_ENCODING;
    }
}

patina_err ptn_crl_scan_step(struct ptn_crl_scan *s, patina_span bytes, bool *out_more)
{
    struct element e;
    bool have = false;
    *out_more = false;
    leave_boxes(s);
    PTN_TRY(read_header(s, bytes, &e, &have));
    if (!have) {
        *out_more = true;
        return PATINA_OK;
    }
    settle(s, e.tag);
    if (s->stage == PTN_CRL_OUTER || s->stage == PTN_CRL_TBS || s->stage == PTN_CRL_REVOKED) {
        return open_box(s, &e);
    }
    const struct ptn_range where = {s->at, e.header_len + e.len};
    PTN_REQUIRE(where.len <=
                    (s->stage == PTN_CRL_ENTRY ? PTN_MAX_CRL_ENTRY_BYTES : PTN_MAX_CRL_FIELD_BYTES),
                PATINA_ERR_CRL_TOO_LARGE);
    if (bytes.len - s->at < where.len) {
        *out_more = true;
        return PATINA_OK;
    }
    PTN_TRY(take(s, bytes, where, e.header_len));
    s->at = end_of(where);
    return PATINA_OK;
}

patina_err ptn_crl_scan_finish(const struct ptn_crl_scan *s, patina_span bytes, struct ptn_crl *out)
{
    struct ptn_crl crl = {.scope.reasons = PTN_ALL_REASONS};
    *out = (struct ptn_crl){0};
    PTN_REQUIRE(s->stage == PTN_CRL_WHOLE, PATINA_ERR_CRL_ENCODING);
    if (s->extensions.len != 0) {
        PTN_TRY(ptn_crl_parse_extensions(part(bytes, s->extensions), &crl));
    }
    crl.version = s->version;
    crl.tbs = part(bytes, s->tbs);
    crl.signature_alg = part(bytes, s->algorithm);
    crl.signature = part(bytes, s->signature);
    crl.issuer = part(bytes, s->issuer);
    crl.this_update_s = s->this_update_s;
    crl.next_update_s = s->next_update_s;
    crl.entries = part(bytes, s->entries);
    crl.entries_count = s->entries_count;
    *out = crl;
    return PATINA_OK;
}

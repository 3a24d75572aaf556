// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The words of contracts: what stands in PTN_CONTRACT(...) and PTN_LOOP(...). Included by
// compiler.h for the model checker alone; a normal build never sees them. proofs/README.md explains
// how they are used, proofs/SOUNDNESS.md what they mean.
#ifndef PTN_CONTRACT_H
#define PTN_CONTRACT_H

#include "base/limits.h"

#define REQUIRES(...) __CPROVER_requires(__VA_ARGS__)
#define ENSURES(...) __CPROVER_ensures(__VA_ARGS__)
#define ASSIGNS(...) __CPROVER_assigns(__VA_ARGS__)
#define INVARIANT(...) __CPROVER_loop_invariant(__VA_ARGS__)
#define DECREASES(...) __CPROVER_decreases(__VA_ARGS__)
#define RESULT __CPROVER_return_value
#define OLD(lvalue) __CPROVER_old(lvalue)
#define LOOP_OLD(lvalue) __CPROVER_loop_entry(lvalue)
#define IMPLIES(a, b) (!(a) || (b))
#define IFF(a, b) (!(a) == !(b))

// Memory that may be read, or written. Aliasing is not excluded anywhere.
#define READABLE(p) __CPROVER_r_ok((p), sizeof(*(p)))
#define WRITABLE(p) __CPROVER_rw_ok((p), sizeof(*(p)))
#define READABLE_ARRAY(p, n) \
    ((n) == 0 ||             \
     ((n) <= __CPROVER_max_malloc_size / sizeof(*(p)) && __CPROVER_r_ok((p), (n) * sizeof(*(p)))))
#define WRITABLE_ARRAY(p, n)                                         \
    ((n) == 0 || ((n) <= __CPROVER_max_malloc_size / sizeof(*(p)) && \
                  __CPROVER_rw_ok((p), (n) * sizeof(*(p)))))

// Spans: `len` bytes behind `ptr`, unless empty.
#define SPAN(s) ((s).len == 0 || __CPROVER_r_ok((s).ptr, (s).len))
#define MSPAN(s) ((s).len == 0 || __CPROVER_rw_ok((s).ptr, (s).len))
// An array of at most `most` spans; `most` is a constant, since the quantifier is written out.
#define SPANS(array, n, most)                                        \
    ((n) <= (most) && READABLE_ARRAY(array, n) && __CPROVER_forall { \
        size_t ptn_i;                                                \
        !(ptn_i < (most)) || !(ptn_i < (n)) || SPAN((array)[ptn_i])  \
    })
// The same without the quantifier, which costs a lot: the array can be read; that each element is a
// span is for the harness to give (uniform_spans) and for whoever fills the array to keep.
#define SPAN_ARRAY(array, n, most) ((n) <= (most) && READABLE_ARRAY(array, n))
#define EMPTY(s) ((s).len == 0 && (s).ptr == NULL)
// `s` is the `n` bytes at `at` + `from`; as all of ours, without a pointer when empty.
#define SPAN_IS(s, at, from, n)      \
    ((s).len == (n) &&               \
     ((s).len == 0 ? (s).ptr == NULL \
                   : __CPROVER_pointer_equals((void *)(s).ptr, (void *)((at) + (from)))))
// What ptn_span_part leaves of a span.
#define PART_LEN(s, from, n) \
    ((from) >= (s).len ? 0 : (n) < (s).len - (from) ? (n) : (s).len - (from))
// `s` lies within `whole`, or is empty. Arithmetic on object and offset only: holds for what a loop
// has forgotten, too.
#define WITHIN(s, whole) WITHIN_BYTES((s).ptr, (s).len, (whole).ptr, (whole).len)
#define READER_WHOLE(r) ((patina_span){(r).base_, (r).len_})
#define WITHIN_READER(s, r) WITHIN_BYTES((s).ptr, (s).len, (r).base_, (r).len_)
#define READER_WITHIN(r, outer) WITHIN_BYTES((r).base_, (r).len_, (outer).base_, (outer).len_)
// Sums instead of differences: so one claim follows from another by comparing the same sums.
#define WITHIN_BYTES(p, n, whole, whole_n)                              \
    ((n) == 0 ||                                                        \
     (__CPROVER_same_object(p, whole) && (n) <= (whole_n) &&            \
      __CPROVER_POINTER_OFFSET(p) >= __CPROVER_POINTER_OFFSET(whole) && \
      __CPROVER_POINTER_OFFSET(p) + (n) <= __CPROVER_POINTER_OFFSET(whole) + (whole_n)))

// What every parser is given and may change; a parsed span lies within the body and is empty when
// the body is refused.
// A body is at most as long as a handshake message can say (RFC 9846 §4).
#define BODY(body) (SPAN(body) && (body).len <= 0xffffff)
#define PARSES(body, out) REQUIRES(BODY(body) && WRITABLE(out)) ASSIGNS(*(out))
#define GIVES(s, body) ENSURES(WITHIN(s, body) && IMPLIES(RESULT != PATINA_OK, (s).len == 0))
#define GIVES_SOME(s, body) ENSURES(WITHIN(s, body) && IFF(RESULT == PATINA_OK, (s).len != 0))

// A reader: cursor within its bytes; poisoned means at the end. Only these two fields ever change.
#define READER_STATE(r) ((r).pos_ <= (r).len_ && IMPLIES((r).failed_, (r).pos_ == (r).len_))
#define READER_VALUE(r) (READER_STATE(r) && ((r).len_ == 0 || __CPROVER_r_ok((r).base_, (r).len_)))
#define READER(r) (WRITABLE(r) && READER_VALUE(*(r)))
#define READER_FIELDS(r) (r).pos_, (r).failed_
#define READER_LEFT(r) ((r).len_ - (r).pos_)
#define READER_DONE(r) ((r).pos_)
#define READING(r) (READER_STATE(r) && !(r).failed_)
#define READER_FAILED(r) ((r).failed_)
#define AT_START(r) ((r).pos_ == 0)
// What every read of `n` bytes does.
#define READ_DONE(r, n)                                                      \
    (READER_STATE(*(r)) && IFF(RESULT, !(r)->failed_) &&                     \
     IFF(RESULT, !OLD((r)->failed_) && (n) <= (r)->len_ - OLD((r)->pos_)) && \
     IMPLIES(RESULT, (r)->pos_ == OLD((r)->pos_) + (n)))
#define READS_INTEGER(r, out, width)     \
    REQUIRES(READER(r) && WRITABLE(out)) \
    ASSIGNS(READER_FIELDS(*(r)), *(out)) \
    ENSURES(READ_DONE(r, width) && IMPLIES(!RESULT, *(out) == 0))
// A vector: its reader is whole and ends where the outer one stands.
#define READS_VECTOR(r, out, width)                                                           \
    REQUIRES(READER(r) && WRITABLE(out))                                                      \
    ASSIGNS(READER_FIELDS(*(r)), *(out))                                                      \
    ENSURES(READER_STATE(*(r)) && IFF(RESULT, !(r)->failed_) &&                               \
            IMPLIES(RESULT, !OLD((r)->failed_)))                                              \
    ENSURES((out)->pos_ == 0 && IFF(RESULT, !(out)->failed_) &&                               \
            IMPLIES(!RESULT, (out)->len_ == 0))                                               \
    ENSURES((out)->len_ < ((size_t)1 << (8 * (width))))                                       \
    ENSURES(IMPLIES(RESULT, (out)->len_ <= (r)->pos_ && (width) <= (r)->pos_ - (out)->len_ && \
                                OLD((r)->pos_) == (r)->pos_ - (out)->len_ - (width)))         \
    ENSURES((out)->len_ == 0                                                                  \
                ? (out)->base_ == NULL                                                        \
                : __CPROVER_pointer_equals((void *)(out)->base_,                              \
                                           (void *)((r)->base_ + ((r)->pos_ - (out)->len_))))

// A time that DER can say, and one that is days away from it.
#define DER_TIME(s) ((-70000000000 <= (s)) & ((s) <= 260000000000))
#define NEAR_DER_TIME(s) (-80000000000 <= (s) && (s) <= 270000000000)
// What every read of a DER element does: forward, by its header at least.
#define DER_READ(r)                                       \
    (READER_STATE(*(r)) && OLD((r)->pos_) <= (r)->pos_ && \
     IMPLIES(RESULT, !(r)->failed_ && (r)->pos_ - OLD((r)->pos_) >= 2))

// A writer: position within its memory. Every write changes these three things at most.
#define WRITER_STATE(w) ((w).pos_ <= (w).cap_)
#define WRITER(w)                         \
    (WRITABLE(w) && WRITER_STATE(*(w)) && \
     ((w)->cap_ == 0 || __CPROVER_rw_ok((w)->base_, (w)->cap_)))
#define WRITER_FIELDS(w)     \
    (w)->pos_, (w)->failed_; \
    (w)->cap_ != 0 : __CPROVER_object_whole((w)->base_)
// What every write of `n` bytes does.
#define WRITE_DONE(w, n)                                                            \
    (WRITER_STATE(*(w)) &&                                                          \
     IFF(!(w)->failed_, !OLD((w)->failed_) && (n) <= (w)->cap_ - OLD((w)->pos_)) && \
     (w)->pos_ == OLD((w)->pos_) + ((w)->failed_ ? 0 : (n)))
#define WRITES(w, n) REQUIRES(WRITER(w)) ASSIGNS(WRITER_FIELDS(w)) ENSURES(WRITE_DONE(w, n))
// What an encoder does: only forward, and a failure stays.
#define ENCODES(w)                                               \
    ASSIGNS(WRITER_FIELDS(w))                                    \
    ENSURES(WRITER_STATE(*(w)) && OLD((w)->pos_) <= (w)->pos_ && \
            IMPLIES(OLD((w)->failed_), (w)->failed_))

// A growable buffer (base/mem.h): its lengths. That its memory is there is the business of mem.c.
#define BUF(b) (WRITABLE(b) && (b)->len_ <= (b)->cap_ && (b)->cap_ <= (b)->max_)

// One of several that a function may fill: within the body, or as it was.
#define GIVES_OR_KEEPS(s, body) \
    ENSURES(WITHIN(s, body) || ((s).len == OLD((s).len) && (s).ptr == OLD((s).ptr)))

// Loops. Each ends because a reader only moves forward.
#define READS_ALL(r) \
    ASSIGNS(READER_FIELDS(r)) INVARIANT(READER_STATE(r) && !(r).failed_) DECREASES(READER_LEFT(r))
#define READS_AND_COUNTS(r, count)                                    \
    ASSIGNS(READER_FIELDS(r), count)                                  \
    INVARIANT(READER_STATE(r) && !(r).failed_ && (count) <= (r).pos_) \
    DECREASES(READER_LEFT(r))
#define COUNTS_TO(i, n) ASSIGNS(i) INVARIANT((i) <= (n)) DECREASES((n) - (i))
// Walks at most `n` entries of a reader.
#define READS_ENTRIES(r, i, n) \
    ASSIGNS(READER_FIELDS(r), i) INVARIANT(READER_STATE(r) && (i) <= (n)) DECREASES((n) - (i))
// Writes `n` things.
#define WRITES_EACH(w, i, n)                                             \
    ASSIGNS(i, WRITER_FIELDS(&(w)))                                      \
    INVARIANT(WRITER_STATE(w) && (w).pos_ >= LOOP_OLD((w).pos_) &&       \
              IMPLIES(LOOP_OLD((w).failed_), (w).failed_) && (i) <= (n)) \
    DECREASES((n) - (i))
// Walks the extensions of a block; `holds` is true throughout, the rest is what the loop changes
// besides.
#define WALKS(walk, extension, have, holds, ...)                             \
    ASSIGNS(READER_FIELDS((walk).reader), extension, have, __VA_ARGS__)      \
    INVARIANT(READER_STATE((walk).reader) && (holds) &&                      \
              IMPLIES(have, WITHIN_READER((extension).body, (walk).reader))) \
    DECREASES(READER_LEFT((walk).reader) + ((have) ? 1 : 0))

// A text for people (x509/text.h): only forward, and once cut it stays so.
#define TEXT_STATE(t) ((t).len_ <= (t).room_.len)
#define TEXT(t) (WRITABLE(t) && TEXT_STATE(*(t)) && MSPAN((t)->room_))
#define TEXT_FIELDS(t)    \
    (t)->len_, (t)->cut_; \
    (t)->room_.len != 0 : __CPROVER_object_whole((t)->room_.ptr)
#define SAYS(t)             \
    REQUIRES(TEXT(t))       \
    ASSIGNS(TEXT_FIELDS(t)) \
    ENSURES(TEXT_STATE(*(t)) && IMPLIES(OLD((t)->cut_), (t)->cut_))
#define SAYS_EACH(t, holds, ...)         \
    ASSIGNS(__VA_ARGS__, TEXT_FIELDS(t)) \
    INVARIANT(TEXT_STATE(*(t)) && IMPLIES(LOOP_OLD((t)->cut_), (t)->cut_) && (holds))
#define READS_AND_SAYS(r, t, ...)                                                \
    SAYS_EACH(t, READER_STATE(r) && !(r).failed_, READER_FIELDS(r), __VA_ARGS__) \
    DECREASES(READER_LEFT(r))

// A day of the calendar (x509/calendar.h).
#define DATE(d) ((d).year <= 9999 && (d).month >= 1 && (d).month <= 12)

// The first `n` spans of an array lie within `whole`; of at most `most`, a constant.
#define SPANS_WITHIN(array, n, most, whole)                                  \
    __CPROVER_forall                                                         \
    {                                                                        \
        size_t ptn_i;                                                        \
        !(ptn_i < (most)) || !(ptn_i < (n)) || WITHIN((array)[ptn_i], whole) \
    }

// A certificate's spans (x509/cert.h), a clause each: in one long condition every part is checked
// under all parts before it, which takes the model checker minutes.
#define SPKI(k) (SPAN((k).whole) && SPAN((k).algorithm) && SPAN((k).public_key))
#define SPKI_WITHIN(k, body) \
    (WITHIN((k).whole, body) && WITHIN((k).algorithm, body) && WITHIN((k).public_key, body))
#define EACH_EXTENSION(clause, x, ...)                                                            \
    clause((x).unknown_critical, __VA_ARGS__) clause((x).eku, __VA_ARGS__)                        \
        clause((x).san, __VA_ARGS__) clause((x).issuer_alt_name, __VA_ARGS__)                     \
            clause((x).name_constraints, __VA_ARGS__) clause((x).authority_key_id, __VA_ARGS__)   \
                clause((x).subject_key_id, __VA_ARGS__) clause((x).crl_points, __VA_ARGS__)       \
                    clause((x).freshest_crl, __VA_ARGS__) clause((x).authority_info, __VA_ARGS__) \
                        clause((x).tls_feature, __VA_ARGS__) clause((x).scts, __VA_ARGS__)        \
                            clause((x).policies, __VA_ARGS__)                                     \
                                clause((x).policy_mappings, __VA_ARGS__)
#define EACH_CERT_SPAN(clause, c, ...)                                                        \
    clause((c).der, __VA_ARGS__) clause((c).tbs, __VA_ARGS__) clause((c).serial, __VA_ARGS__) \
        clause((c).signature_alg, __VA_ARGS__) clause((c).signature, __VA_ARGS__)             \
            clause((c).issuer, __VA_ARGS__) clause((c).subject, __VA_ARGS__)                  \
                clause((c).spki.whole, __VA_ARGS__) clause((c).spki.algorithm, __VA_ARGS__)   \
                    clause((c).spki.public_key, __VA_ARGS__)                                  \
                        EACH_EXTENSION(clause, (c).ext, __VA_ARGS__)
#define ENSURES_SAME(s, ...) ENSURES((s).len == OLD((s).len) && (s).ptr == OLD((s).ptr))
// Bytes of one certificate; that they are few keeps the sums of the claims small.
#define CERT_BYTES(s) (SPAN(s) && (s).len <= PTN_MAX_CERT_BYTES)
#define REQUIRES_SPAN(s, ...) REQUIRES(SPAN(s))
#define REQUIRES_EMPTY(s, ...) REQUIRES((s).len == 0)
#define ENSURES_WITHIN(s, body) ENSURES(WITHIN(s, body))
#define INVARIANT_WITHIN(s, body) INVARIANT(WITHIN(s, body))
#define REQUIRES_WITHIN_READER(s, r) REQUIRES(WITHIN_READER(s, r))
#define ENSURES_WITHIN_READER(s, r) ENSURES(WITHIN_READER(s, r))
#define INVARIANT_WITHIN_READER(s, r) INVARIANT(WITHIN_READER(s, r))
#define REQUIRES_CERT(c) EACH_CERT_SPAN(REQUIRES_SPAN, c, 0)
#define EXTENSIONS(x)                                                                             \
    (SPAN((x).unknown_critical) && SPAN((x).eku) && SPAN((x).san) && SPAN((x).issuer_alt_name) && \
     SPAN((x).name_constraints) && SPAN((x).authority_key_id) && SPAN((x).subject_key_id) &&      \
     SPAN((x).crl_points) && SPAN((x).freshest_crl) && SPAN((x).authority_info) &&                \
     SPAN((x).tls_feature) && SPAN((x).scts) && SPAN((x).policies) && SPAN((x).policy_mappings))
#define CERT(c)                                                                        \
    (SPAN((c).der) && SPAN((c).tbs) && SPAN((c).serial) && SPAN((c).signature_alg) &&  \
     SPAN((c).signature) && SPAN((c).issuer) && SPAN((c).subject) && SPKI((c).spki) && \
     EXTENSIONS((c).ext))
// A revocation list's spans (x509/crl.h).
#define CRL(c)                                                                                  \
    (SPAN((c).tbs) && SPAN((c).signature_alg) && SPAN((c).signature) && SPAN((c).issuer) &&     \
     SPAN((c).entries) && SPAN((c).number) && SPAN((c).scope.whole) && SPAN((c).scope.point) && \
     ((c).scope.reasons & ~0x1feu) == 0)
#define EACH_CRL_SPAN(clause, c, ...)                                        \
    clause((c).tbs, __VA_ARGS__) clause((c).signature_alg, __VA_ARGS__)      \
        clause((c).signature, __VA_ARGS__) clause((c).issuer, __VA_ARGS__)   \
            clause((c).entries, __VA_ARGS__) clause((c).number, __VA_ARGS__) \
                clause((c).scope.whole, __VA_ARGS__) clause((c).scope.point, __VA_ARGS__)
// An OCSP answer's spans (x509/ocsp.h).
#define OCSP(o)                                                         \
    (SPAN((o).tbs) && SPAN((o).signature_alg) && SPAN((o).signature) && \
     SPAN((o).responder_name) && SPAN((o).responder_key) && SPAN((o).answers) && SPAN((o).certs))
#define OCSP_WITHIN(o, body)                                                                    \
    (WITHIN((o).tbs, body) && WITHIN((o).signature_alg, body) && WITHIN((o).signature, body) && \
     WITHIN((o).responder_name, body) && WITHIN((o).responder_key, body) &&                     \
     WITHIN((o).answers, body) && WITHIN((o).certs, body))

// Trust anchors (x509/roots.c). What stands in the two arrays is kept by whoever writes them:
// proofs/SOUNDNESS.md.
#define ROOTS(r)                                                                                 \
    (READABLE(r) && (r)->order_count <= (r)->roots_count && (r)->roots_count <= PTN_MAX_ROOTS && \
     SPAN((r)->bytes) && WRITABLE_ARRAY((r)->roots, (r)->roots_count) &&                         \
     WRITABLE_ARRAY((r)->order, (r)->roots_count))

// What a path is judged for (x509/path.h), as far as one certificate is concerned.
#define SERVER_NAME(n) (READABLE(n) && SPAN((n)->text) && (n)->ip_len <= 16)
#define PATH_QUESTION(q) \
    (READABLE(q) && SPAN((q)->own_eku) && ((q)->name == NULL || SERVER_NAME((q)->name)))
// What is asked about a certificate's status (x509/revocation.h), and the budgets it counts down.
#define JUDGES_SIGNER(q, ocsp)                                                    \
    REQUIRES(WRITABLE(q) && READABLE((q)->provider) && READABLE((q)->revocation)) \
    REQUIRES(SPAN((q)->revocation->staple) && READABLE((q)->issuer))              \
    REQUIRES(SPAN((q)->issuer->subject) && SPKI((q)->issuer->spki))               \
    REQUIRES(READABLE(ocsp) && SPAN((ocsp)->responder_name) && SPAN((ocsp)->responder_key))
#define STATUS_BUDGETS(q) (q)->signatures_left, (q)->comparisons_left
#define JUDGES_STATUS(q, out)                                                               \
    REQUIRES(WRITABLE(q) && READABLE((q)->provider) && READABLE((q)->revocation))           \
    REQUIRES(SPAN((q)->revocation->staple) && READABLE((q)->cert) && READABLE((q)->issuer)) \
    REQUIRES_CERT(*(q)->cert)                                                               \
    REQUIRES(SPAN((q)->issuer->subject) && SPKI((q)->issuer->spki) && WRITABLE(out))        \
    ASSIGNS(*(out), STATUS_BUDGETS(q))
// Why one was refused (x509/path_int.h): with the certificates that the words for it speak of.
#define CERT_NAMED(c) (READABLE(c) && SPAN((c)->subject))
#define CERT_WORDS(c)                                                                        \
    (CERT_NAMED(c) && SPAN((c)->issuer) && SPAN((c)->ext.san) && SPAN((c)->signature_alg) && \
     SPAN((c)->ext.authority_key_id) && SPAN((c)->ext.subject_key_id))
// A clause each; there may be no certificate where a claim of its own says so.
#define REQUIRES_WORDS(c)                                    \
    REQUIRES((c) == NULL || CERT_NAMED(c))                   \
    REQUIRES((c) == NULL || SPAN((c)->issuer))               \
    REQUIRES((c) == NULL || SPAN((c)->ext.san))              \
    REQUIRES((c) == NULL || SPAN((c)->signature_alg))        \
    REQUIRES((c) == NULL || SPAN((c)->ext.authority_key_id)) \
    REQUIRES((c) == NULL || SPAN((c)->ext.subject_key_id))
#define SPEAKS_OF_ONE(err)                                                                         \
    ((err) == PATINA_ERR_CERT_EXPIRED || (err) == PATINA_ERR_CERT_NOT_YET_VALID ||                 \
     (err) == PATINA_ERR_CERT_NAME_MISMATCH || (err) == PATINA_ERR_CERT_UNKNOWN_ISSUER ||          \
     (err) == PATINA_ERR_CERT_SELF_SIGNED || (err) == PATINA_ERR_CERT_BAD_SIGNATURE ||             \
     (err) == PATINA_ERR_CERT_UNSUPPORTED_KEY || (err) == PATINA_ERR_CERT_UNSUPPORTED_SIGNATURE || \
     SPEAKS_OF_TWO(err))
#define SPEAKS_OF_TWO(err) \
    ((err) == PATINA_ERR_CERT_BAD_SIGNATURE || (err) == PATINA_ERR_CERT_NAME_CONSTRAINT)
#define REQUIRES_FAILURE(f)                                                         \
    REQUIRES(READABLE(f) && READABLE((f)->rule) && SPAN((f)->name))                 \
    REQUIRES((f)->cert != NULL || ((f)->other == NULL && !SPEAKS_OF_ONE((f)->err))) \
    REQUIRES((f)->other != NULL || !SPEAKS_OF_TWO((f)->err))                        \
    REQUIRES_WORDS((f)->cert) REQUIRES_WORDS((f)->other)

#endif

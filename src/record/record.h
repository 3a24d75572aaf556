// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The record layer, RFC 9846 §5: header, deframing (bytes to records), joining (records to
// messages), fragmenting, and protection. It knows no handshake: what may come when is judged by hs
// and conn.
#ifndef PTN_RECORD_H
#define PTN_RECORD_H

#include "base/limits.h"
#include "base/mem.h"
#include "patina/provider.h"
#include "wire/codepoints.h"

// ---- header.c

struct ptn_record_header {
    uint8_t type;     // a ptn_content_type
    uint16_t version; // legacy_record_version; its major byte is 3
    uint16_t len;     // bytes that follow
};

// Parses the first five bytes of `in` (at least 5). UNKNOWN_CONTENT_TYPE; BAD_RECORD_VERSION when
// the major byte is not 3; RECORD_OVERFLOW past 2^14 + 256. `first` (no record has been accepted
// yet) turns a wrong type into HTTP_REQUEST or NOT_TLS where the version is none of TLS.
patina_err ptn_parse_record_header(patina_span in, bool first, struct ptn_record_header *out)
    PTN_CONTRACT(REQUIRES(SPAN(in) && in.len >= PTN_RECORD_HEADER_BYTES && WRITABLE(out))
                     ASSIGNS(*out)
                         ENSURES(RESULT == PATINA_OK ? out->len <= PTN_MAX_CIPHERTEXT_BYTES &&
                                                           out->version >> 8 == 3 &&
                                                           out->type >= 20 && out->type <= 23
                                                     : out->len == 0));

// RECORD_OVERFLOW past 2^14 bytes: for a record that will not be opened (the header alone does not
// tell).
patina_err ptn_check_plaintext_record(const struct ptn_record_header *header);

// ---- deframe.c

struct ptn_record {
    struct ptn_record_header header;
    size_t whole_len; // header included
};

// Finds the record at the front of `in`. On success either *out_want is 0 and `out` describes a
// whole record, or *out_want is the number of bytes that must stand in `in` altogether (5, or the
// whole record). Errors are those of the header, reported as soon as five bytes are there.
patina_err
ptn_deframe(patina_span in, bool first, struct ptn_record *out, size_t *out_want) PTN_CONTRACT(
    REQUIRES(SPAN(in) && WRITABLE(out) && WRITABLE(out_want)) ASSIGNS(*out, *out_want)
        ENSURES(IMPLIES(RESULT == PATINA_OK && *out_want == 0,
                        out->whole_len <= in.len &&
                            out->whole_len == PTN_RECORD_HEADER_BYTES + (size_t)out->header.len))
            ENSURES(IMPLIES(RESULT == PATINA_OK && *out_want != 0,
                            *out_want > in.len &&
                                *out_want <= PTN_RECORD_HEADER_BYTES + PTN_MAX_CIPHERTEXT_BYTES)));

// ---- join.c: handshake fragments to messages, RFC 9846 §5.1.

struct ptn_message {
    uint8_t type;
    patina_span whole; // header included
    patina_span body;
    bool in_buffer; // it stands in the join buffer (stable until the next call on the joiner), not
                    // in the fragment
};

// Judges a message by its header alone, before any byte of its body is kept.
typedef patina_err ptn_message_limit_fn(void *arg, uint8_t type, uint32_t body_len);

struct ptn_join {
    struct ptn_buf buf;
    size_t max_bytes; // the buffer's cap, bytes
    size_t start_;    // consumed bytes at the front of the buffer
    size_t pending_;  // length of the message handed out from the buffer, dropped at the next call
    bool judged_;     // the header of the message being collected has been judged
};

void ptn_join_init(struct ptn_join *j, const struct patina_allocator *alloc, size_t max_bytes);
void ptn_join_clear(struct ptn_join *j); // wipes, frees; stays usable

// The next whole message of what is buffered and then `*fragment`, which is cut by what was used.
// Without a whole message all of the fragment goes to the buffer and *out_have is false.
// HANDSHAKE_TOO_LARGE for a message past the buffer's cap (from its header, after `limit` has
// passed it), NO_MEMORY, or what `limit` says. `limit` sees each message once. A message wholly
// inside the fragment is not copied. The sum of all messages is not counted here.
patina_err ptn_join_next(struct ptn_join *j, patina_span *fragment, ptn_message_limit_fn *limit,
                         void *arg, struct ptn_message *out, bool *out_have);

// Keeps the rest of a fragment for later calls (the caller must return before using it up); several
// messages may stand in it. HANDSHAKE_TOO_LARGE past the buffer's cap, NO_MEMORY. The message last
// handed out is used up by this.
patina_err ptn_join_keep(struct ptn_join *j, patina_span rest);

// True when no byte waits: neither a whole message nor a part of one. The message last handed out
// counts as used.
bool ptn_join_is_aligned(const struct ptn_join *j);

// ---- fragment.c

// The length of the next record's plaintext: `left` bytes remain, records hold at most
// `max_fragment` (1..2^14).
size_t ptn_fragment_len(size_t left, size_t max_fragment);

// Writes a plaintext record (header and fragment) to `out`, which has room for 5 + text.len.
// `version` 0x0301 for an initial ClientHello, else 0x0303 (RFC 9846 §5.1).
void ptn_write_plain_record(uint8_t type, uint16_t version, patina_span text, patina_mspan out)
    PTN_CONTRACT(REQUIRES(SPAN(text) && text.len <= PTN_MAX_PLAINTEXT_BYTES)
                     REQUIRES(MSPAN(out) && out.len >= PTN_RECORD_HEADER_BYTES + text.len)
                         ASSIGNS(__CPROVER_object_whole(out.ptr)));

// ---- protect.c: RFC 9846 §5.2 to §5.5. One direction each. Keys are wiped after `install`.

struct ptn_traffic_key {
    uint8_t key[32];
    size_t key_len;
    struct patina_nonce iv;
};

struct ptn_sealer {
    const struct patina_aead *aead; // NULL: no key, records go out in plaintext
    void *ctx;                      // aead->ctx_size bytes of alloc
    const struct patina_allocator *alloc;
    struct patina_nonce iv;
    uint64_t seq;
};

// Installs a (new) key: the context is allocated once per AEAD and re-keyed after. `key` is wiped,
// whatever happens. After a failure the sealer is as it was, or, if its old key was lost, seals
// nothing any more (SEAL_LIMIT).
patina_err ptn_sealer_install(struct ptn_sealer *s, const struct patina_aead *aead,
                              struct ptn_traffic_key *key, const struct patina_allocator *alloc);
void ptn_sealer_clear(struct ptn_sealer *s);

// Bytes of a record with `text_len` bytes of content (at most 2^14): sealed, or plaintext without a
// key.
size_t ptn_sealed_len(const struct ptn_sealer *s, size_t text_len);

// True when one more record may be sealed; also whether our own KeyUpdate is due (RFC 9846 §5.5).
bool ptn_sealer_has_room(const struct ptn_sealer *s);
bool ptn_sealer_wants_update(const struct ptn_sealer *s);

// Seals the concatenated text as one record into `out`, whose length is ptn_sealed_len of it.
// SEAL_LIMIT leaves all as it was; SEAL_FAILED is fatal for the key: nothing is sealed under it
// again. `text` spans together hold at most 2^14 bytes. INTERNAL without a key: plaintext is
// written by ptn_write_plain_record alone.
patina_err ptn_sealer_seal(struct ptn_sealer *s, uint8_t type, const patina_span *text,
                           size_t text_count, patina_mspan out);

struct ptn_opener {
    const struct patina_aead *aead; // NULL: no key
    void *ctx;
    const struct patina_allocator *alloc;
    struct patina_nonce iv;
    uint64_t seq;
};
patina_err ptn_opener_install(struct ptn_opener *o, const struct patina_aead *aead,
                              struct ptn_traffic_key *key, const struct patina_allocator *alloc);
void ptn_opener_clear(struct ptn_opener *o);

// Opens one protected record. `record` is the whole of it, header included, and `out` where the
// inner plaintext goes: the same bytes as the encrypted part (in place) or disjoint, with room for
// record.len - 5 - tag. On success *out_type is the inner content type and *out_text the content (a
// part of `out`). BAD_RECORD_MAC (nothing else is told, also for records shorter than a tag),
// RECORD_OVERFLOW when the inner plaintext is too long, NO_CONTENT_TYPE when it is all zeros. The
// sequence number moves on success only; what was written to `out` is zeros after a failure.
// INTERNAL without a usable key.
patina_err ptn_opener_open(struct ptn_opener *o, patina_span record, patina_mspan out,
                           uint8_t *out_type, patina_mspan *out_text);

#endif

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// From handshake fragments to messages, RFC 9846 §4 and §5.1. Called by conn with the content of
// each handshake record; the messages go to hs.
//
// Implementation notes. A message that lies whole in a fragment is handed out from there, if the
// buffer is empty. Otherwise the buffer collects just one message more: first its header, which is
// judged, then what is missing of its body. So the buffer never holds more than one message,
// unless ptn_join_keep put a rest there. Bytes already used stand in front of start_ until room is
// needed: then they are dropped, at most once a message.
#include "record/record.h"

void ptn_join_init(struct ptn_join *j, const struct patina_allocator *alloc, size_t max_bytes)
{
    *j = (struct ptn_join){.max_bytes = max_bytes};
    ptn_buf_init(&j->buf, alloc, max_bytes);
}

void ptn_join_clear(struct ptn_join *j)
{
    ptn_buf_clear(&j->buf);
    j->start_ = 0;
    j->pending_ = 0;
    j->judged_ = false;
}

// The message handed out last is used up.
static void drop_pending(struct ptn_join *j)
{
    j->start_ += j->pending_;
    j->pending_ = 0;
    if (j->start_ == ptn_buf_len(&j->buf)) {
        ptn_buf_truncate(&j->buf, 0);
        j->start_ = 0;
    }
}

static patina_span waiting(const struct ptn_join *j)
{
    return ptn_span_skip(ptn_buf_span(&j->buf), j->start_);
}

static patina_err append(struct ptn_join *j, patina_span s)
{
    if (s.len == 0) {
        return PATINA_OK;
    }
    ptn_buf_drop_front(&j->buf, j->start_);
    j->start_ = 0;
    size_t total;
    bool fits = ptn_add_size(ptn_buf_len(&j->buf), s.len, &total) && total <= j->max_bytes;
    PTN_REQUIRE(fits, PATINA_ERR_HANDSHAKE_TOO_LARGE);
    return ptn_buf_append(&j->buf, s) ? PATINA_OK : PATINA_ERR_NO_MEMORY;
}

// Moves bytes from the fragment until `len` bytes wait, or the fragment is empty.
static patina_err collect(struct ptn_join *j, size_t len, patina_span *fragment)
{
    size_t have = waiting(j).len;
    size_t more = have < len ? ptn_min_size(len - have, fragment->len) : 0;
    PTN_TRY(append(j, ptn_span_first(*fragment, more)));
    *fragment = ptn_span_skip(*fragment, more);
    return PATINA_OK;
}

//     struct {
//         HandshakeType msg_type;
//         uint24 length;
//         select (Handshake.msg_type) { ... };
//     } Handshake;
//
// Reads the header at the front of `in`, which holds it, and has it judged, if that was not done.
static patina_err judge(struct ptn_join *j, patina_span in, ptn_message_limit_fn *limit, void *arg,
                        uint8_t *out_type, size_t *out_whole_len)
{
    struct ptn_reader r = ptn_reader_of(in);
    uint32_t body_len;
    bool read = ptn_read_u8(&r, out_type) && ptn_read_u24(&r, &body_len);
    PTN_CHECK(read);
    *out_whole_len = PTN_HANDSHAKE_HEADER_BYTES + (size_t)body_len;
    if (j->judged_) {
        return PATINA_OK;
    }
    PTN_TRY(limit(arg, *out_type, body_len));
    // A message past the cap is refused however it is split, also where it need not be kept.
    PTN_REQUIRE(*out_whole_len <= j->max_bytes, PATINA_ERR_HANDSHAKE_TOO_LARGE);
    j->judged_ = true;
    return PATINA_OK;
}

static struct ptn_message message_of(uint8_t type, patina_span whole, bool in_buffer)
{
    return (struct ptn_message){
        .type = type,
        .whole = whole,
        .body = ptn_span_skip(whole, PTN_HANDSHAKE_HEADER_BYTES),
        .in_buffer = in_buffer,
    };
}

patina_err ptn_join_next(struct ptn_join *j, patina_span *fragment, ptn_message_limit_fn *limit,
                         void *arg, struct ptn_message *out, bool *out_have)
{
    uint8_t type;
    size_t whole_len;
    *out = (struct ptn_message){0};
    *out_have = false;
    drop_pending(j);

    bool buffered = waiting(j).len != 0;
    if (!buffered && fragment->len >= PTN_HANDSHAKE_HEADER_BYTES) {
        PTN_TRY(judge(j, *fragment, limit, arg, &type, &whole_len));
        if (whole_len <= fragment->len) {
            *out = message_of(type, ptn_span_first(*fragment, whole_len), false);
            *fragment = ptn_span_skip(*fragment, whole_len);
            *out_have = true;
            j->judged_ = false;
            return PATINA_OK;
        }
    }

    PTN_TRY(collect(j, PTN_HANDSHAKE_HEADER_BYTES, fragment));
    if (waiting(j).len < PTN_HANDSHAKE_HEADER_BYTES) {
        return PATINA_OK;
    }
    PTN_TRY(judge(j, waiting(j), limit, arg, &type, &whole_len));
    PTN_TRY(collect(j, whole_len, fragment));
    if (waiting(j).len < whole_len) {
        return PATINA_OK;
    }
    *out = message_of(type, ptn_span_first(waiting(j), whole_len), true);
    *out_have = true;
    j->pending_ = whole_len;
    j->judged_ = false;
    return PATINA_OK;
}

patina_err ptn_join_keep(struct ptn_join *j, patina_span rest)
{
    drop_pending(j);
    return append(j, rest);
}

bool ptn_join_is_aligned(const struct ptn_join *j)
{
    return ptn_buf_len(&j->buf) - j->start_ == j->pending_;
}

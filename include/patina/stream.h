// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// A connection over a connected stream socket: the loop around `patina_conn_receive` and
// `patina_conn_send` that most programs would write by hand, blocking or not. Its own library
// (libpatina_stream), outside the core: this is where sockets and the monotonic clock are touched.
//
// A stream belongs to one thread at a time; what only asks never blocks. Results are those of the
// connection, and of the loop:
//   NOT_YET    the call would block (non-blocking mode): see `patina_stream_wants`
//   TIMED_OUT  handshake or idle time is up; sticky
//   IO         the socket failed; `patina_stream_errno` has the reason
//   TRUNCATED  the socket ended without close_notify (RFC 9846 §6.1); sticky
#ifndef PATINA_STREAM_H
#define PATINA_STREAM_H

#include "patina/base.h"
#include "patina/conn.h"

#ifdef __cplusplus
extern "C" {
#endif

// ---- Waker: how a blocking stream sleeps while an operation is open (PATINA_EVENT_SUSPENDED).
// Make it before the connection, put `patina_stream_waker_get` into `patina_conn_options.waker`,
// and name it in the stream's options. A program with an event loop of its own needs none.

struct patina_stream_waker;

// `patina_stream_waker_new` makes a waker (a pipe). `alloc` NULL: the C heap; it must outlive the
// waker. NO_MEMORY, MISUSE, or IO when there are no descriptors left. Any thread; never blocks.
PATINA_API PATINA_MUST patina_err patina_stream_waker_new(const struct patina_allocator *alloc,
                                                          struct patina_stream_waker **out);

// `patina_stream_waker_get` returns what belongs into `patina_conn_options.waker`. It borrows `w`.
// Any thread; never blocks.
PATINA_API struct patina_waker patina_stream_waker_get(struct patina_stream_waker *w);

// `patina_stream_waker_fd` returns a descriptor that becomes readable when an operation completed;
// it stays the waker's. Any thread; never blocks.
PATINA_API int patina_stream_waker_fd(const struct patina_stream_waker *w);

// `patina_stream_waker_clear` makes the descriptor unreadable again. The owning thread; never
// blocks.
PATINA_API void patina_stream_waker_clear(struct patina_stream_waker *w);

// `patina_stream_waker_free` frees it: only after every completing thread is through with its call.
// NULL is a no-op. Any thread; never blocks.
PATINA_API void patina_stream_waker_free(struct patina_stream_waker *w);

// ---- Making.

enum patina_stream_flags {
    PATINA_STREAM_NONBLOCKING = 1 << 0 // calls return NOT_YET instead of waiting
};

#define PATINA_STREAM_NO_TIMEOUT UINT32_MAX

struct patina_stream_options {
    uint32_t struct_size;
    uint32_t flags;                       // enum patina_stream_flags
    uint32_t handshake_timeout_ms;        // for the whole handshake, from making on; 0: 10,000
    uint32_t idle_timeout_ms;             // without a byte either way; 0: 60,000
    uint32_t input_size;                  // bytes; 0: 66,580; at least PATINA_RECORD_MAX
    uint32_t output_size;                 // bytes; 0: 66,136; at least PATINA_OUTPUT_MIN
    struct patina_stream_waker *waker;    // NULL: none; borrowed, outlives the stream
    const struct patina_allocator *alloc; // NULL: the C heap; must outlive the stream
};
#define PATINA_STREAM_OPTIONS_INIT {sizeof(struct patina_stream_options), 0, 0, 0, 0, 0, NULL, NULL}

struct patina_stream;

// `patina_stream_new` puts `conn` on the socket `fd`. The stream takes the connection over on
// success; the socket stays the caller's, who closes it after the stream is freed. Whether the
// socket itself is non-blocking does not matter. `o` may be NULL. MISUSE (no connection, bad
// descriptor), BAD_OPTION, NEWER_OPTIONS, NO_MEMORY. Sends nothing yet. Any thread; never blocks.
PATINA_API PATINA_MUST patina_err patina_stream_new(int fd, struct patina_conn *conn,
                                                    const struct patina_stream_options *o,
                                                    struct patina_stream **out);

// `patina_stream_free` frees the stream with its connection, wiping what was decrypted. It sends
// nothing: `patina_stream_close_notify` does. NULL is a no-op. The stream's thread; never blocks.
PATINA_API void patina_stream_free(struct patina_stream *s);

// ---- Running. In blocking mode each waits as long as the time-outs allow.

// `patina_stream_handshake` completes the handshake; OK at once when it is complete. `read` and
// `write` begin with it. On failure the alert for the peer has been sent, or as much of it as the
// socket took (RFC 9846 §6.2). MISUSE when the connection waits for an operation in blocking mode
// without a waker; else the results above and those of `patina_conn_receive`. The stream's thread;
// blocks in blocking mode.
PATINA_API PATINA_MUST patina_err patina_stream_handshake(struct patina_stream *s);

// `patina_stream_read` reads up to `cap` bytes (at least 1) and stores their number in *out_len, 0
// on failure.
// OK with 0 bytes is the peer's close_notify; an end without it is TRUNCATED. Whole records that
// are at hand are read together: a `buf` of 16 KiB or more costs no copy. MISUSE when cap is 0;
// else as `patina_stream_handshake`. The stream's thread; blocks in blocking mode.
PATINA_API PATINA_MUST patina_err patina_stream_read(struct patina_stream *s, void *buf, size_t cap,
                                                     size_t *out_len);

// `patina_stream_write` sends `len` bytes. In blocking mode all of them are handed to the socket
// when it returns OK. In non-blocking mode *out_taken bytes were taken and are not to be given
// again: OK when that is more than none, though some may still wait in the stream
// (`patina_stream_flush`), else NOT_YET. SEND_CLOSED after close_notify. `out_taken` may be NULL in
// blocking mode. MISUSE when it is in the other; else as `patina_stream_handshake`. The stream's
// thread; blocks in blocking mode.
PATINA_API PATINA_MUST patina_err patina_stream_write(struct patina_stream *s, const void *buf,
                                                      size_t len, size_t *out_taken);

// `patina_stream_flush` sends what waits in the stream. NOT_YET while some is left; IO, TIMED_OUT,
// MISUSE. The stream's thread; blocks in blocking mode.
PATINA_API PATINA_MUST patina_err patina_stream_flush(struct patina_stream *s);

// `patina_stream_close_notify` ends the sending direction; reading goes on (half-close, RFC 9846
// §6.1). The socket is not shut down. NOT_YET while the alert waits: call it or `flush` again.
// Idempotent. IO, TIMED_OUT, MISUSE. The stream's thread; blocks in blocking mode.
PATINA_API PATINA_MUST patina_err patina_stream_close_notify(struct patina_stream *s);

// `patina_stream_release_buffers` gives back buffers that hold nothing; they come back by
// themselves. For idle connections of a server with many. The stream's thread; never blocks.
PATINA_API void patina_stream_release_buffers(struct patina_stream *s);

// ---- Asking.

enum patina_stream_wants {
    PATINA_STREAM_WANTS_READ = 1 << 0,  // call again when the socket is readable
    PATINA_STREAM_WANTS_WRITE = 1 << 1, // sealed bytes wait for the socket to be writable
    PATINA_STREAM_WANTS_WAKE = 1 << 2   // an operation is open: call again after the wake
};

// `patina_stream_wants` returns what the stream waits for, a set of `enum patina_stream_wants`. The
// stream's thread; never blocks.
PATINA_API uint32_t patina_stream_wants(const struct patina_stream *s);

// `patina_stream_wants_read` is true when WANTS_READ is in that set. The stream's thread; never
// blocks.
PATINA_API bool patina_stream_wants_read(const struct patina_stream *s);

// `patina_stream_wants_write` is true when WANTS_WRITE is in that set. The stream's thread; never
// blocks.
PATINA_API bool patina_stream_wants_write(const struct patina_stream *s);

// `patina_stream_has_data` is true when `read` has something without the socket: poll would not
// say. The stream's thread; never blocks.
PATINA_API bool patina_stream_has_data(const struct patina_stream *s);

// `patina_stream_timeout_ms` returns the milliseconds until time is up, 0 when it is (the next call
// that would block returns TIMED_OUT), -1 when there is no time-out. The stream's thread; never
// blocks.
PATINA_API int64_t patina_stream_timeout_ms(const struct patina_stream *s);

// `patina_stream_errno` returns the errno of the last failed socket call, 0 if none failed. The
// stream's thread; never blocks.
PATINA_API int patina_stream_errno(const struct patina_stream *s);

// `patina_stream_is_handshake_done` is true when the handshake is complete: the connection's
// getters answer from here on. The stream's thread; never blocks.
PATINA_API bool patina_stream_is_handshake_done(const struct patina_stream *s);

// `patina_stream_conn` returns the connection, borrowed: for its getters, report and explanation.
// The stream's thread; never blocks.
PATINA_API struct patina_conn *patina_stream_conn(const struct patina_stream *s);

// `patina_stream_unused` returns the bytes received after the peer's close_notify, which belong to
// the caller's next protocol; valid until the stream is freed. The stream's thread; never blocks.
PATINA_API patina_span patina_stream_unused(const struct patina_stream *s);

#ifdef __cplusplus
}
#endif
#endif

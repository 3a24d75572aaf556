// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Standard input and output through a non-blocking stream. Called by connect.c.
#ifndef PATINA_TOOL_PIPE_H
#define PATINA_TOOL_PIPE_H

#include "patina/stream.h"

// `pipe_handshake` drives the handshake to its end.
patina_err pipe_handshake(struct patina_stream *s, int fd);

// `pipe_run` copies until the server has closed, or the input has ended and the server has closed.
// With `half_close` the end of the input is told to the server at once. FILE, with errno, when
// standard input or output failed.
patina_err pipe_run(struct patina_stream *s, int fd, bool half_close);

// `pipe_close` says goodbye without waiting for the answer. Returns an exit status.
int pipe_close(struct patina_stream *s, int fd);

#endif

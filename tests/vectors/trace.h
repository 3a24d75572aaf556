// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// A trace file: entries of a name ("client key handshake") and bytes, in the order of the run.
#ifndef PTN_TESTS_VECTORS_TRACE_H
#define PTN_TESTS_VECTORS_TRACE_H

#include "patina/base.h"

enum { TRACE_MAX_ENTRIES = 80, TRACE_MAX_BYTES = 800, TRACE_MAX_NAME = 48 };

struct trace_entry {
    char name[TRACE_MAX_NAME];
    size_t len;
    uint8_t bytes[TRACE_MAX_BYTES];
};

struct trace {
    size_t count;
    struct trace_entry entries[TRACE_MAX_ENTRIES];
};

// False, with a word on stderr, when the file cannot be read or is not well-formed.
bool trace_read(const char *path, struct trace *out);

static inline patina_span trace_bytes(const struct trace_entry *e)
{
    return (patina_span){e->bytes, e->len};
}

#endif

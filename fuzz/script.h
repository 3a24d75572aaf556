// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Whole connections under the fuzzer, past authentication: the null provider accepts every
// signature and its records can be made by anyone. An input is a script, chunks of one byte `op`,
// two bytes of length, and so many bytes; what is made of them goes to the connection in pieces.
// conn_seeds.c writes scripts of real handshakes.
#ifndef PTN_FUZZ_SCRIPT_H
#define PTN_FUZZ_SCRIPT_H

#include "patina/base.h"
#include "patina/provider.h"

enum script_op {
    SCRIPT_RAW = 0,              // bytes as they are
    SCRIPT_PLAIN_RECORD = 1,     // first byte: content type; the rest its content
    SCRIPT_PROTECTED_RECORD = 2, // likewise, sealed
    SCRIPT_MESSAGE = 3,  // first byte: handshake type; the rest its body; under the present key
    SCRIPT_FINISHED = 4, // the Finished that is right just now
    SCRIPT_CALL = 5,     // first byte: which call of the API
    SCRIPT_OPS = 6,
};

// Plays the script on one side of a connection and checks what must hold of every input.
void script_play(bool is_server, patina_span script);

// The certificate of the server side, DER; for "fuzz.test".
patina_span script_certificate(void);

#endif

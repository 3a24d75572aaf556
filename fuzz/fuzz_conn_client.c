// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// A whole client connection, past authentication, driven by a script: see script.h.
#include "fuzz.h"
#include "script.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    script_play(false, (patina_span){data, size});
    return 0;
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The system's clock as a config wants it.
#include "base/check.h"
#include "patina/config.h"

#include <time.h>

static patina_err now(void *user, int64_t *out_unix_s)
{
    (void)user;
    time_t seconds = time(NULL);
    *out_unix_s = 0;
    if (seconds < 0) {
        return PATINA_ERR_CLOCK;
    }
    *out_unix_s = (int64_t)seconds;
    return PATINA_OK;
}

const struct patina_clock *patina_clock_system(void)
{
    static const struct patina_clock clock = {.struct_size = sizeof clock, .now = now};
    return &clock;
}

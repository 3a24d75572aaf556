// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// See provider.h.
#include "provider.h"

#include "patina/provider_awslc.h"

const struct patina_provider *vectors_provider(void)
{
    return patina_awslc();
}

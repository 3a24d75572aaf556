// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The provider a test program of this folder runs over: each program is built once a provider, with
// one of the files provider_*.c.
#ifndef PTN_TESTS_VECTORS_PROVIDER_H
#define PTN_TESTS_VECTORS_PROVIDER_H

#include "patina/provider.h"

// NULL when it cannot be made. Free with patina_provider_unref.
const struct patina_provider *vectors_provider(void);

#endif

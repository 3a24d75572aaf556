// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The provider over AWS-LC, in its own library (libpatina_awslc).
#ifndef PATINA_PROVIDER_AWSLC_H
#define PATINA_PROVIDER_AWSLC_H

#include "patina/provider.h"

#ifdef __cplusplus
extern "C" {
#endif

// `patina_awslc` returns static tables: never NULL, never fails, needs no reference counting. Any
// thread; never blocks.
PATINA_API const struct patina_provider *patina_awslc(void);

#ifdef __cplusplus
}
#endif
#endif

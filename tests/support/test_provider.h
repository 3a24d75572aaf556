// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// A provider for tests that need one and do not care which: the one this build has. Link
// patina_test_provider.
#ifndef PTN_TESTS_TEST_PROVIDER_H
#define PTN_TESTS_TEST_PROVIDER_H

#include "patina/provider.h"

// Ends the process when there is none. Give it back with patina_provider_unref.
const struct patina_provider *test_provider(void);

#endif

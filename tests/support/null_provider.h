// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// A provider without cryptography, for fuzzers and for tests that need the same bytes every time.
// Shares are fixed, the AEAD's tag is a checksum that a harness can compute, any signature holds,
// random bytes follow from a seed. With it an input can reach the code behind authentication. Lives
// in tests alone and is never in an installed library.
#ifndef PATINA_TESTS_NULL_PROVIDER_H
#define PATINA_TESTS_NULL_PROVIDER_H

#include "patina/provider.h"

// Makes a counted provider whose random bytes follow from `seed`; NULL when memory runs out. Give
// it back with `patina_provider_unref`. Its random generator is for one thread; everything else may
// be shared.
const struct patina_provider *null_provider_new(uint64_t seed);

// Starts the random bytes of `p` (of null_provider_new) anew.
void null_provider_reseed(const struct patina_provider *p, uint64_t seed);

// Makes a key of this provider for a SubjectPublicKeyInfo, which is copied: its schemes are those
// of the algorithm named there, its signatures 64 fixed bytes. `load_key` is the same thing: it
// takes an SPKI where others take a private key.
patina_err null_key_new(patina_span spki, struct patina_key **out);

#define NULL_TAG_LEN 16u

// The tag of a sealed record: a checksum of the additional data and the ciphertext, which is the
// plaintext. Neither key nor nonce count, so that a harness can make records for any epoch.
void null_aead_tag(patina_span aad, patina_span text, uint8_t out_tag[NULL_TAG_LEN]);

#endif

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Rows of a provider that protect nothing, for the unit tests of record and keys: deterministic,
// they show what they were given, count their contexts, and fail where a test wants.
#ifndef PTN_TESTS_TOY_CRYPTO_H
#define PTN_TESTS_TOY_CRYPTO_H

#include "patina/provider.h"

struct toy_state {
    size_t live;               // contexts set up and not cleared
    size_t calls;              // calls that can fail
    size_t fail_at;            // this one fails, counted from 1; 0: none
    patina_err failure;        // with this
    struct patina_nonce nonce; // of the last seal or open
    uint8_t aad[16];
    size_t aad_len;
    size_t keyed; // HMAC keyings
};
extern struct toy_state toy;
void toy_reset(void);

extern const struct patina_aead toy_aead;         // no limit
extern const struct patina_aead toy_aead_gcm;     // the seal limit of AES-GCM
extern const struct patina_aead toy_aead_limited; // ten records
extern const struct patina_hash toy_hash;         // 32 bytes
extern const struct patina_hmac toy_hmac;
extern const struct patina_hmac toy_hmac_with_hkdf; // the same, through its own hkdf_extract and
                                                    // hkdf_expand

// A share is the private byte again and again; shares that begin with 0xff are INVALID_SHARE.
extern const struct patina_group toy_x25519, toy_p256, toy_p384, toy_mlkem768, toy_mlkem1024;

#endif

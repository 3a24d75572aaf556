// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// What src/os takes of the Windows API: certificate stores, chains and their judgement (crypt32).
#ifndef PTN_OS_WINDOWS_API_H
#define PTN_OS_WINDOWS_API_H

#define WIN32_LEAN_AND_MEAN
#define CERT_CHAIN_PARA_HAS_EXTRA_FIELDS // the time a retrieval may take

#include <windows.h>
// After it, for its types.
#include <wincrypt.h>

enum { PTN_X509_ENCODING = X509_ASN_ENCODING | PKCS_7_ASN_ENCODING };

#endif

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// For Wine before 9, which has no bcryptprimitives.dll: its one function that the tests need. Never
// installed, and never for Windows itself.
#include <windows.h>
// After it, for its types.
#include <ntsecapi.h>

BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T len);

BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T len)
{
    return len <= MAXDWORD && RtlGenRandom(data, (ULONG)len);
}

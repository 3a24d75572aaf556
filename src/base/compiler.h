// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The only place for compiler extensions: attributes, lint regions, proof contracts. Included by
// every file of src/.
#ifndef PTN_COMPILER_H
#define PTN_COMPILER_H

// Regions in which clang's -Wunsafe-buffer-usage is silent. Only base may open one; scripts/lint
// checks that.
#if defined(__clang_major__) && __clang_major__ >= 16
#define PTN_UNSAFE_BEGIN _Pragma("clang unsafe_buffer_usage begin")
#define PTN_UNSAFE_END _Pragma("clang unsafe_buffer_usage end")
#else
#define PTN_UNSAFE_BEGIN
#define PTN_UNSAFE_END
#endif

#define PTN_MUST __attribute__((warn_unused_result))
// All that the function calls becomes part of it, where the compiler sees the bodies.
#define PTN_FLAT __attribute__((flatten))
#define PTN_COLD __attribute__((cold, noreturn))
#define PTN_FORMAT(fmt, first) __attribute__((format(__printf__, fmt, first)))

// 0 for an array; a compile error for a pointer, whose size says nothing.
#define PTN_ZERO_IF_ARRAY(a)                                                                   \
    (0 * sizeof(struct {                                                                       \
         int must_be_an_array : __builtin_types_compatible_p(__typeof__(a), __typeof__(&*(a))) \
                                ? -1                                                           \
                                : 1;                                                           \
     }))
#define PTN_COUNT(array) (sizeof(array) / sizeof((array)[0]) + PTN_ZERO_IF_ARRAY(array))

// Contracts and reachability marks for the model checker; nothing in a normal build
// (proofs/README.md).
#ifdef PTN_CBMC
#include "base/contract.h"
#define PTN_CONTRACT(...) __VA_ARGS__
#define PTN_LOOP(...) __VA_ARGS__
#else
#define PTN_CONTRACT(...)
#define PTN_LOOP(...)
#endif
#ifdef PTN_CBMC_REACH // of a proof; its mutant is run without
#define PTN_REACH(text) __CPROVER_assert(0, "reach: " text)
#else
#define PTN_REACH(text) ((void)0)
#endif

#endif

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Control flow of errors, and checks of our own invariants. PTN_TRY and PTN_REQUIRE are the only
// macros that return. In a mutant build each PTN_REQUIRE can be switched off by its number, to see
// that a test notices (scripts/mutants).
#ifndef PTN_CHECK_H
#define PTN_CHECK_H

#include "base/compiler.h"
#include "patina/base.h"

// Ends the process: an invariant of ours does not hold, and going on could be exploited. Never
// reached by any input.
PTN_COLD void ptn_panic(const char *what);

// Passes an error on.
#define PTN_TRY(expr)                     \
    do {                                  \
        patina_err ptn_try_err_ = (expr); \
        if (ptn_try_err_ != PATINA_OK) {  \
            return ptn_try_err_;          \
        }                                 \
    } while (0)

// A check of what the peer (or the caller) gave us: returns `err` when `cond` does not hold.
#ifdef PTN_MUTANTS
bool ptn_mutant_is_off(const char *file, int number);
#define PTN_REQUIRE(cond, err)                                      \
    do {                                                            \
        if (!(cond) && !ptn_mutant_is_off(__FILE__, __COUNTER__)) { \
            return (err);                                           \
        }                                                           \
    } while (0)
#else
#define PTN_REQUIRE(cond, err) \
    do {                       \
        if (!(cond)) {         \
            return (err);      \
        }                      \
    } while (0)
#endif

// A check of our own invariants; stays on in release.
#define PTN_CHECK(cond)       \
    do {                      \
        if (!(cond)) {        \
            ptn_panic(#cond); \
        }                     \
    } while (0)

static inline size_t ptn_checked_index(size_t i, size_t count)
{
    if (i >= count) {
        ptn_panic("index");
    }
    return i;
}

// The i-th element of an array, checked against the array's own size; an lvalue. The region covers
// one parenthesis, so that the arguments stay under the lint.
#define PTN_AT(array, i) \
    (PTN_UNSAFE_BEGIN(PTN_UNSAFE_END array)[ptn_checked_index((i), PTN_COUNT(array))])

// The i-th of `count` elements behind a pointer; an lvalue.
#define PTN_ITEM(ptr, count, i) \
    (PTN_UNSAFE_BEGIN(PTN_UNSAFE_END ptr)[ptn_checked_index((i), (count))])

#endif

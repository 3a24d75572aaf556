// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// What the provider suite reaches inside a crypto library: its error queue and its heap.
#ifndef PATINA_TESTS_LIBRARY_HOOKS_H
#define PATINA_TESTS_LIBRARY_HOOKS_H

#include <stdbool.h>
#include <stddef.h>

// Empties the queue and puts a mark there; then: the mark alone is still there (and is taken out).
void openssl_mark_errors(void);
bool openssl_has_mark_alone(void);
void awslc_mark_errors(void);
bool awslc_has_mark_alone(void);

// Sends the library's allocations through the functions below; false when it is too late for that.
bool openssl_hook_heap(void);
bool awslc_hook_heap(void);

// In provider_suite_memory.c: fail when they are told to, else are the C library's.
void *failing_malloc(size_t size);
void *failing_realloc(void *p, size_t size);
void failing_free(void *p);

#endif

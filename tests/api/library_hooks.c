// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The error queue and the heap of one crypto library, compiled once for each with that library's
// headers. The suite puts a mark into the queue and looks whether it is still alone after a row; it
// makes the n-th allocation fail.
#include "library_hooks.h"

#include <openssl/crypto.h>
#include <openssl/err.h>
#ifdef PATINA_HOOKS_AWSLC
#include <openssl/mem.h>
#endif

#ifdef PATINA_HOOKS_AWSLC
#define NAME(function) awslc_##function
#else
#define NAME(function) openssl_##function
#endif

#define MARK 77

void NAME(mark_errors)(void)
{
    ERR_clear_error();
#ifdef PATINA_HOOKS_AWSLC
    ERR_put_error(ERR_LIB_USER, 0, MARK, __FILE__, __LINE__);
#else
    ERR_raise(ERR_LIB_USER, MARK);
#endif
}

bool NAME(has_mark_alone)(void)
{
    unsigned long first = (unsigned long)ERR_get_error();
    unsigned long second = (unsigned long)ERR_peek_error();
    ERR_clear_error();
    return ERR_GET_LIB((uint32_t)first) == ERR_LIB_USER &&
           ERR_GET_REASON((uint32_t)first) == MARK && second == 0;
}

static void *hook_malloc(size_t size, const char *file, int line)
{
    (void)file;
    (void)line;
    return failing_malloc(size);
}

static void *hook_realloc(void *p, size_t size, const char *file, int line)
{
    (void)file;
    (void)line;
    return failing_realloc(p, size);
}

static void hook_free(void *p, const char *file, int line)
{
    (void)file;
    (void)line;
    failing_free(p);
}

bool NAME(hook_heap)(void)
{
    return CRYPTO_set_mem_functions(hook_malloc, hook_realloc, hook_free) == 1;
}

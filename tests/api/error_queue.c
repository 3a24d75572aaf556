// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The error queue of one crypto library, compiled once for each with that library's headers: the
// suite puts a mark there and looks whether it is still alone after a row.
#include <openssl/err.h>

#include <stdbool.h>

#ifdef PATINA_QUEUE_AWSLC
#define NAME(function) awslc_##function
#else
#define NAME(function) openssl_##function
#endif

#define MARK 77

void NAME(mark_errors)(void);
bool NAME(has_mark_alone)(void);

void NAME(mark_errors)(void)
{
    ERR_clear_error();
#ifdef PATINA_QUEUE_AWSLC
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

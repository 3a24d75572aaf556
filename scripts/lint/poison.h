// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Included by the lint in front of every file of src/ but base/bytes.c, base/mem.c and os/: raw
// memory and string functions become unusable tokens there. The libc headers come first, since
// poison hits any later mention.
#ifndef PTN_POISON_H
#define PTN_POISON_H

#include <ctype.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <wchar.h>

#pragma GCC poison memcpy memmove memset memcmp memchr bcopy bzero bcmp
#pragma GCC poison strcpy strncpy strcat strncat strlen strnlen strcmp strncmp strchr strrchr
#pragma GCC poison strstr strtok strdup strndup strcasecmp strncasecmp stpcpy
#pragma GCC poison sprintf vsprintf snprintf vsnprintf scanf sscanf gets fgets
#pragma GCC poison malloc calloc realloc free alloca aligned_alloc posix_memalign
#pragma GCC poison atoi atol atoll strtol strtoul strtoll strtoull qsort bsearch
#pragma GCC poison srand gettimeofday clock_gettime getenv

#endif

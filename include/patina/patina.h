// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// All of the public API but dangerous.h, stream.h (a library of its own) and the providers' own
// headers.
#ifndef PATINA_PATINA_H
#define PATINA_PATINA_H

#include "patina/base.h"
#include "patina/cert.h"
#include "patina/config.h"
#include "patina/conn.h"
#include "patina/inspect.h"
#include "patina/op.h"
#include "patina/provider.h"
#include "patina/revocation.h"
#include "patina/verify.h"

#endif

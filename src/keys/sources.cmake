# SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
# Copyright the patina authors
set(PTN_SOURCES_keys transcript.c hkdf.c schedule13.c hybrid.c)

# SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
# Copyright the patina authors
set(PTN_SOURCES_record header.c deframe.c join.c fragment.c protect.c)

# SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
# Copyright the patina authors
set(PTN_SOURCES_os clock.c platform_verifier.c system_roots.c)
if(WIN32)
  set(PTN_SOURCES_os clock.c windows_roots.c windows_verdict.c windows_verifier.c)
endif()

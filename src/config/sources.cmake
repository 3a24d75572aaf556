# SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
# Copyright the patina authors
set(PTN_SOURCES_config
  config.c
  credential.c
  pin.c
  provider.c
  slot.c
  trust.c
  verifier.c
)

# SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
# Copyright the patina authors
set(PTN_SOURCES_hs
  client.c
  client13.c
  control.c
  flight.c
  hs.c
  op.c
  post13.c
  secrets13.c
  server.c
  server13.c
  signer.c
  verify.c
)

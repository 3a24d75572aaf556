# SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
# Copyright the patina authors
set(PTN_SOURCES_conn
  conn.c
  drain.c
  getters.c
  output.c
  receive.c
  report.c
)

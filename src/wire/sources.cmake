# SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
# Copyright the patina authors
set(PTN_SOURCES_wire
  ext_table.c
  lists.c
  ext_algorithms.c
  ext_alpn.c
  ext_certificate_authorities.c
  ext_cookie.c
  ext_early_data.c
  ext_key_share.c
  ext_pre_shared_key.c
  ext_server_name.c
  ext_status_request.c
  ext_supported_versions.c
  client_hello.c
  client_hello_encode.c
  server_hello.c
  encrypted_extensions.c
  certificate_request.c
  certificate.c
  certificate_verify.c
  finished.c
  new_session_ticket.c
  key_update.c
  alert.c)

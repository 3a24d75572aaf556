# SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
# Copyright the patina authors
set(PTN_SOURCES_x509
  cert.c
  cert_ext.c
  chain.c
  constraints.c
  crl_ext.c
  crl_index.c
  crl_loader.c
  crl_points.c
  crl_scan.c
  crls.c
  der.c
  describe.c
  dn.c
  inspect.c
  extension.c
  link_cache.c
  name.c
  path.c
  path_judge.c
  path_text.c
  pem.c
  roots.c
  spki.c
  text.c)

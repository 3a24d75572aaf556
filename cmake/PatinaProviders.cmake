# SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
# Copyright the patina authors
#
# Decides which crypto libraries this build has, from PATINA_PROVIDERS:
#   PATINA_HAVE_OPENSSL   OpenSSL::Crypto is there (libcrypto 3.0 or newer)
#   PATINA_HAVE_AWSLC     patina_crypto_awslc is there
# A provider asked for by name and not to be had is an error; with `auto` it is a line of the summary.
set(PATINA_HAVE_OPENSSL OFF)
set(PATINA_HAVE_AWSLC OFF)
set(PATINA_OPENSSL_STATUS "not asked for")
set(PATINA_AWSLC_STATUS "not asked for")

foreach(name IN LISTS PATINA_PROVIDERS)
  if(NOT name MATCHES "^(auto|openssl|awslc|none)$")
    message(FATAL_ERROR "PATINA_PROVIDERS: unknown provider ${name} (openssl, awslc, auto, none)")
  endif()
endforeach()

if("auto" IN_LIST PATINA_PROVIDERS OR "openssl" IN_LIST PATINA_PROVIDERS)
  find_package(OpenSSL 3.0 COMPONENTS Crypto QUIET)
  if(OPENSSL_FOUND)
    set(PATINA_HAVE_OPENSSL ON)
    set(PATINA_OPENSSL_STATUS "libcrypto ${OPENSSL_VERSION}")
  else()
    set(PATINA_OPENSSL_STATUS "left out: no libcrypto 3.0 or newer with headers was found")
    if("openssl" IN_LIST PATINA_PROVIDERS)
      message(FATAL_ERROR "patina: OpenSSL provider ${PATINA_OPENSSL_STATUS}")
    endif()
  endif()
endif()

if("auto" IN_LIST PATINA_PROVIDERS OR "awslc" IN_LIST PATINA_PROVIDERS)
  include(PatinaAwslc)
  if(TARGET patina_crypto_awslc)
    set(PATINA_HAVE_AWSLC ON)
    set(PATINA_AWSLC_STATUS "${PATINA_AWSLC_FROM}")
  else()
    set(PATINA_AWSLC_STATUS "left out: ${PATINA_AWSLC_WHY}")
    if("awslc" IN_LIST PATINA_PROVIDERS)
      message(FATAL_ERROR "patina: AWS-LC provider ${PATINA_AWSLC_STATUS}")
    endif()
  endif()
endif()

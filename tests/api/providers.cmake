# SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
# Copyright the patina authors
#
# The provider suite, over every provider of this build and across them; then the same program under
# the libcrypto 3.5 of a newer Debian, in place.
if(NOT TARGET PkgConfig::CMOCKA OR NOT TARGET patina_internal OR
   NOT (TARGET patina_openssl_static OR TARGET patina_awslc_static))
  return()
endif()

set(sources provider_suite.c provider_suite_tables.c provider_suite_aead.c provider_suite_kx.c
  provider_suite_sign.c provider_suite_life.c provider_suite_memory.c
  provider_suite_wycheproof.c)
set(link "")
set(definitions PATINA_TEST_KEYS="${PROJECT_SOURCE_DIR}/tests/support/keys")

# Both libraries' headers are <openssl/...>: what includes them is compiled apart.
function(patina_suite_objects name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;INCLUDE;DEFINE")
  add_library(${name} OBJECT ${arg_SOURCES})
  patina_flags(${name} PLAIN)
  target_include_directories(${name} SYSTEM PRIVATE ${arg_INCLUDE})
  target_include_directories(${name} PRIVATE
    ${PROJECT_SOURCE_DIR}/include ${PROJECT_SOURCE_DIR}/providers)
  target_compile_definitions(${name} PRIVATE _GNU_SOURCE OPENSSL_NO_DEPRECATED ${arg_DEFINE})
  target_link_libraries(${name} PRIVATE PkgConfig::CMOCKA)
endfunction()

if(TARGET patina_openssl_static)
  patina_suite_objects(provider_suite_openssl
    SOURCES provider_suite_openssl.c library_hooks.c INCLUDE ${OPENSSL_INCLUDE_DIR})
  list(APPEND sources $<TARGET_OBJECTS:provider_suite_openssl>)
  list(APPEND link patina_openssl_static OpenSSL::Crypto)
  list(APPEND definitions PATINA_SUITE_OPENSSL)
endif()
if(TARGET patina_awslc_static)
  get_target_property(awslc_include patina_crypto_awslc INTERFACE_INCLUDE_DIRECTORIES)
  patina_suite_objects(provider_suite_awslc
    SOURCES library_hooks.c INCLUDE ${awslc_include} DEFINE PATINA_HOOKS_AWSLC)
  list(APPEND sources $<TARGET_OBJECTS:provider_suite_awslc>)
  list(APPEND link patina_awslc_static)
  list(APPEND definitions PATINA_SUITE_AWSLC)
endif()

pkg_check_modules(JANSSON QUIET IMPORTED_TARGET jansson)
if(TARGET PkgConfig::JANSSON)
  list(APPEND link PkgConfig::JANSSON)
  list(APPEND definitions PATINA_SUITE_JSON)
else()
  message(STATUS "patina: jansson not found (libjansson-dev): the Wycheproof rows are left out")
endif()

find_package(Threads REQUIRED)
add_executable(test_provider_suite ${sources})
patina_flags(test_provider_suite PLAIN)
target_include_directories(test_provider_suite PRIVATE
  ${PROJECT_SOURCE_DIR}/src ${PROJECT_SOURCE_DIR}/providers)
target_compile_definitions(test_provider_suite PRIVATE _GNU_SOURCE ${definitions})
target_link_libraries(test_provider_suite PRIVATE
  ${link} patina_internal PkgConfig::CMOCKA Threads::Threads)
patina_suite(provider_suite COMMAND test_provider_suite TAGS core threads TIMEOUT 600)
if(TARGET patina_openssl_static)
  patina_suite(provider_suite_35
    COMMAND ${PROJECT_SOURCE_DIR}/scripts/with-openssl35 test_provider_suite TAGS peer TIMEOUT 600)
endif()

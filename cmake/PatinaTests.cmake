# SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
# Copyright the patina authors
#
# Test programs and the list scripts/run-tests reads (BUILD/tests.list: name, then the command).
#
#   patina_test(NAME SOURCE... [LINK target...] [PLAIN])
#       a cmocka program; NAME is the suite's name in tests/floors.txt
#   patina_suite(NAME COMMAND arg...)
#       a program or script that prints TAP by itself; paths absolute or a target's name first
find_package(PkgConfig QUIET)
if(PKG_CONFIG_FOUND)
  pkg_check_modules(CMOCKA QUIET IMPORTED_TARGET cmocka)
endif()
if(NOT TARGET PkgConfig::CMOCKA)
  message(STATUS "patina: cmocka not found (libcmocka-dev): the unit tests are left out")
endif()

function(patina_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "PLAIN" "" "LINK")
  if(NOT TARGET PkgConfig::CMOCKA OR NOT TARGET patina_internal)
    return()
  endif()
  foreach(source IN LISTS arg_UNPARSED_ARGUMENTS)
    if(NOT EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/${source} AND NOT EXISTS ${source})
      message(WARNING "test ${name}: ${source} does not exist")
      return()
    endif()
  endforeach()
  foreach(lib IN LISTS arg_LINK)
    if(lib MATCHES "^patina_(openssl|awslc)_" AND NOT TARGET ${lib})
      return() # this build has not got that provider
    endif()
  endforeach()
  add_executable(test_${name} ${arg_UNPARSED_ARGUMENTS})
  patina_flags(test_${name} PLAIN)
  target_include_directories(test_${name} PRIVATE
    ${PROJECT_SOURCE_DIR}/src ${PROJECT_SOURCE_DIR}/tests ${PROJECT_SOURCE_DIR}/include)
  target_compile_definitions(test_${name} PRIVATE _GNU_SOURCE)
  target_link_libraries(test_${name} PRIVATE ${arg_LINK} patina_internal PkgConfig::CMOCKA)
  patina_suite(${name} test_${name})
endfunction()

function(patina_suite name)
  set(command ${ARGN})
  list(POP_FRONT command first)
  if(TARGET ${first})
    set(first $<TARGET_FILE:${first}>)
  endif()
  add_test(NAME ${name} COMMAND ${first} ${command})
  set_tests_properties(${name} PROPERTIES SKIP_RETURN_CODE 77)
  string(JOIN " " line ${name} ${first} ${command})
  set_property(GLOBAL APPEND PROPERTY PATINA_TEST_LIST "${line}")
endfunction()

function(patina_write_test_list)
  get_property(lines GLOBAL PROPERTY PATINA_TEST_LIST)
  string(JOIN "\n" text ${lines})
  file(GENERATE OUTPUT ${PROJECT_BINARY_DIR}/tests.list CONTENT "${text}\n")
endfunction()

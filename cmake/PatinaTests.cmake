# SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
# Copyright the patina authors
#
# Test programs and the list scripts/run-tests reads (BUILD/tests.list, a line a
# suite: name, tags, seconds, command).
#
#   patina_test(NAME SOURCE... [LINK target...] [TAGS tag...] [TIMEOUT seconds])
#       a cmocka program; NAME is the suite's name in tests/floors.txt
#   patina_suite(NAME COMMAND program arg... [TAGS tag...] [TIMEOUT seconds])
#       a program or script that prints TAP by itself; a target's name or an absolute path
#
# Tags say which builds scripts/check runs a suite in: `core` release and asan-ubsan (what
# patina_test gives by itself), `threads` also tsan, `peer` release alone (what patina_suite gives).
find_package(PkgConfig QUIET)
if(PKG_CONFIG_FOUND)
  pkg_check_modules(CMOCKA QUIET IMPORTED_TARGET cmocka)
endif()
if(NOT TARGET PkgConfig::CMOCKA)
  message(STATUS "patina: cmocka not found (libcmocka-dev): the unit tests are left out")
endif()

function(patina_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "TIMEOUT" "LINK;TAGS")
  if(NOT TARGET PkgConfig::CMOCKA OR NOT TARGET patina_internal)
    return()
  endif()
  foreach(source IN LISTS arg_UNPARSED_ARGUMENTS)
    if(NOT EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/${source} AND NOT EXISTS ${source})
      message(FATAL_ERROR "test ${name}: ${source} does not exist")
    endif()
  endforeach()
  if(NOT arg_TAGS)
    set(arg_TAGS core)
  endif()
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 300)
  endif()
  foreach(lib IN LISTS arg_LINK)
    if(lib MATCHES "^patina_" AND NOT TARGET ${lib}) # skipped by name, so that it is seen
      patina_suite(${name} COMMAND ${PROJECT_SOURCE_DIR}/scripts/skip this build has no ${lib}
        TAGS ${arg_TAGS} TIMEOUT ${arg_TIMEOUT})
      return()
    endif()
  endforeach()
  add_executable(test_${name} ${arg_UNPARSED_ARGUMENTS})
  patina_flags(test_${name} PLAIN)
  target_include_directories(test_${name} PRIVATE
    ${PROJECT_SOURCE_DIR}/src ${PROJECT_SOURCE_DIR}/tests ${PROJECT_SOURCE_DIR}/include)
  target_compile_definitions(test_${name} PRIVATE _GNU_SOURCE)
  target_link_libraries(test_${name} PRIVATE ${arg_LINK} patina_internal PkgConfig::CMOCKA)
  patina_suite(${name} COMMAND test_${name} TAGS ${arg_TAGS} TIMEOUT ${arg_TIMEOUT})
endfunction()

function(patina_suite name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "TIMEOUT" "COMMAND;TAGS")
  if(NOT arg_TAGS)
    set(arg_TAGS peer)
  endif()
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 900)
  endif()
  set(command "")
  foreach(word IN LISTS arg_COMMAND)
    if(TARGET ${word})
      set(word $<TARGET_FILE:${word}>)
    endif()
    list(APPEND command ${word})
  endforeach()
  add_test(NAME ${name} COMMAND ${command})
  set_tests_properties(${name} PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT ${arg_TIMEOUT})
  string(JOIN "," tags ${arg_TAGS})
  string(JOIN " " command ${command})
  set_property(GLOBAL APPEND PROPERTY PATINA_TEST_LIST
    "${name} ${tags} ${arg_TIMEOUT} ${command}")
endfunction()

function(patina_write_test_list)
  get_property(lines GLOBAL PROPERTY PATINA_TEST_LIST)
  string(JOIN "\n" text ${lines})
  file(GENERATE OUTPUT ${PROJECT_BINARY_DIR}/tests.list CONTENT "${text}\n")
endfunction()

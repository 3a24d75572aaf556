# SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
# Copyright the patina authors
#
# Flags for patina's own targets, and the functions every CMakeLists.txt of the tree calls:
#
#   patina_flags(TARGET [PLAIN])      C17, hidden visibility, warnings, hardening; PLAIN is for tests
#   patina_library(NAME SOURCES ... [LINK ...] [LINK_PRIVATE ...] [DESCRIPTION text])
#                                     NAME_objects, NAME_static, NAME_shared, patina::NAME, NAME.pc
#   patina_add_folder(DIR)            add_subdirectory, if the folder has a CMakeLists.txt
include(CheckCCompilerFlag)
include(CheckLinkerFlag)

set(PATINA_WARNINGS
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wstrict-prototypes
  -Wmissing-prototypes -Wcast-qual -Wcast-align -Wpointer-arith -Wwrite-strings -Wundef -Wvla
  -Walloca -Wswitch-enum -Wformat=2 -Wnull-dereference -Wredundant-decls)
if(CMAKE_C_COMPILER_ID STREQUAL "GNU")
  list(APPEND PATINA_WARNINGS
    -Wlogical-op -Wduplicated-cond -Wduplicated-branches -Wjump-misses-init)
endif()
if(PATINA_WERROR)
  list(APPEND PATINA_WARNINGS -Werror)
endif()

# Appends FLAG to the list named OUT when the compiler takes it without a word.
function(patina_probe out)
  string(JOIN " " flags ${ARGN})
  string(MAKE_C_IDENTIFIER "PATINA_HAS${flags}" result)
  set(CMAKE_REQUIRED_FLAGS "-Werror")
  set(CMAKE_REQUIRED_QUIET ON)
  check_c_compiler_flag("${flags}" ${result})
  if(${result})
    set(${out} ${${out}} ${ARGN} PARENT_SCOPE)
  endif()
endfunction()

set(PATINA_HARDEN_FLAGS "")
set(PATINA_HARDEN_LINK "")
if(PATINA_HARDEN)
  if(NOT WIN32) # there every large frame is probed anyway, as its ABI has it, and gcc 12 dies of both
    patina_probe(PATINA_HARDEN_FLAGS -fstack-clash-protection)
  endif()
  foreach(flag IN ITEMS
      -fstack-protector-strong -fcf-protection=full
      -ftrivial-auto-var-init=zero -fzero-call-used-regs=used-gpr
      -fno-delete-null-pointer-checks -fno-strict-overflow -fno-strict-aliasing)
    patina_probe(PATINA_HARDEN_FLAGS ${flag})
  endforeach()
  # Bounds as traps. Plain `bounds` takes an array that ends a struct for a flexible one.
  if(CMAKE_C_COMPILER_ID STREQUAL "GNU")
    patina_probe(PATINA_HARDEN_FLAGS -fsanitize=bounds-strict -fsanitize-undefined-trap-on-error)
  else()
    patina_probe(PATINA_HARDEN_FLAGS -fsanitize=bounds -fsanitize-trap=bounds)
    patina_probe(PATINA_HARDEN_FLAGS -fstrict-flex-arrays=3)
  endif()
  # _FORTIFY_SOURCE warns without optimisation; the distribution may have set another level.
  list(APPEND PATINA_HARDEN_FLAGS
    $<$<NOT:$<CONFIG:Debug,None>>:-U_FORTIFY_SOURCE> $<$<NOT:$<CONFIG:Debug,None>>:-D_FORTIFY_SOURCE=3>)
  set(linker_flags -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack -Wl,-z,defs)
  if(WIN32)
    set(linker_flags -Wl,--dynamicbase -Wl,--high-entropy-va -Wl,--nxcompat)
  endif()
  foreach(flag IN LISTS linker_flags)
    string(MAKE_C_IDENTIFIER "PATINA_LINKS${flag}" result)
    set(CMAKE_REQUIRED_QUIET ON)
    check_linker_flag(C "${flag}" ${result})
    if(${result})
      list(APPEND PATINA_HARDEN_LINK ${flag})
    endif()
  endforeach()
endif()

# Where the C library has no stack protector of its own (mingw-w64), the compiler brings one, if it is
# named when linking, too: programs over the static library need that as well.
set(PATINA_STACK_PROTECTOR_LINK "")
if(WIN32 AND "-fstack-protector-strong" IN_LIST PATINA_HARDEN_FLAGS)
  include(CheckCSourceCompiles)
  set(CMAKE_REQUIRED_QUIET ON)
  set(CMAKE_REQUIRED_DEFINITIONS -fstack-protector-all)
  check_c_source_compiles("int main(int n, char **v) { char a[64] = {0}; a[n & 63] = v[0][0]; return a[n & 31]; }"
    PATINA_LINKS_STACK_PROTECTOR)
  unset(CMAKE_REQUIRED_DEFINITIONS)
  if(NOT PATINA_LINKS_STACK_PROTECTOR)
    set(PATINA_STACK_PROTECTOR_LINK -fstack-protector-strong)
  endif()
endif()

if(PATINA_LTO)
  include(CheckIPOSupported)
  check_ipo_supported(RESULT PATINA_HAS_LTO OUTPUT PATINA_LTO_WHY LANGUAGES C)
  if(NOT PATINA_HAS_LTO)
    message(STATUS "patina: no link-time optimisation: ${PATINA_LTO_WHY}")
  endif()
  if(CMAKE_C_COMPILER_ID MATCHES "Clang")
    set(CMAKE_C_COMPILE_OPTIONS_IPO -flto) # the whole program at once; CMake's own choice is thin
  endif()
endif()

function(patina_flags target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "PLAIN" "" "")
  set_target_properties(${target} PROPERTIES
    C_STANDARD 17 C_STANDARD_REQUIRED ON C_EXTENSIONS OFF
    C_VISIBILITY_PRESET hidden POSITION_INDEPENDENT_CODE ON)
  target_compile_options(${target} PRIVATE ${PATINA_WARNINGS})
  if(arg_PLAIN) # the compiler does not know that cmocka's assert_non_null() does not return
    target_compile_options(${target} PRIVATE -Wno-null-dereference)
  endif()
  if(PATINA_HARDEN AND NOT arg_PLAIN)
    target_compile_options(${target} PRIVATE ${PATINA_HARDEN_FLAGS})
    target_link_options(${target} PRIVATE ${PATINA_HARDEN_LINK})
  endif()
  if(PATINA_LTO AND PATINA_HAS_LTO)
    set_target_properties(${target} PROPERTIES INTERPROCEDURAL_OPTIMIZATION ON)
  endif()
  if(PATINA_MUTANTS)
    target_compile_definitions(${target} PRIVATE PTN_MUTANTS=1)
  endif()
endfunction()

# A library in both shapes from one compilation. LINK is public, LINK_PRIVATE is not.
# The target names are NAME_static and NAME_shared; NAME is `patina` or begins with `patina_`.
function(patina_library name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "DESCRIPTION" "SOURCES;LINK;LINK_PRIVATE")
  string(REGEX REPLACE "^patina_" "" short ${name})

  add_library(${name}_objects OBJECT ${arg_SOURCES})
  patina_flags(${name}_objects)
  target_link_libraries(${name}_objects PUBLIC ${arg_LINK} PRIVATE ${arg_LINK_PRIVATE})

  add_library(${name}_static STATIC $<TARGET_OBJECTS:${name}_objects>)
  add_library(${name}_shared SHARED $<TARGET_OBJECTS:${name}_objects>)
  foreach(kind IN ITEMS static shared)
    patina_flags(${name}_${kind})
    set_target_properties(${name}_${kind} PROPERTIES
      OUTPUT_NAME ${name} LINKER_LANGUAGE C EXPORT_NAME ${short}_${kind})
    add_library(patina::${short}_${kind} ALIAS ${name}_${kind})
    foreach(lib IN LISTS arg_LINK)
      string(REGEX REPLACE "_static$" "_${kind}" lib ${lib})
      target_link_libraries(${name}_${kind} PUBLIC ${lib})
    endforeach()
    target_link_libraries(${name}_${kind} PRIVATE ${arg_LINK_PRIVATE})
  endforeach()
  set_target_properties(${name}_shared PROPERTIES
    VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR})
  if(WIN32)
    patina_windows_library(${name})
  endif()

  if(BUILD_SHARED_LIBS)
    add_library(patina::${short} ALIAS ${name}_shared)
  else()
    add_library(patina::${short} ALIAS ${name}_static)
  endif()
  if(arg_DESCRIPTION)
    set_target_properties(${name}_static PROPERTIES PATINA_DESCRIPTION "${arg_DESCRIPTION}")
  endif()
  set_property(GLOBAL APPEND PROPERTY PATINA_LIBRARIES ${name})
endfunction()

# What a library needs on Windows: PE knows no hidden visibility, so the DLL exports the reviewed list
# (cmake/symbols); it carries the compiler's own libraries inside.
function(patina_windows_library name)
  target_link_options(${name}_static INTERFACE ${PATINA_STACK_PROTECTOR_LINK})
  target_link_options(${name}_shared PRIVATE ${PATINA_STACK_PROTECTOR_LINK})
  if(MINGW)
    target_link_options(${name}_shared PRIVATE -static)
  endif()
  file(STRINGS ${PROJECT_SOURCE_DIR}/cmake/symbols/${name}.txt symbols)
  if(NOT PATINA_OS)
    list(REMOVE_ITEM symbols patina_clock_system patina_roots_system patina_verifier_platform)
  endif()
  string(JOIN "\n  " symbols EXPORTS ${symbols})
  file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/${name}.def CONTENT "${symbols}\n" @ONLY)
  target_sources(${name}_shared PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/${name}.def)
endfunction()

function(patina_add_folder dir)
  if(EXISTS ${PROJECT_SOURCE_DIR}/${dir}/CMakeLists.txt)
    add_subdirectory(${PROJECT_SOURCE_DIR}/${dir} ${PROJECT_BINARY_DIR}/${dir})
  endif()
endfunction()

function(patina_print_summary)
  if(NOT PATINA_TOP_LEVEL)
    return()
  endif()
  get_property(libraries GLOBAL PROPERTY PATINA_LIBRARIES)
  message(STATUS "patina ${PROJECT_VERSION}: libraries: ${libraries}")
  message(STATUS "patina: OpenSSL: ${PATINA_OPENSSL_STATUS}")
  message(STATUS "patina: AWS-LC: ${PATINA_AWSLC_STATUS}")
endfunction()

# SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
# Copyright the patina authors
#
# Finds or builds AWS-LC. On success the IMPORTED target patina_crypto_awslc exists and
# PATINA_AWSLC_FROM says where it comes from; otherwise PATINA_AWSLC_WHY says why not, in one line.
# In this order: an installed one by pkg-config (libcrypto-awslc), the prefix PATINA_AWSLC_ROOT, the
# pinned crate of third_party/awslc, built by cargo into the cache, which lies outside the tree.
set(PATINA_AWSLC "auto" CACHE STRING "auto | off")
set(PATINA_AWSLC_ROOT "" CACHE PATH "Prefix of an installed AWS-LC (include/, lib/libcrypto.*)")
set(PATINA_CACHE_DIR "" CACHE PATH "Where fetched and built dependencies are kept")
option(PATINA_AWSLC_MSAN "Build AWS-LC without assembly, under the memory sanitizer" OFF)
mark_as_advanced(PATINA_AWSLC_MSAN)
set(PATINA_AWSLC_WHY "")
set(PATINA_AWSLC_FROM "")

if(PATINA_AWSLC STREQUAL "off")
  set(PATINA_AWSLC_WHY "PATINA_AWSLC is off")
  return()
endif()
if(TARGET patina_crypto_awslc)
  set(PATINA_AWSLC_FROM "given by the surrounding project")
  return()
endif()
find_package(Threads REQUIRED)

# Defines the target from an include folder and a library file.
function(patina_define_awslc include library)
  if(library MATCHES "\\.a$")
    add_library(patina_crypto_awslc STATIC IMPORTED GLOBAL)
  else()
    add_library(patina_crypto_awslc SHARED IMPORTED GLOBAL)
  endif()
  set_target_properties(patina_crypto_awslc PROPERTIES
    IMPORTED_LOCATION ${library}
    INTERFACE_INCLUDE_DIRECTORIES ${include}
    INTERFACE_LINK_LIBRARIES Threads::Threads)
endfunction()

# 1. Installed, by pkg-config.
find_package(PkgConfig QUIET)
if(PKG_CONFIG_FOUND AND NOT PATINA_AWSLC_MSAN AND NOT PATINA_AWSLC_ROOT)
  pkg_check_modules(PATINA_PC_AWSLC QUIET libcrypto-awslc)
  if(PATINA_PC_AWSLC_FOUND)
    find_library(PATINA_PC_AWSLC_LIBRARY NAMES ${PATINA_PC_AWSLC_LIBRARIES}
      HINTS ${PATINA_PC_AWSLC_LIBRARY_DIRS} NO_CACHE)
    if(PATINA_PC_AWSLC_LIBRARY)
      patina_define_awslc("${PATINA_PC_AWSLC_INCLUDEDIR}" ${PATINA_PC_AWSLC_LIBRARY})
      set(PATINA_AWSLC_FROM "installed, libcrypto-awslc ${PATINA_PC_AWSLC_VERSION}")
      return()
    endif()
  endif()
endif()

# 2. A prefix named by the user.
if(PATINA_AWSLC_ROOT)
  find_library(PATINA_ROOT_AWSLC_LIBRARY NAMES crypto-awslc crypto PATHS ${PATINA_AWSLC_ROOT}
    PATH_SUFFIXES lib lib64 ${CMAKE_INSTALL_LIBDIR} NO_DEFAULT_PATH NO_CACHE)
  if(PATINA_ROOT_AWSLC_LIBRARY AND EXISTS ${PATINA_AWSLC_ROOT}/include/openssl/base.h)
    patina_define_awslc(${PATINA_AWSLC_ROOT}/include ${PATINA_ROOT_AWSLC_LIBRARY})
    set(PATINA_AWSLC_FROM "${PATINA_AWSLC_ROOT}")
  else()
    set(PATINA_AWSLC_WHY "PATINA_AWSLC_ROOT=${PATINA_AWSLC_ROOT} has no include/openssl/base.h or no libcrypto")
  endif()
  return()
endif()

# 3. The pinned crate.
if(NOT DEFINED ENV{CARGO})
  find_program(PATINA_CARGO cargo)
else()
  set(PATINA_CARGO $ENV{CARGO} CACHE FILEPATH "cargo")
endif()
if(NOT PATINA_CARGO)
  set(PATINA_AWSLC_WHY "none installed, and no cargo to build the pinned crate with")
  return()
endif()
execute_process(COMMAND ${PATINA_CARGO} --version OUTPUT_VARIABLE version ERROR_QUIET)
string(REGEX MATCH "[0-9]+\\.[0-9]+" version "${version}")
if(NOT version OR version VERSION_LESS 1.71)
  set(PATINA_AWSLC_WHY "none installed, and cargo ${version} is older than the 1.71 the pinned crate needs")
  return()
endif()

set(cache "${PATINA_CACHE_DIR}")
if(NOT cache AND DEFINED ENV{XDG_CACHE_HOME} AND NOT "$ENV{XDG_CACHE_HOME}" STREQUAL "")
  set(cache "$ENV{XDG_CACHE_HOME}/patina")
elseif(NOT cache AND DEFINED ENV{HOME})
  set(cache "$ENV{HOME}/.cache/patina")
elseif(NOT cache)
  set(cache "${PROJECT_BINARY_DIR}/cache")
endif()

set(crate ${PROJECT_SOURCE_DIR}/third_party/awslc)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
  ${crate}/Cargo.toml ${crate}/Cargo.lock)
file(SHA256 ${crate}/Cargo.lock key)
string(SHA256 key "${key}|${CMAKE_SYSTEM_NAME}|${CMAKE_SYSTEM_PROCESSOR}|msan=${PATINA_AWSLC_MSAN}")
string(SUBSTRING ${key} 0 16 key)
set(dir ${cache}/awslc-${key})
set(PATINA_AWSLC_FROM "aws-lc-sys 0.47.0 (AWS-LC 5.12.0), built by cargo")

if(NOT EXISTS ${dir}/ok)
  file(MAKE_DIRECTORY ${dir})
  file(LOCK ${dir}/lock TIMEOUT 900) # a second configure waits here for the first
endif()
if(NOT EXISTS ${dir}/ok)
  message(STATUS "patina: building AWS-LC into ${dir} (once, about half a minute)")
  set(environment --unset=RUSTFLAGS --unset=CARGO_BUILD_TARGET --unset=CFLAGS
    CARGO_TARGET_DIR=${dir}/target)
  set(profile --release)
  if(PATINA_AWSLC_MSAN) # without assembly the crate builds in the debug profile only
    list(APPEND environment AWS_LC_SYS_NO_ASM=1 CC=${CMAKE_C_COMPILER}
      "CFLAGS=-fsanitize=memory -g1 -O1")
    set(profile "")
  endif()
  if(MINGW AND CMAKE_CROSSCOMPILING) # needs cargo's std for that target; the crate has the assembly assembled
    list(APPEND environment AWS_LC_SYS_PREBUILT_NASM=1)
    list(APPEND profile --target x86_64-pc-windows-gnu)
  endif()
  execute_process(
    COMMAND ${CMAKE_COMMAND} -E env ${environment}
      ${PATINA_CARGO} build ${profile} --locked --message-format=json
      --manifest-path ${crate}/Cargo.toml
    OUTPUT_VARIABLE json ERROR_VARIABLE err RESULT_VARIABLE rc)
  if(NOT rc EQUAL 0)
    # The first error line, and the last line, which is its deepest cause.
    string(STRIP "${err}" err)
    string(REGEX REPLACE "^.*\nerror" "error" first "\n${err}")
    string(REGEX REPLACE "[\n\r].*" "" first "${first}")
    string(REGEX REPLACE "^.*\n *" "" last "${err}")
    set(PATINA_AWSLC_WHY "cargo build failed: ${first} (${last})")
    file(LOCK ${dir}/lock RELEASE)
    return()
  endif()
  string(REGEX MATCH
    "{\"reason\":\"build-script-executed\",\"package_id\":\"[^\"]*aws-lc-sys@[^\n]*" line "${json}")
  string(JSON out GET "${line}" out_dir)
  string(JSON libdir GET "${line}" linked_paths 0) # not always below out_dir
  string(REPLACE "native=" "" libdir "${libdir}")
  file(GLOB library ${libdir}/libaws_lc_*_crypto.a)
  if(NOT library)
    set(PATINA_AWSLC_WHY "cargo built no libaws_lc_*_crypto.a")
    file(LOCK ${dir}/lock RELEASE)
    return()
  endif()
  file(COPY ${out}/include DESTINATION ${dir})
  file(RENAME ${library} ${dir}/libcrypto_awslc.a)
  if(MINGW) # its objects ask the linker to export some of their own; that is our list's to say
    execute_process(COMMAND ${CMAKE_OBJCOPY} --remove-section=.drectve ${dir}/libcrypto_awslc.a
      COMMAND_ERROR_IS_FATAL ANY)
  endif()
  file(REMOVE_RECURSE ${dir}/target)
  file(TOUCH ${dir}/ok)
  file(LOCK ${dir}/lock RELEASE)
endif()
patina_define_awslc(${dir}/include ${dir}/libcrypto_awslc.a)

# SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
# Copyright the patina authors
#
# Install rules for every library made by patina_library(): archives, headers, exported targets,
# patinaConfig.cmake, a .pc file each. No path into the build tree or the cache is ever exported.
include(CMakePackageConfigHelpers)

get_property(libraries GLOBAL PROPERTY PATINA_LIBRARIES)
if(NOT libraries)
  return()
endif()
set(package ${CMAKE_INSTALL_LIBDIR}/cmake/patina)

# The .pc files name their prefix relative to themselves, so that an installed tree may be moved.
file(RELATIVE_PATH PC_PREFIX /x/${CMAKE_INSTALL_LIBDIR}/pkgconfig /x)
string(REGEX REPLACE "/$" "" PC_PREFIX "${PC_PREFIX}")

set(targets "")
foreach(name IN LISTS libraries)
  get_target_property(internal ${name}_static PATINA_NO_INSTALL)
  if(internal)
    continue()
  endif()
  list(APPEND targets ${name}_static ${name}_shared)

  # The .pc file: the library itself; the core for all others; what the archive needs beyond that.
  get_target_property(description ${name}_static PATINA_DESCRIPTION)
  get_target_property(PC_REQUIRES_PRIVATE ${name}_static PATINA_PC_REQUIRES_PRIVATE)
  get_target_property(PC_LIBS_PRIVATE ${name}_static PATINA_PC_LIBS_PRIVATE)
  foreach(field IN ITEMS PC_REQUIRES_PRIVATE PC_LIBS_PRIVATE)
    if(NOT ${field})
      set(${field} "")
    endif()
  endforeach()
  if(NOT description)
    set(description "${PROJECT_DESCRIPTION}")
  endif()
  set(PC_NAME ${name})
  set(PC_DESCRIPTION "${description}")
  set(PC_REQUIRES "")
  if(NOT name STREQUAL "patina")
    set(PC_REQUIRES "patina = ${PROJECT_VERSION}")
  endif()
  configure_file(${PROJECT_SOURCE_DIR}/cmake/patina.pc.in ${PROJECT_BINARY_DIR}/${name}.pc @ONLY)
  install(FILES ${PROJECT_BINARY_DIR}/${name}.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
endforeach()

install(TARGETS ${targets} EXPORT patinaTargets
  RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR}
  LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(EXPORT patinaTargets NAMESPACE patina:: DESTINATION ${package})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/patina DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
  FILES_MATCHING PATTERN "*.h")

# The static AWS-LC provider needs its crypto archive beside it: copied, never linked from the cache.
set(PATINA_CONFIG_AWSLC OFF)
if(TARGET patina_awslc_static AND PATINA_HAVE_AWSLC)
  get_target_property(archive patina_crypto_awslc IMPORTED_LOCATION)
  if(archive MATCHES "\\.a$")
    set(PATINA_CONFIG_AWSLC ON)
    install(FILES ${archive} DESTINATION ${CMAKE_INSTALL_LIBDIR}
      RENAME libpatina_awslc_crypto.a)
  endif()
endif()
set(PATINA_CONFIG_OPENSSL ${PATINA_HAVE_OPENSSL})
configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/patinaConfig.cmake.in
  ${PROJECT_BINARY_DIR}/patinaConfig.cmake
  INSTALL_DESTINATION ${package} PATH_VARS CMAKE_INSTALL_LIBDIR)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/patinaConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/patinaConfig.cmake ${PROJECT_BINARY_DIR}/patinaConfigVersion.cmake
  DESTINATION ${package})

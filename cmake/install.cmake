# What `cmake --install` puts in place: the program, the libraries as backstop::NAME and their headers,
# which keep their paths below include/backstop.

include(CMakePackageConfigHelpers)
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/backstop)

get_property(libraries GLOBAL PROPERTY BACKSTOP_LIBRARIES)
install(TARGETS backstop_options ${libraries} EXPORT backstop)
install(EXPORT backstop NAMESPACE backstop:: FILE backstop-targets.cmake DESTINATION ${package_dir})
install(TARGETS backstop_cli)
install(DIRECTORY impl model sim DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/backstop
        FILES_MATCHING PATTERN "*.h" PATTERN "*.def")

configure_file(cmake/backstop-config.cmake.in backstop-config.cmake @ONLY)
write_basic_package_version_file(backstop-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/backstop-config.cmake
              ${CMAKE_CURRENT_BINARY_DIR}/backstop-config-version.cmake
        DESTINATION ${package_dir})

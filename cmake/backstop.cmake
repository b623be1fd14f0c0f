# Helpers shared by every folder: one warning level, one way to declare a library and its tests.

include(GNUInstallDirs)

# Warnings are for this checkout only; what the libraries' users need goes with the installed package.
set(warnings -Wall -Wextra -Wpedantic $<$<CXX_COMPILER_ID:Clang>:-Wshadow> $<$<COMPILE_LANGUAGE:CXX>:-Wnon-virtual-dtor> -Wno-missing-field-initializers)
add_library(backstop_options INTERFACE)
target_compile_features(backstop_options INTERFACE cxx_std_20)
target_compile_options(backstop_options INTERFACE
  "$<BUILD_INTERFACE:${warnings};-fno-omit-frame-pointer>")
target_include_directories(backstop_options INTERFACE
  $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>
  $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/backstop>)
set_target_properties(backstop_options PROPERTIES EXPORT_NAME options)
if(BACKSTOP_SANITIZE)
  target_compile_options(backstop_options INTERFACE -fsanitize=${BACKSTOP_SANITIZE}
                         -fno-sanitize-recover=all)
  target_link_options(backstop_options INTERFACE -fsanitize=${BACKSTOP_SANITIZE})
endif()
# Only the engine is instrumented: see properties/coverage/.
if(BACKSTOP_COVERAGE)
  target_link_options(backstop_options INTERFACE -fprofile-instr-generate)
endif()

# backstop_library(NAME SOURCES... [LINK targets...] [REPLACEABLE]) makes a static library
# backstop_NAME with the alias backstop::NAME, under which it is installed too. Each source of a
# replaceable one is an object of its own, which a program with a patched copy of it leaves out.
function(backstop_library name)
  cmake_parse_arguments(ARG "REPLACEABLE" "" "SOURCES;LINK" ${ARGN})
  add_library(backstop_${name} STATIC ${ARG_SOURCES})
  add_library(backstop::${name} ALIAS backstop_${name})
  set_target_properties(backstop_${name} PROPERTIES EXPORT_NAME ${name})
  set_property(GLOBAL APPEND PROPERTY BACKSTOP_LIBRARIES backstop_${name})
  target_link_libraries(backstop_${name} PUBLIC backstop_options ${ARG_LINK})
  if(NOT ARG_REPLACEABLE)
    set_target_properties(backstop_${name} PROPERTIES UNITY_BUILD ${BACKSTOP_UNITY})
  endif()
endfunction()

# backstop_test(NAME SOURCES... [LINK targets...]) makes a GoogleTest program whose cases CTest lists.
function(backstop_test name)
  if(NOT BACKSTOP_TESTS)
    return()
  endif()
  cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;LINK" ${ARGN})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 300)
  endif()
  add_executable(${name} ${ARG_SOURCES})
  set_target_properties(${name} PROPERTIES UNITY_BUILD ${BACKSTOP_UNITY})
  target_link_libraries(${name} PRIVATE ${ARG_LINK} GTest::gmock GTest::gtest_main)
  # RapidCheck would draw another seed for every run; campaigns do that, tests do not.
  gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST PROPERTIES TIMEOUT ${ARG_TIMEOUT}
                       ENVIRONMENT "RC_PARAMS=seed=1")
endfunction()

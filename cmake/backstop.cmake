# Helpers shared by every folder: one warning level, one way to declare a library and its tests.

add_library(backstop_options INTERFACE)
target_compile_options(backstop_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wno-missing-field-initializers
  -fno-omit-frame-pointer)
target_include_directories(backstop_options INTERFACE ${PROJECT_SOURCE_DIR})
if(BACKSTOP_SANITIZE)
  target_compile_options(backstop_options INTERFACE -fsanitize=${BACKSTOP_SANITIZE}
                         -fno-sanitize-recover=all)
  target_link_options(backstop_options INTERFACE -fsanitize=${BACKSTOP_SANITIZE})
endif()
if(BACKSTOP_COVERAGE)
  target_compile_options(backstop_options INTERFACE --coverage)
  target_link_options(backstop_options INTERFACE --coverage)
endif()

# backstop_library(NAME SOURCES... [LINK targets...]) makes a static library backstop_NAME with the
# alias backstop::NAME.
function(backstop_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK" ${ARGN})
  add_library(backstop_${name} STATIC ${ARG_SOURCES})
  add_library(backstop::${name} ALIAS backstop_${name})
  target_link_libraries(backstop_${name} PUBLIC backstop_options ${ARG_LINK})
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
  target_link_libraries(${name} PRIVATE ${ARG_LINK} GTest::gmock GTest::gtest_main)
  gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST PROPERTIES TIMEOUT ${ARG_TIMEOUT})
endfunction()

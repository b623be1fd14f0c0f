# Writes build_info.cc with a digest of every source that a run's hash depends on. Run at build time:
# cmake -DROOT=... -DOUTPUT=... -DVERSION=... -DCOMPILER=... -P build_info.cmake
file(GLOB_RECURSE sources RELATIVE ${ROOT}
     ${ROOT}/impl/*.h ${ROOT}/impl/*.cc ${ROOT}/impl/*.def ${ROOT}/model/*.h ${ROOT}/model/*.cc
     ${ROOT}/sim/scheduler/*.h ${ROOT}/sim/scheduler/*.cc ${ROOT}/sim/world/*.h
     ${ROOT}/sim/world/*.cc ${ROOT}/sim/harness/*.h ${ROOT}/sim/harness/*.cc)
list(FILTER sources EXCLUDE REGEX "_(test|bench)\\.cc$")
list(SORT sources)
set(digests "")
foreach(source ${sources})
  file(SHA256 ${ROOT}/${source} digest)
  string(APPEND digests "${source} ${digest}\n")
endforeach()
string(SHA256 build "${digests}")
string(SUBSTRING ${build} 0 12 build)
file(CONFIGURE OUTPUT ${OUTPUT} CONTENT [[
#include "sim/cli/build_info.h"

namespace backstop::cli {

const char* const kVersion = "@VERSION@";
const char* const kBuild = "@build@";
const char* const kCompiler = "@COMPILER@";

}  // namespace backstop::cli
]] @ONLY)

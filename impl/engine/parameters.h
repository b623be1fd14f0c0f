// SPDX-License-Identifier: MIT
// System parameters: their values, and the rules by which they may be set.
#pragma once

#include <cstdint>
#include <string>

#include "impl/engine/err.h"
#include "impl/esent.h"

namespace backstop::engine {

/// The values, with the defaults of a fresh process. Those of the process are copied into each
/// instance when it is made.
struct Parameters {
  std::string system_path = "./";
  std::string temp_path = "tmp.edb";
  std::string log_path = "./";
  std::string base_name = "edb";
  std::string recovery = "on";
  uint64_t max_sessions = 16;
  uint64_t log_file_kb = 5120;
  uint64_t circular = 0;
  uint64_t checkpoint_depth = 20971520;
  uint64_t create_path = 0;
  uint64_t page_bytes = 4096;
  uint64_t max_instances = 16;
  uint64_t snapshot_timeout_ms = 70000;

  /// JET_paramRecovery turns logging on: "on" in any case, or exactly "repair".
  bool logging() const;
};

/// When a parameter may be set.
enum class ParameterScope : uint8_t {
  kProcess,         ///< until a run mode is set; one value for all instances
  kProcessDynamic,  ///< always; one value for all instances
  kInstance,        ///< until the instance is initialised
  kDynamic,         ///< always
};

/// One parameter. Exactly one of `number` and `text` is set.
struct ParameterInfo {
  uint32_t id;
  ParameterScope scope;
  uint64_t Parameters::*number;
  std::string Parameters::*text;
  uint64_t min;       ///< of the number, or of the length of the text
  uint64_t max;       ///< likewise
  uint64_t multiple;  ///< numbers: what it must be a multiple of
};

/// Null if there is no such parameter.
const ParameterInfo* FindParameter(uint32_t id);

/// Sets one parameter in `parameters`. `late`: the time for it is over. JET_errAlreadyInitialized,
/// unless a number stays as it is; then JET_errInvalidParameter (out of range).
Err SetParameter(const ParameterInfo& info, bool late, uint64_t number, const char* text,
                 Parameters* parameters);

}  // namespace backstop::engine

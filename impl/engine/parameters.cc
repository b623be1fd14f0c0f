// SPDX-License-Identifier: MIT
#include "impl/engine/parameters.h"

#include <bit>
#include <iterator>
#include <limits>

namespace backstop::engine {
namespace {

constexpr uint64_t kMost = std::numeric_limits<uint32_t>::max();
constexpr uint64_t kPathLength = 246;

using P = Parameters;
using enum ParameterScope;

const ParameterInfo kParameters[] = {
    {JET_paramSystemPath, kInstance, nullptr, &P::system_path, 0, kPathLength, 1},
    {JET_paramTempPath, kInstance, nullptr, &P::temp_path, 0, kPathLength, 1},
    {JET_paramLogFilePath, kInstance, nullptr, &P::log_path, 0, kPathLength, 1},
    {JET_paramBaseName, kInstance, nullptr, &P::base_name, 3, 3, 1},
    {JET_paramMaxSessions, kInstance, &P::max_sessions, nullptr, 1, 32767, 1},
    {JET_paramLogFileSize, kInstance, &P::log_file_kb, nullptr, 64, 32768, 64},
    {JET_paramCircularLog, kInstance, &P::circular, nullptr, 0, 1, 1},
    {JET_paramCheckpointDepthMax, kDynamic, &P::checkpoint_depth, nullptr, 0, kMost, 1},
    {JET_paramRecovery, kInstance, nullptr, &P::recovery, 0, kPathLength, 1},
    {JET_paramDatabasePageSize, kProcess, &P::page_bytes, nullptr, 4096, 32768, 4096},
    {JET_paramCreatePathIfNotExist, kDynamic, &P::create_path, nullptr, 0, 1, 1},
    {JET_paramOSSnapshotTimeout, kProcessDynamic, &P::snapshot_timeout_ms, nullptr, 0, kMost, 1},
    {JET_paramMaxInstances, kProcess, &P::max_instances, nullptr, 1, 1024, 1},
};

bool ValidNumber(const ParameterInfo& info, uint64_t number) {
  if (number < info.min || number > info.max || number % info.multiple != 0) return false;
  return info.id != JET_paramDatabasePageSize || std::has_single_bit(number);
}

Err SetNumber(const ParameterInfo& info, bool late, uint64_t number, Parameters* parameters) {
  uint64_t& value = parameters->*info.number;
  if (value == number) return JET_errSuccess;
  if (late) return JET_errAlreadyInitialized;
  if (!ValidNumber(info, number)) return JET_errInvalidParameter;
  value = number;
  return JET_errSuccess;
}

Err SetText(const ParameterInfo& info, bool late, const std::string& text, Parameters* parameters) {
  if (late) return JET_errAlreadyInitialized;
  if (text.size() < info.min || text.size() > info.max) return JET_errInvalidParameter;
  parameters->*info.text = text;
  return JET_errSuccess;
}

char LowerCase(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

bool Parameters::logging() const {
  if (recovery == "repair") return true;
  return recovery.size() == 2 && LowerCase(recovery[0]) == 'o' && LowerCase(recovery[1]) == 'n';
}

const ParameterInfo* FindParameter(uint32_t id) {
  for (const ParameterInfo& info : kParameters) {
    if (info.id == id) return &info;
  }
  return nullptr;
}

Err SetParameter(const ParameterInfo& info, bool late, uint64_t number, const char* text,
                 Parameters* parameters) {
  if (info.number != nullptr) return SetNumber(info, late, number, parameters);
  return SetText(info, late, text == nullptr ? "" : text, parameters);
}

}  // namespace backstop::engine

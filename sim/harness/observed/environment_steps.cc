// SPDX-License-Identifier: MIT
#include "sim/harness/observed/environment_steps.h"

#include <algorithm>
#include <iterator>

namespace backstop::observed {
namespace {

using model::Fault;

struct FaultStep {
  Fault fault;
  const char* name;
};
constexpr FaultStep kFaults[] = {
    {Fault::kNone, "log-gone"},
    {Fault::kIo, "io-error"},
    {Fault::kOutOfMemory, "oom"},
    {Fault::kLogDiskFull, "enospc"},
    {Fault::kLogSequenceEnd, "log-sequence-end"},
    {Fault::kBadCheckpoint, "bad-checkpoint"},
    {Fault::kNoCheckpoint, "no-checkpoint"},
    {Fault::kDamagedPage, "damage"},
    {Fault::kFileInUse, "file-in-use"},
    {Fault::kBadPath, "bad-path"},
    {Fault::kNoThread, "no-thread"},
    {Fault::kRecovery, "recovery"},
    {Fault::kMissingLog, "missing-log"},
    {Fault::kReadOnlyFile, "read-only-file"},
    {Fault::kOutOfMemoryLater, "oom-later"},
};

}  // namespace

const char* FaultName(Fault fault) {
  const auto* found = std::ranges::find(kFaults, fault, &FaultStep::fault);
  return found == std::end(kFaults) ? "" : found->name;
}

std::optional<Fault> FindFault(const std::string& name) {
  const auto* found =
      std::ranges::find_if(kFaults, [&](const FaultStep& step) { return name == step.name; });
  if (found == std::end(kFaults)) return std::nullopt;
  return found->fault;
}

bool IsEnvironmentStep(const std::string& call) {
  return call == "fatal-error" || FindFault(call).has_value();
}

}  // namespace backstop::observed

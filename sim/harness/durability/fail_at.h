// SPDX-License-Identifier: MIT
// One file operation of many fails.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sim/world/fault_policy.h"

namespace backstop::harness {

/// What the chosen operation meets.
enum class SweepFault : uint8_t {
  kError,             ///< an I/O error
  kLogDiskFull,       ///< no space, on the volume of logs and checkpoint
  kDatabaseDiskFull,  ///< no space, on the volume of the databases
  kShort,             ///< half of the transfer is made
  kCount,
};
inline constexpr unsigned kSweepFaults = static_cast<unsigned>(SweepFault::kCount);

/// "eio", "log-full", "database-full", "short".
const char* NameOf(SweepFault fault);
std::optional<SweepFault> FindSweepFault(std::string_view name);

/// Counts the operations that can meet the fault, and lets number `at` meet it.
class FailAt : public world::FaultPolicy {
 public:
  /// `at` counts from 1; 0: nothing fails.
  FailAt(SweepFault fault, uint64_t at) : fault_(fault), at_(at) {}

  world::IoFault OnOperation(const world::IoRequest& request) override;

  SweepFault fault() const { return fault_; }
  uint64_t operations() const { return operations_; }
  bool struck() const { return !where_.empty(); }
  /// The operation that met the fault: "write of i1/edb.log at 4096".
  const std::string& where() const { return where_; }

 private:
  const SweepFault fault_;
  const uint64_t at_;
  uint64_t operations_ = 0;
  std::string where_;
};

}  // namespace backstop::harness

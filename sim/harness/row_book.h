// SPDX-License-Identifier: MIT
// How often rows of the transition tables decided a call, under each kind of fault: the coverage of
// one dialect.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "model/lifecycle.h"

namespace backstop::harness {

/// What went wrong in a run, the worst of it.
enum class FaultKind : uint8_t {
  kNone,
  kIoError,
  kPowerCut,
  kLogGone,
  kOutOfMemory,
  kLogDiskFull,
  kLogSequenceEnd,
  kBadCheckpoint,
  kNoCheckpoint,
  kDamagedPage,
  kFileInUse,
  kBadPath,
  kNoThread,
  kRecovery,
  kMissingLog,
  kReadOnlyFile,
  kOutOfMemoryLater,
  kCount
};
inline constexpr size_t kFaultKinds = static_cast<size_t>(FaultKind::kCount);
/// "none", "io-error", "power-cut"; the others are named as steps of the environment are.
const char* NameOf(FaultKind kind);
/// What the environment does to a call that meets `fault`; Fault::kNone is a log that is gone.
FaultKind KindOf(model::Fault fault);

/// The row in words that do not depend on its number: clause, event, state, guard, outcome and the
/// dialects that have it. No two rows have the same.
const std::string& KeyOfRow(model::RowId row);

/// Not thread-safe.
class RowBook {
 public:
  /// Rows that any call can take in the dialect; internal ones are listed apart and do not count.
  static RowBook OfAllCalls(const model::Dialect& dialect);
  /// Only those that calls of programs can take.
  static RowBook OfPrograms(const model::Dialect& dialect);

  void Add(FaultKind faults, std::span<const model::RowId> rows) {
    for (const model::RowId row : rows) {
      if (row < hits_.size()) ++hits_[row][static_cast<size_t>(faults)];
    }
  }

  using Hits = std::array<uint64_t, kFaultKinds>;
  bool Counts(model::RowId row) const { return counts_[row]; }
  const Hits& hits(model::RowId row) const { return hits_[row]; }
  size_t rows_hit() const;
  size_t rows_total() const;
  /// How many of the rows that count were hit under this kind of fault.
  size_t RowsHitUnder(FaultKind kind) const;
  std::vector<model::RowId> NeverHit() const;
  /// Rows that no public call reaches, and why.
  std::map<std::string, std::string> Internal() const;
  /// Rows that no call takes on the engine that is linked in, and why. They do not count.
  std::map<std::string, std::string> Beyond() const;
  /// Those of them that were hit all the same.
  std::vector<model::RowId> HitBeyond() const;

 private:
  RowBook() : hits_(model::Rows().size()), counts_(model::Rows().size()) {}
  bool IsHit(model::RowId row) const;

  std::vector<Hits> hits_;
  std::vector<bool> counts_;
  std::vector<model::RowId> internal_;
  std::map<model::RowId, const char*> beyond_;
};

}  // namespace backstop::harness

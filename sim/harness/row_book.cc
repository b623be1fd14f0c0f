// SPDX-License-Identifier: MIT
#include "sim/harness/row_book.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "impl/engine/error_name.h"
#include "model/explore/row_duty.h"
#include "sim/harness/program.h"
#include "sim/harness/rows_beyond.h"

namespace backstop::harness {
namespace {

using model::Fault;
using model::RowDuty;
using model::RowId;

struct KindName {
  FaultKind kind;
  Fault fault;
  const char* name;
};
constexpr KindName kKinds[] = {
    {FaultKind::kNone, Fault::kCount, "none"},
    {FaultKind::kIoError, Fault::kIo, "io-error"},
    {FaultKind::kPowerCut, Fault::kCount, "power-cut"},
    {FaultKind::kLogGone, Fault::kNone, "log-gone"},
    {FaultKind::kOutOfMemory, Fault::kOutOfMemory, "oom"},
    {FaultKind::kLogDiskFull, Fault::kLogDiskFull, "enospc"},
    {FaultKind::kLogSequenceEnd, Fault::kLogSequenceEnd, "log-sequence-end"},
    {FaultKind::kBadCheckpoint, Fault::kBadCheckpoint, "bad-checkpoint"},
    {FaultKind::kNoCheckpoint, Fault::kNoCheckpoint, "no-checkpoint"},
    {FaultKind::kDamagedPage, Fault::kDamagedPage, "damage"},
    {FaultKind::kFileInUse, Fault::kFileInUse, "file-in-use"},
    {FaultKind::kBadPath, Fault::kBadPath, "bad-path"},
    {FaultKind::kNoThread, Fault::kNoThread, "no-thread"},
    {FaultKind::kRecovery, Fault::kRecovery, "recovery"},
    {FaultKind::kMissingLog, Fault::kMissingLog, "missing-log"},
    {FaultKind::kReadOnlyFile, Fault::kReadOnlyFile, "read-only-file"},
    {FaultKind::kOutOfMemoryLater, Fault::kOutOfMemoryLater, "oom-later"},
};
static_assert(std::size(kKinds) == kFaultKinds);
static_assert(kFaultKinds == static_cast<size_t>(Fault::kCount) + 2);

std::vector<std::string> MakeKeys() {
  std::vector<std::string> keys;
  std::map<std::string, unsigned> seen;
  for (const model::RowInfo& info : model::Rows()) {
    const std::string_view dialect = info.dialect;
    std::string key =
        fmt::format("{} | {} | {} | {} | {} | {}", info.clause, info.event, info.source, info.guard,
                    engine::ErrorName(info.err), dialect.empty() ? "both" : dialect);
    const unsigned count = ++seen[key];
    if (count > 1) key += fmt::format(" #{}", count);
    keys.push_back(std::move(key));
  }
  return keys;
}

/// Whether the row belongs to an operation that programs do not have.
bool IsOfOtherCalls(std::string_view event) {
  for (unsigned op = kDrawnOps; op < model::kOpCount; ++op) {
    if (event.starts_with(model::OpName(static_cast<model::Op>(op)))) return true;
  }
  return false;
}

/// States that only such operations lead to, or bits that programs do not give.
bool IsOfOtherStates(std::string_view source) {
  return source == "in a snapshot" || source == "restoring" || source == "surrogate backup";
}

/// Programs meet no fault in the model's calls but I/O errors, and files in use where logs are
/// deleted.
bool ProgramsReach(RowId row) {
  const model::RowInfo& info = model::Rows()[row];
  uint32_t injected = uint32_t{1} << static_cast<unsigned>(Fault::kIo);
  if (std::string_view(info.clause) == "TRUNC-6") {
    injected |= uint32_t{1} << static_cast<unsigned>(Fault::kFileInUse);
  }
  return (info.faults & ~injected) == 0 && !IsOfOtherCalls(info.event) &&
         !IsOfOtherStates(info.source);
}

}  // namespace

const char* NameOf(FaultKind kind) { return kKinds[static_cast<size_t>(kind)].name; }

FaultKind KindOf(Fault fault) {
  const auto* found = std::ranges::find(kKinds, fault, &KindName::fault);
  return found->kind;
}

const std::string& KeyOfRow(RowId row) {
  static const std::vector<std::string> keys = MakeKeys();
  return keys[row];
}

RowBook RowBook::OfAllCalls(const model::Dialect& dialect) {
  RowBook book;
  const std::vector<RowDuty> duties = model::RowDuties(dialect);
  for (RowId row = 0; row < duties.size(); ++row) {
    const char* beyond = duties[row] == RowDuty::kMust ? WhyBeyond(dialect, row) : nullptr;
    if (beyond != nullptr) book.beyond_[row] = beyond;
    book.counts_[row] = duties[row] == RowDuty::kMust && beyond == nullptr;
    if (duties[row] == RowDuty::kInternal) book.internal_.push_back(row);
  }
  return book;
}

RowBook RowBook::OfPrograms(const model::Dialect& dialect) {
  RowBook book = OfAllCalls(dialect);
  book.internal_.clear();
  book.beyond_.clear();
  for (RowId row = 0; row < book.counts_.size(); ++row) {
    book.counts_[row] = book.counts_[row] && ProgramsReach(row);
  }
  return book;
}

bool RowBook::IsHit(RowId row) const {
  return std::ranges::any_of(hits_[row], [](uint64_t count) { return count > 0; });
}

size_t RowBook::rows_hit() const { return rows_total() - NeverHit().size(); }

size_t RowBook::rows_total() const {
  return static_cast<size_t>(std::ranges::count(counts_, true));
}

size_t RowBook::RowsHitUnder(FaultKind kind) const {
  size_t hit = 0;
  for (RowId row = 0; row < hits_.size(); ++row) {
    hit += counts_[row] && hits_[row][static_cast<size_t>(kind)] > 0;
  }
  return hit;
}

std::vector<RowId> RowBook::NeverHit() const {
  std::vector<RowId> rows;
  for (RowId row = 0; row < hits_.size(); ++row) {
    if (counts_[row] && !IsHit(row)) rows.push_back(row);
  }
  return rows;
}

std::map<std::string, std::string> RowBook::Internal() const {
  std::map<std::string, std::string> rows;
  for (const RowId row : internal_) rows[KeyOfRow(row)] = model::Rows()[row].internal;
  return rows;
}

std::map<std::string, std::string> RowBook::Beyond() const {
  std::map<std::string, std::string> rows;
  for (const auto& [row, why] : beyond_) rows[KeyOfRow(row)] = why;
  return rows;
}

std::vector<RowId> RowBook::HitBeyond() const {
  std::vector<RowId> rows;
  for (const auto& [row, why] : beyond_) {
    if (IsHit(row)) rows.push_back(row);
  }
  return rows;
}

}  // namespace backstop::harness

// SPDX-License-Identifier: MIT
#include <algorithm>
#include <bit>

#include "model/explore/invariants.h"

namespace backstop::model {

namespace {

template <bool (*kHolds)(const InstanceState&)>
bool EachInstance(const Snapshot& state) {
  return std::all_of(state.instances.begin(), state.instances.end(), kHolds);
}

bool AbsentIsBlank(const InstanceState& i) {
  return i.life != Life::kAbsent || i == InstanceState{};
}

bool BackupHasInstance(const InstanceState& i) {
  return i.backup.phase == Phase::kNoBackup || i.life == Life::kReady ||
         i.life == Life::kTerminating;
}

bool NoBackupIsBlank(const InstanceState& i) {
  return i.backup.phase != Phase::kNoBackup || i.backup == BackupState{};
}

bool FileFitsPhase(const InstanceState& i) {
  const FileKind kind = i.backup.file.kind;
  if (kind == FileKind::kNone) return i.backup.file == FileState{};
  return kind == (i.backup.phase == Phase::kDatabases ? FileKind::kDatabase : FileKind::kLog);
}

bool OffsetInFile(const InstanceState& i) {
  return i.backup.file.offset_pages <= i.backup.file.size_pages;
}

bool DatabasesPhaseIsEarly(const InstanceState& i) {
  const BackupState& b = i.backup;
  if (b.phase != Phase::kDatabases) return true;
  return b.full && !b.prepared && !b.truncated && b.copy_end == 0 && b.logs_read == 0;
}

bool RangeIsSound(const InstanceState& i) {
  const BackupState& b = i.backup;
  if (b.copy_end == 0) return b.logs_read == 0 && b.copy_low == 0;
  if (!b.prepared || b.copy_low >= b.copy_end) return false;
  return static_cast<uint32_t>(std::bit_width(b.logs_read)) <= b.copy_end - b.copy_low;
}

bool TruncatedIsPrepared(const InstanceState& i) {
  return !i.backup.truncated || i.backup.prepared;
}

bool DatabaseMasksNest(const InstanceState& i) {
  return (i.backup.copied & ~i.attached) == 0 && (i.opened & ~i.attached) == 0 &&
         (i.attached & ~i.existing) == 0;
}

bool TransactionsHaveSessions(const InstanceState& i) {
  for (unsigned session = 0; session < kSessions; ++session) {
    if ((i.levels[session] != 0) != ((i.transactions >> session & 1) != 0)) return false;
  }
  return (i.transactions & ~i.sessions) == 0;
}

bool ReadyAllowsBackup(const InstanceState& i) {
  return i.life != Life::kReady || i.backup_allowed;
}

bool ModeFitsInstances(const Snapshot& state) {
  const bool first = state.instances[0].life != Life::kAbsent;
  const bool second = state.instances[1].life != Life::kAbsent;
  switch (state.mode) {
    case Mode::kUnset:
      return !first && !second;
    case Mode::kOneInstance:
      return first && !second && state.instances[0].life != Life::kCreated;
    case Mode::kMultiInstance:
      return first || second;
  }
  return false;
}

constexpr StateInvariant kInvariants[] = {
    {"MODE", "The run mode is set exactly while an instance lives.", ModeFitsInstances},
    {"INV-45", "Nothing is left of an instance that is gone.", EachInstance<AbsentIsBlank>},
    {"INV-46", "Only an initialised instance has a backup.", EachInstance<BackupHasInstance>},
    {"INV-10", "Nothing is left of a backup that is gone: no stop, no file, no range.",
     EachInstance<NoBackupIsBlank>},
    {"INV-22", "In the databases phase the open file is a database, in the logs phase a log.",
     EachInstance<FileFitsPhase>},
    {"INV-38", "No file is read beyond its end.", EachInstance<OffsetInFile>},
    {"PHASE", "The databases phase is one of a full backup before its log info.",
     EachInstance<DatabasesPhaseIsEarly>},
    {"RANGE", "The logs read are in the range to copy, which log info fixed.",
     EachInstance<RangeIsSound>},
    {"INV-15", "Nothing is truncated before the log info.", EachInstance<TruncatedIsPrepared>},
    {"MASKS", "Copied and open databases are attached, attached ones exist.",
     EachInstance<DatabaseMasksNest>},
    {"LEVELS", "Only live sessions have transactions.", EachInstance<TransactionsHaveSessions>},
    {"D-34", "A ready instance allows backups.", EachInstance<ReadyAllowsBackup>},
};

}  // namespace

std::span<const StateInvariant> StateInvariants() { return kInvariants; }

const StateInvariant* BrokenBy(const Snapshot& state) {
  for (const StateInvariant& invariant : kInvariants) {
    if (!invariant.holds(state)) return &invariant;
  }
  return nullptr;
}

}  // namespace backstop::model

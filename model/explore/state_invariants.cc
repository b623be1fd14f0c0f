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

/// What is on disk, and the settings of the next instance there, stay.
bool AbsentIsBlank(const InstanceState& i) {
  if (i.life != Life::kAbsent) return true;
  InstanceState left;
  left.logging = i.logging;
  left.circular = i.circular;
  left.existing = i.existing;
  left.full_backups = i.full_backups;
  left.snapshot_fulls = i.snapshot_fulls;
  left.log_held = i.log_held;
  left.headers = i.headers;
  return i == left;
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
  if (i.backup.phase == Phase::kSurrogate) return false;
  return (kind == FileKind::kDatabase) == (i.backup.phase == Phase::kDatabases);
}

bool NoFileIsForeign(const InstanceState& i) {
  const FileKind kind = i.backup.file.kind;
  if (i.backup.phase == Phase::kSnapshot && kind != FileKind::kNone) return false;
  return kind != FileKind::kForeign;
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
  if (b.copy_end == 0) return b.logs_read == 0 && b.sum_read == 0 && b.copy_low == 0;
  if (!b.prepared || b.copy_low >= b.copy_end) return false;
  return static_cast<uint32_t>(std::bit_width(b.logs_read)) <= b.copy_end - b.copy_low;
}

bool TruncatedIsPrepared(const InstanceState& i) {
  return !i.backup.truncated || i.backup.prepared;
}

bool DatabaseMasksNest(const InstanceState& i) {
  return (i.backup.copied & ~i.attached) == 0 && (i.opened & ~i.attached) == 0 &&
         (i.unlogged & ~i.attached) == 0 && (i.attached & ~i.existing) == 0;
}

bool OneBaseOfADatabase(const InstanceState& i) {
  return (i.full_backups & i.snapshot_fulls) == 0 &&
         ((i.full_backups | i.snapshot_fulls) & ~i.existing) == 0;
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
  const Life first = state.instances[0].life;
  const bool second = state.instances[1].life != Life::kAbsent;
  switch (state.mode) {
    case Mode::kUnset:
      return first == Life::kAbsent && !second;
    case Mode::kOneInstance:
      return !second &&
             (first == Life::kInitializing || first == Life::kReady || first == Life::kTerminating);
    case Mode::kMultiInstance:
      return first != Life::kAbsent || second;
  }
  return false;
}

bool InstancesAreClaimedOnce(const Snapshot& state) {
  unsigned claimed = 0;
  for (const SnapshotSession& session : state.snapshots) {
    if ((claimed & session.members) != 0) return false;
    claimed |= session.members;
    if (session.phase == SnapshotPhase::kNone && !(session == SnapshotSession{})) return false;
  }
  return true;
}

/// Frozen, or thawed and not ended.
bool HoldsMembers(const SnapshotSession& session) {
  return session.phase == SnapshotPhase::kFrozen || session.phase == SnapshotPhase::kThawed ||
         session.phase == SnapshotPhase::kTruncated;
}

bool SnapshotsHoldTheirMembers(const Snapshot& state) {
  unsigned held = 0;
  for (const SnapshotSession& session : state.snapshots) {
    if (HoldsMembers(session)) held |= session.members;
  }
  for (unsigned slot = 0; slot < kInstances; ++slot) {
    const bool snapped = state.instances[slot].backup.phase == Phase::kSnapshot;
    if (snapped != ((held >> slot & 1) != 0)) return false;
  }
  return true;
}

constexpr HoldsIn kStrictOnly = HoldsIn::kStrict;

constexpr StateInvariant kInvariants[] = {
    {"MODE", "The run mode is set exactly while an instance lives.", ModeFitsInstances},
    {"INV-45", "Nothing is left of an instance that is gone but files and settings.",
     EachInstance<AbsentIsBlank>},
    {"INV-46", "Only an initialised instance has a backup.", EachInstance<BackupHasInstance>},
    {"INV-10", "Nothing is left of a backup that is gone: no stop, no file, no range.",
     EachInstance<NoBackupIsBlank>},
    {"INV-22", "In the databases phase the open file is a database, after it none is.",
     EachInstance<FileFitsPhase>},
    {"C-36", "A file that is no log is never open after the databases phase.",
     EachInstance<NoFileIsForeign>, kStrictOnly},
    {"INV-38", "No file is read beyond its end.", EachInstance<OffsetInFile>},
    {"PHASE", "The databases phase is one of a full backup before its log info.",
     EachInstance<DatabasesPhaseIsEarly>},
    {"RANGE", "The logs read are in the range to copy, which log info fixed.",
     EachInstance<RangeIsSound>},
    {"INV-15", "Nothing is truncated before the log info.", EachInstance<TruncatedIsPrepared>},
    {"MASKS", "Copied, open and unlogged databases are attached, attached ones exist.",
     EachInstance<DatabaseMasksNest>},
    {"C-09", "A database has one base, a full backup or a snapshot.",
     EachInstance<OneBaseOfADatabase>},
    {"LEVELS", "Only live sessions have transactions.", EachInstance<TransactionsHaveSessions>},
    {"D-34", "A ready instance allows backups.", EachInstance<ReadyAllowsBackup>, kStrictOnly},
    {"INV-50", "An instance takes part in one snapshot at a time, and in none that is gone.",
     InstancesAreClaimedOnce},
    {"H-17", "An instance is held by a snapshot exactly from its freeze to its end.",
     SnapshotsHoldTheirMembers, kStrictOnly},
};

}  // namespace

std::span<const StateInvariant> StateInvariants() { return kInvariants; }

const StateInvariant* BrokenBy(const Snapshot& state, bool strict) {
  for (const StateInvariant& invariant : kInvariants) {
    if (!strict && invariant.dialects == HoldsIn::kStrict) continue;
    if (!invariant.holds(state)) return &invariant;
  }
  return nullptr;
}

}  // namespace backstop::model

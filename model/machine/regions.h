// SPDX-License-Identifier: MIT
// The states of the two regions as types, and how they are kept in a snapshot.
#pragma once

#include <boost/mp11.hpp>

#include "model/machine/context.h"
#include "model/machine/row.h"

namespace backstop::model {

template <Text kNameText, auto kStateValue>
struct StateType {
  static constexpr std::string_view kName = kNameText.view();
  static constexpr auto kValue = kStateValue;
};

// Life of an instance.
struct Absent : StateType<"absent", Life::kAbsent> {};
struct Created : StateType<"created", Life::kCreated> {};
struct Initializing : StateType<"initializing", Life::kInitializing> {};
struct Ready : StateType<"ready", Life::kReady> {};
struct Terminating : StateType<"terminating", Life::kTerminating> {};
struct Restoring : StateType<"restoring", Life::kRestoring> {};

// Phase of its backup.
struct NoBackup : StateType<"no backup", Phase::kNoBackup> {};
struct Databases : StateType<"databases phase", Phase::kDatabases> {};
struct Logs : StateType<"logs phase", Phase::kLogs> {};
struct Surrogate : StateType<"surrogate backup", Phase::kSurrogate> {};
struct InSnapshot : StateType<"in a snapshot", Phase::kSnapshot> {};

// OS snapshot session.
struct NoSnapshot : StateType<"no such snapshot", SnapshotPhase::kNone> {};
struct SnapshotPrepared : StateType<"prepared", SnapshotPhase::kPrepared> {};
struct Frozen : StateType<"frozen", SnapshotPhase::kFrozen> {};
struct Thawed : StateType<"thawed", SnapshotPhase::kThawed> {};
struct LogsTruncated : StateType<"logs truncated", SnapshotPhase::kTruncated> {};
struct TimedOut : StateType<"timed out", SnapshotPhase::kTimedOut> {};

struct LifeRegion {
  using States = mp::mp_list<Absent, Created, Initializing, Ready, Terminating, Restoring>;
  static Life& Of(Context& c) { return c.instance->life; }
};

struct PhaseRegion {
  using States = mp::mp_list<NoBackup, Databases, Logs, Surrogate, InSnapshot>;
  static Phase& Of(Context& c) { return c.instance->backup.phase; }
};

struct SnapshotRegion {
  using States = mp::mp_list<NoSnapshot, SnapshotPrepared, Frozen, Thawed, LogsTruncated, TimedOut>;
  static SnapshotPhase& Of(Context& c) { return c.snapshot->phase; }
};

// Run mode of the process.
struct NoMode : StateType<"no run mode", Mode::kUnset> {};
struct SingleInstance : StateType<"single-instance mode", Mode::kOneInstance> {};
struct MultiInstance : StateType<"multi-instance mode", Mode::kMultiInstance> {};

struct ModeRegion {
  using States = mp::mp_list<NoMode, SingleInstance, MultiInstance>;
  static Mode& Of(Context& c) { return c.world->mode; }
};

using AnyMode = In<NoMode, SingleInstance, MultiInstance>;
using NotSingleInstance = In<NoMode, MultiInstance>;
using AnyLife = In<Absent, Created, Initializing, Ready, Terminating, Restoring>;
using Initialized = In<Ready, Terminating>;
using NotInitialized = In<Absent, Created, Initializing, Restoring>;
/// Lives that the one instance of single-instance mode goes through.
using AliveAlone = In<Initializing, Ready, Terminating>;
using Alive = In<Created, Initializing, Ready, Terminating, Restoring>;
using AnySnapshot = In<NoSnapshot, SnapshotPrepared, Frozen, Thawed, LogsTruncated, TimedOut>;
using AnyPhase = In<NoBackup, Databases, Logs, Surrogate, InSnapshot>;
using BackupRuns = In<Databases, Logs>;
/// Where an instance can be that cannot have begun a backup, or no surrogate one.
using Unbegun = In<NoBackup, InSnapshot>;
using NotSurrogate = In<NoBackup, Databases, Logs, InSnapshot>;
/// No backup that streaming calls may act on.
using NothingLocal = In<NoBackup, Surrogate>;
/// What the original engine takes for a local backup.
using LocalOrSnapshot = In<Databases, Logs, InSnapshot>;
using Busy = In<Databases, Logs, Surrogate, InSnapshot>;

}  // namespace backstop::model

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

// Phase of its backup.
struct NoBackup : StateType<"no backup", Phase::kNoBackup> {};
struct Databases : StateType<"databases phase", Phase::kDatabases> {};
struct Logs : StateType<"logs phase", Phase::kLogs> {};

struct LifeRegion {
  using States = mp::mp_list<Absent, Created, Initializing, Ready, Terminating>;
  static Life& Of(InstanceState& instance) { return instance.life; }
};

struct PhaseRegion {
  using States = mp::mp_list<NoBackup, Databases, Logs>;
  static Phase& Of(InstanceState& instance) { return instance.backup.phase; }
};

using AnyLife = In<Absent, Created, Initializing, Ready, Terminating>;
using Initialized = In<Ready, Terminating>;
using NotInitialized = In<Absent, Created, Initializing>;
/// Lives that the one instance of single-instance mode goes through.
using AliveAlone = In<Initializing, Ready, Terminating>;
using Alive = In<Created, Initializing, Ready, Terminating>;
using AnyPhase = In<NoBackup, Databases, Logs>;
using BackupRuns = In<Databases, Logs>;

}  // namespace backstop::model

// SPDX-License-Identifier: MIT
// What a row may look at and change while one event is processed.
#pragma once

#include "model/call.h"
#include "model/dialect.h"
#include "model/lifecycle.h"
#include "model/snapshot.h"

namespace backstop::model {

struct Context {
  Snapshot* world = nullptr;
  /// The instance that the call addresses; a blank one that is not part of `world` if there is
  /// none.
  InstanceState* instance = nullptr;
  unsigned slot = 0;
  /// The OS snapshot that the call names; a blank one if there is none.
  SnapshotSession* snapshot = nullptr;
  const Dialect* dialect = &kStrict;
  const Call* call = nullptr;
  const Outcome* observed = nullptr;
  /// The environment refuses: see Lifecycle::Apply.
  bool failing = false;
  /// Set by the entry gate: the call goes on to its family.
  bool admitted = false;
  Reaction reaction;
};

}  // namespace backstop::model

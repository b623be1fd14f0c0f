// SPDX-License-Identifier: MIT
// Data races of a run: two accesses of a shared field, one of them a store, that no lock and no
// notification puts in order. Found in any run that makes both, whether or not they meet.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "sim/scheduler/scheduler.h"

namespace backstop::sched {

/// One of the two accesses.
struct RaceSite {
  TaskId task = kNoTask;
  uint32_t call = 0;  ///< how many calls the task had begun before this one
  PointKind kind = PointKind::kLoad;
};

struct DataRace {
  ObjectId object = kNoObject;
  RaceSite first, second;  ///< in the order of the run
};

/// The races in the log of a run, at most one for each field and pair of tasks. Points of the kinds
/// kLoad and kStore are accesses of fields; locks and notifications order them, files and time do
/// not.
std::vector<DataRace> FindDataRaces(std::span<const Access> log);

/// "data race on 'stop': T0 (call 2) load, T1 (call 0) store".
std::string ToText(const DataRace& race, const Scheduler& scheduler);

}  // namespace backstop::sched

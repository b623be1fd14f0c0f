// SPDX-License-Identifier: MIT
// One run: a program under a strategy, on a fresh clone of a prepared world, with a fresh engine
// process, from setup to epilogue.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sim/harness/durability/restart.h"
#include "sim/harness/executor.h"
#include "sim/harness/history.h"
#include "sim/harness/prepared_world.h"
#include "sim/scheduler/scheduler.h"

namespace backstop::harness {

struct RunResult {
  sched::RunStatus status = sched::RunStatus::kCompleted;
  /// False if the engine could not be brought to the starting situation.
  bool set_up = true;
  /// Valid until the next run.
  const History* history = nullptr;
  /// The first law about delivered or stored bytes that was broken, if any. Valid until the next
  /// run.
  const Breach* breach = nullptr;
  uint64_t hash = 0;
  uint64_t steps = 0;
  /// After a power cut: what the restarted engine made of the rest.
  std::optional<RestartResult> restart;
  /// Files that were still open after the last instance had ended.
  std::vector<std::string> leaked_files;
};

/// Not thread-safe; reused for millions of runs with flat memory.
class Runner {
 public:
  struct Options {
    bool record = true;
    uint64_t max_steps = 200'000;
    bool log = false;            ///< see sched::Scheduler::Options
    bool join_sections = false;  ///< see sched::Scheduler::Options
    bool threads = false;        ///< see sched::Scheduler::Options
  };

  Runner(const JetApi& api, Options options);
  ~Runner();

  RunResult Run(const Program& program, sched::Strategy& strategy);

  /// Of the last run: decisions, waits, names.
  const sched::Scheduler& scheduler() const { return scheduler_; }
  /// The history's clock.
  uint64_t time() const { return executor_.time(); }
  const std::string& error() const { return worlds_.error(); }

 private:
  struct World;
  /// The power fails, if it has not yet, and the engine is started again.
  void Crash(const World& world, const Program& program, RunResult* result);

  const JetApi& api_;
  sched::Scheduler scheduler_;
  RunFaults faults_;
  Executor executor_;
  PreparedWorlds worlds_;
  /// The worlds of runs that never ended: their stacks may still refer to them.
  std::vector<std::unique_ptr<World>> abandoned_;
};

}  // namespace backstop::harness

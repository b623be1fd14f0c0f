// SPDX-License-Identifier: MIT
// The main job: draw programs, run each under many schedules, judge every run, stop at a failure.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "sim/harness/checker.h"
#include "sim/harness/coverage.h"
#include "sim/harness/current_run.h"
#include "sim/harness/generate.h"
#include "sim/harness/hash_check.h"
#include "sim/harness/runner.h"
#include "sim/harness/schedule.h"
#include "sim/harness/shrink.h"

namespace backstop::harness {

struct CampaignOptions {
  GenerateOptions generate;
  uint64_t seed = 0;
  uint32_t schedules_per_program = 20;
  uint64_t max_schedules = 0;  ///< 0: no bound
  uint64_t max_crashes = 0;    ///< 0: no bound
  /// Only this strategy instead of the portfolio.
  std::optional<StrategyKind> strategy;
  /// Replay each schedule from its trace, and compare the hashes.
  bool replay_check = false;
  /// This process takes the programs whose number is `shard` modulo `shards`.
  uint32_t shard = 0, shards = 1;
};

struct CampaignStatus {
  uint64_t programs = 0;
  uint64_t schedules = 0;
  uint64_t calls = 0;
  uint64_t steps = 0;
  uint64_t violations = 0;
  uint64_t crashes = 0;  ///< power cuts, those in recovery included
  uint64_t lost_commits = 0;
  uint64_t resurrected = 0;
  uint64_t replayed = 0;           ///< schedules made again from their traces
  uint64_t restores_verified = 0;  ///< of backups, with rows as they may be
};

enum class CampaignEnd : uint8_t {
  kStopped,  ///< the caller's `stop`, or the bound on schedules
  kViolation,
  kNotSetUp,          ///< the engine could not be brought to a starting situation
  kCannotSave,        ///< the trace of the current run could not be written
  kNondeterministic,  ///< a replay of a schedule gave another hash
};

class Campaign {
 public:
  Campaign(const JetApi& api, CampaignOptions options);

  /// Runs until a run fails, the bound is reached, or `stop`, asked between runs, says so.
  /// `current` may be null.
  CampaignEnd Run(CurrentRun* current, const Provenance& made_by,
                  const std::function<bool(const CampaignStatus&)>& stop);

  const CampaignStatus& status() const { return status_; }
  const Coverage& coverage() const { return coverage_; }
  uint64_t unknown() const { return checker_.unknown(); }
  /// After kViolation: the run as found, not yet shrunk. After kNotSetUp: its program.
  const FailingRun& failing() const { return failing_; }
  /// After kNondeterministic: the schedule, and how the replay differs.
  const HashCheck& hash_check() const { return *hash_check_; }
  /// After kViolation: how the run as found was scheduled.
  const ScheduleSpec& failing_schedule() const { return failing_schedule_; }
  Runner& runner() { return runner_; }
  Checker& checker() { return checker_; }

 private:
  /// Nothing: go on.
  using End = std::optional<CampaignEnd>;
  End RunProgram(const Program& program, uint64_t seed, CurrentRun* current,
                 const Provenance& made_by, const std::function<bool(const CampaignStatus&)>& stop);
  bool BoundReached() const;
  End Judge(const Provenance& made_by, const RunResult& run);
  void Count(const RunResult& run);
  ScheduleSpec SpecFor(uint64_t program_seed, uint32_t index, uint32_t steps) const;

  const CampaignOptions options_;
  Runner runner_;
  Checker checker_;
  std::unique_ptr<HashCheck> hash_check_;  ///< null unless replay_check
  Coverage coverage_;
  Portfolio portfolio_;
  CampaignStatus status_;
  FailingRun failing_;
  ScheduleSpec failing_schedule_;
};

/// How many schedules a campaign with these options has made when it has made this one; nothing if
/// it is not among the first `most`.
std::optional<uint64_t> SchedulesUpTo(const ScheduleSpec& spec, const CampaignOptions& options,
                                      uint64_t most);

}  // namespace backstop::harness

// SPDX-License-Identifier: MIT
#include "sim/harness/campaign.h"

#include "sim/scheduler/random.h"

namespace backstop::harness {
namespace {

/// Before the first run of a program its length is not known.
constexpr uint32_t kFirstGuess = 100;

}  // namespace

Campaign::Campaign(const JetApi& api, CampaignOptions options)
    : options_(options),
      runner_(api, {}),
      hash_check_(options.replay_check ? std::make_unique<HashCheck>(api) : nullptr),
      coverage_(options.generate.ese ? model::kEse : model::kStrict) {}

ScheduleSpec Campaign::SpecFor(uint64_t program_seed, uint32_t index, uint32_t steps) const {
  ScheduleSpec spec = PortfolioSchedule(program_seed, index, steps);
  if (options_.strategy) spec.kind = *options_.strategy;
  return spec;
}

bool Campaign::BoundReached() const {
  const auto reached = [](uint64_t count, uint64_t bound) { return bound != 0 && count >= bound; };
  return reached(status_.schedules, options_.max_schedules) ||
         reached(status_.crashes, options_.max_crashes);
}

void Campaign::Count(const RunResult& run) {
  ++status_.schedules;
  status_.calls += run.history->calls.size();
  status_.steps += run.steps;
  if (!run.restart) return;
  status_.crashes += 1 + run.restart->crashes;
  status_.lost_commits += run.restart->loss.lost;
  status_.resurrected += run.restart->loss.resurrected;
  status_.restores_verified += run.restart->restores;
}

Campaign::End Campaign::Judge(const Provenance& made_by, const RunResult& run) {
  if (auto violation = checker_.Check(run, runner_.scheduler(), &coverage_)) {
    ++status_.violations;
    failing_.answers = sched::NormalForm(runner_.scheduler().decisions());
    failing_.violation = std::move(*violation);
    return CampaignEnd::kViolation;
  }
  if (hash_check_ == nullptr) return std::nullopt;
  ++status_.replayed;
  if (hash_check_->Replays(runner_, made_by, failing_.program, run)) return std::nullopt;
  return CampaignEnd::kNondeterministic;
}

Campaign::End Campaign::RunProgram(const Program& program, uint64_t seed, CurrentRun* current,
                                   const Provenance& made_by,
                                   const std::function<bool(const CampaignStatus&)>& stop) {
  failing_.program = program;
  auto steps = kFirstGuess;
  ++status_.programs;
  const uint32_t schedules = SchedulesWorth(program, options_.schedules_per_program);
  for (uint32_t i = 0; i < schedules; ++i) {
    if (stop(status_) || BoundReached()) return CampaignEnd::kStopped;
    const ScheduleSpec spec = failing_schedule_ = SpecFor(seed, i, steps);
    if (current != nullptr) {
      const bool saved =
          i == 0 ? current->BeginProgram(made_by, program, spec) : current->BeginSchedule(spec);
      if (!saved) return CampaignEnd::kCannotSave;
    }
    const RunResult run = runner_.Run(program, portfolio_.Prepare(spec));
    if (!run.set_up) return CampaignEnd::kNotSetUp;
    Count(run);
    if (const End end = Judge(made_by, run)) return end;
    if (i == 0) steps = static_cast<uint32_t>(run.steps);
  }
  return std::nullopt;
}

CampaignEnd Campaign::Run(CurrentRun* current, const Provenance& made_by,
                          const std::function<bool(const CampaignStatus&)>& stop) {
  for (uint64_t number = options_.shard;; number += options_.shards) {
    const uint64_t seed = sched::MixSeed(options_.seed, number);
    const Program program = DrawProgram(options_.generate, seed);
    if (const End end = RunProgram(program, seed, current, made_by, stop)) return *end;
  }
}

std::optional<uint64_t> SchedulesUpTo(const ScheduleSpec& spec, const CampaignOptions& options,
                                      uint64_t most) {
  uint64_t before = 0;
  for (uint64_t number = options.shard; before < most; number += options.shards) {
    const uint64_t seed = sched::MixSeed(options.seed, number);
    const Program program = DrawProgram(options.generate, seed);
    const uint32_t schedules = SchedulesWorth(program, options.schedules_per_program);
    for (uint32_t i = 0; i < schedules; ++i) {
      if (PortfolioSchedule(seed, i, spec.steps).seed == spec.seed) return before + i + 1;
    }
    before += schedules;
  }
  return std::nullopt;
}

}  // namespace backstop::harness

// SPDX-License-Identifier: MIT
#include "sim/harness/conformance/suite_run.h"

#include <fmt/format.h>

#include "sim/harness/conformance/suite_engine.h"
#include "sim/harness/observed/compare.h"
#include "sim/harness/observed/environment_steps.h"
#include "sim/harness/observed/model_replay.h"
#include "sim/harness/observed/skip_rules.h"

namespace backstop::conformance {
namespace {

using observed::Step;

/// How many calls of other threads a sequence has begun.
class ThreadCount {
 public:
  /// Steps in order.
  unsigned After(const Step& step) {
    if (step.call == "async") ++running_;
    if (step.call == "join") --running_;
    return running_;
  }

 private:
  unsigned running_ = 0;
};

/// The original engine was recorded while other calls met its JetBackupInstance, but not when they
/// truncated its logs, or had ended its backup and put another or a snapshot in its place.
class MetBackup {
 public:
  /// Steps in order.
  bool IsUnrecorded(const Step& step) {
    if (step.call == "async" && step.Text("line").starts_with("JetBackup")) runs_ = true;
    if (step.call == "join") runs_ = ended_ = false;
    if (!runs_) return false;
    if (step.call.starts_with("JetEndExternalBackup") && step.err >= 0) ended_ = true;
    const bool replaces = step.call.starts_with("JetBeginExternalBackup") ||
                          step.call.starts_with("JetOSSnapshotFreeze");
    return (ended_ && replaces) || step.call == "JetTruncateLogInstance";
  }

 private:
  bool runs_ = false;
  bool ended_ = false;
};

Leave LeaveAt(const Step& step, SuiteWorld world, unsigned threads) {
  const bool plain = world == SuiteWorld::kPlain;
  if (plain && observed::IsEnvironmentStep(step.call)) return Leave::kEnvironment;
  return threads > (plain ? 0u : 1u) ? Leave::kThreads : Leave::kNothing;
}

bool NeverReturns(const Item& item, const observed::EngineRun& run, size_t index) {
  return index == item.endless && !run.results[index] &&
         run.stopped.starts_with(observed::EngineReplay::kNeverReturns);
}

}  // namespace

const char* LeaveName(Leave leave) {
  constexpr const char* kNames[kLeaves] = {"nothing",   "environment",      "threads",
                                           "undefined", "missing-function", "endless",
                                           "unrecorded"};
  return kNames[static_cast<size_t>(leave)];
}

size_t SuiteRun::Asked(const Item& item, Leave* leave) const {
  observed::SlotWatch slots;
  ThreadCount threads;
  MetBackup backup;
  const auto& all = item.sequence.steps;
  for (size_t i = 0; i < all.size(); ++i) {
    *leave = LeaveAt(all[i], world_, threads.After(all[i]));
    if (backup.IsUnrecorded(all[i]) && dialect_ == "ese") *leave = Leave::kUnrecorded;
    if (world_ == SuiteWorld::kPlain && i == item.endless) *leave = Leave::kEndless;
    if (slots.IsUndefined(all[i]) && dialect_ == "ese") *leave = Leave::kUndefined;
    if (*leave != Leave::kNothing) return i;
  }
  return all.size();
}

void SuiteRun::Add(const Item& item) {
  if (item.dialect != dialect_ && item.dialect != "both") return;
  ++sequences;
  Leave leave = Leave::kNothing;
  const size_t asked = Asked(item, &leave);
  const observed::EngineRun run = run_(item.sequence, asked);
  Compare(item, run, asked, leave);
}

void SuiteRun::Leaves(const std::string& reason, const Item& item, size_t from) {
  left[reason] += item.sequence.steps.size() - from;
}

void SuiteRun::Compare(const Item& item, const observed::EngineRun& run, size_t asked,
                       Leave leave) {
  observed::Comparison comparison;
  size_t alike = 0;
  while (alike < asked && CompareStep(item, run, alike, &comparison)) ++alike;
  if (alike == item.sequence.steps.size()) {
    ++complete;
  } else if (alike == asked) {
    Leaves(LeaveName(leave), item, asked);
  } else if (NeverReturns(item, run, alike)) {
    ++alike;
  }
  if (rows_ != nullptr) Note(item, alike);
}

void SuiteRun::Note(const Item& item, size_t count) {
  observed::ModelReplay replay(item.sequence, *lifecycle_, observed::Outputs::kSmallestWorld);
  harness::FaultKind kind = harness::FaultKind::kNone;
  for (size_t i = 0; i < count; ++i) {
    const auto fault = observed::FindFault(item.sequence.steps[i].call);
    if (fault) kind = harness::KindOf(*fault);
    replay.Check(i);
    rows_->Add(kind, replay.rows());
  }
}

bool SuiteRun::CompareStep(const Item& item, const observed::EngineRun& run, size_t index,
                           observed::Comparison* comparison) {
  const Step& step = item.sequence.steps[index];
  const auto& result = run.results[index];
  if (result && !result->missing.empty()) {
    const bool world = observed::IsEnvironmentStep(step.call);
    const char* unmet = result->missing == step.call ? "" : ", which the call does not meet";
    Leaves(world ? fmt::format("{} {}{}", LeaveName(Leave::kEnvironment), step.call, unmet)
                 : fmt::format("{} {}", LeaveName(Leave::kMissing), result->missing),
           item, index);
    return false;
  }
  // Steps of the harness have no result.
  if (!result && run.stopped.empty() && (step.call == "async" || step.call == "join")) return true;
  ++steps;
  if (NeverReturns(item, run, index)) {
    ++equal;
    Leaves(LeaveName(Leave::kEndless), item, index + 1);
    return false;
  }
  std::string expected = std::to_string(step.err);
  std::string got = run.stopped.empty() ? "the call was not made" : run.stopped;
  if (result) {
    const auto difference = comparison->Next(step, *result);
    if (!difference) {
      ++equal;
      return true;
    }
    expected = difference->expected;
    got = difference->got;
  }
  deviations.push_back({item.sequence.id, index, step.call, item.clause, expected, got});
  return false;
}

nlohmann::ordered_json ToJson(const SuiteRun& run) {
  nlohmann::ordered_json json;
  json["sequences"] = run.sequences;
  json["complete"] = run.complete;
  json["steps"] = run.steps;
  json["equal"] = run.equal;
  json["left"] = run.left;
  json["deviations"] = nlohmann::ordered_json::array();
  for (const Deviation& deviation : run.deviations) {
    json["deviations"].push_back({{"sequence", deviation.sequence},
                                  {"step", deviation.step},
                                  {"call", deviation.call},
                                  {"clause", deviation.clause},
                                  {"expected", deviation.expected},
                                  {"got", deviation.got}});
  }
  return json;
}

std::string ToText(const Deviation& deviation) {
  return fmt::format("{}, step {} {}: expected {}, got {}", deviation.sequence, deviation.step,
                     deviation.call, deviation.expected, deviation.got);
}

}  // namespace backstop::conformance

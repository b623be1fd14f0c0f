// SPDX-License-Identifier: MIT
#include "sim/harness/recorded_history/judge_history.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <exception>

#include "model/addressing.h"
#include "model/machine/table_text.h"
#include "sim/harness/observed/environment_steps.h"
#include "sim/harness/observed/model_replay.h"
#include "sim/harness/recorded_history/composite_steps.h"
#include "sim/harness/recorded_history/file_numbers.h"
#include "sim/harness/recorded_history/instance_windows.h"
#include "sim/harness/recorded_history/unbound.h"

namespace backstop::recorded {
namespace {

using model::HistoryCall;
using observed::ModelReplay;
using observed::Step;
using observed::Translated;

constexpr std::array<const char*, kHistoryVerdicts> kVerdicts = {
    "explained", "not-explained", "crashed", "not-judged", "unknown"};
constexpr std::array<const char*, 3> kParts = {"setup", "threads", "final"};

/// The number of the thread that makes the calls of the final part.
constexpr uint8_t kFinalThread = 0xfe;

const Step& StepOf(const RecordedHistory& history, size_t call) {
  const size_t threads = history.calls.size();
  return call < threads ? history.calls[call].step : history.final_steps[call - threads];
}

/// The steps of the setup, one after the other. Nothing if the specification explains them all.
std::optional<Culprit> ReplaySetup(const RecordedHistory& history, ModelReplay* replay,
                                   FileNumbers* files) {
  for (size_t index = 0; index < history.setup.steps.size(); ++index) {
    const auto last = replay->state().last_file;
    const observed::ModelVerdict verdict = replay->Check(index);
    for (unsigned slot = 0; slot < model::kInstances; ++slot) {
      const model::FileRef now = replay->state().last_file[slot];
      if (now != last[slot]) files->Opened(history.setup.steps[index], now);
    }
    if (verdict.agrees) continue;
    return Culprit{.part = Part::kSetup, .index = index, .allowed = {}, .words = verdict.expected};
  }
  return std::nullopt;
}

/// Log lists first, because they tell which logs there are, whoever asked for them.
void LearnLogs(const RecordedHistory& history, ModelReplay* replay) {
  const size_t count = history.calls.size() + history.final_steps.size();
  for (size_t call = 0; call < count; ++call) {
    const Step& step = StepOf(history, call);
    if (step.call.starts_with("JetGetLogInfo") && step.err >= 0) replay->Translate(step);
  }
}

/// Turns steps into calls, in the order in which they were invoked.
class Translation {
 public:
  Translation(const RecordedHistory& history, ModelReplay* replay, FileNumbers* files,
              std::vector<HistoryCall>* calls)
      : history_(history), replay_(replay), files_(files), calls_(calls) {}

  /// A reason if a step is no call of the specification.
  std::optional<std::string> Translate() {
    LearnLogs(history_, replay_);
    files_->Learn(history_);
    InstanceWindows windows;
    for (const TimedCall& call : history_.calls) {
      windows.Advance(call.invoked, replay_);
      if (NoSessionIsFree(call.step)) return "the specification counts no further session";
      if (!Add(call)) return Refusal(call.step);
      if (auto unclear = windows.Take(call, calls_->back().call)) return unclear;
    }
    windows.Advance(model::kPending, replay_);
    for (const Step& step : history_.final_steps) {
      if (!Add({kFinalThread, latest_ + 1, latest_ + 2, step})) return Refusal(step);
      windows.Take({kFinalThread, latest_, latest_, step}, calls_->back().call);
      windows.Advance(model::kPending, replay_);
    }
    return std::nullopt;
  }

 private:
  static std::string Refusal(const Step& step) {
    return fmt::format("{} is not one call of the specification", step.call);
  }

  bool NoSessionIsFree(const Step& step) const {
    constexpr auto kAll = static_cast<uint8_t>((1u << model::kSessions) - 1);
    return step.call == "JetBeginSession" && step.err >= 0 &&
           std::ranges::any_of(replay_->state().instances, [](const auto& instance) {
             return (instance.sessions & kAll) == kAll;
           });
  }

  bool Add(const TimedCall& made) {
    std::optional<Translated> translated = replay_->Translate(made.step);
    if (!translated) return false;
    files_->Number(made.step, &*translated);
    if (made.step.Has(kMeets)) {
      translated->call.environment.fault =
          observed::FindFault(made.step.Text(kMeets)).value_or(model::Fault::kNone);
    }
    const uint64_t returned = made.returned.value_or(model::kPending);
    calls_->push_back({.thread = static_cast<uint8_t>(made.thread),
                       .call = translated->call,
                       .outcome = translated->outcome,
                       .invoked = made.invoked,
                       .returned = returned});
    latest_ = std::max(latest_, made.returned.value_or(made.invoked));
    return true;
  }

  const RecordedHistory& history_;
  ModelReplay* replay_;
  FileNumbers* files_;
  std::vector<HistoryCall>* calls_;
  uint64_t latest_ = 0;
};

/// The calls that bind, with the place of each among all calls.
struct Bound {
  std::vector<HistoryCall> calls;
  std::vector<uint32_t> places;
};

/// That a freeze times out is no call of anybody, and may happen or not.
void AddTimeOut(uint8_t snapshot, uint64_t since, Bound* bound) {
  const auto at = std::ranges::upper_bound(bound->calls, since, {}, &HistoryCall::invoked);
  bound->places.insert(bound->places.begin() + (at - bound->calls.begin()), kByItself);
  bound->calls.insert(at, {.call = {.op = model::Op::kFreezeTimesOut, .snapshot = snapshot},
                           .outcome = {},
                           .invoked = since,
                           .returned = model::kPending});
}

Bound Bind(const JudgedHistory& judged) {
  Bound bound;
  for (uint32_t call = 0; call < judged.calls.size(); ++call) {
    if (IsExcused(judged.calls, call)) continue;
    bound.calls.push_back(judged.calls[call]);
    bound.places.push_back(call);
  }
  for (uint8_t snapshot = 0; snapshot < model::kSnapshotSlots; ++snapshot) {
    const auto phase = judged.initial.snapshots[snapshot].phase;
    if (phase == model::SnapshotPhase::kFrozen) AddTimeOut(snapshot, 0, &bound);
  }
  for (const HistoryCall& call : judged.calls) {
    const bool freezes = call.call.op == model::Op::kSnapshotFreeze && call.outcome.err >= 0;
    if (freezes) AddTimeOut(call.call.snapshot, call.invoked, &bound);
  }
  return bound;
}

/// Headers that JetGetDatabaseInfo showed.
model::OutputCheck HeadersFit(const RecordedHistory& history, const Bound& bound) {
  if (!HeadersBind(bound.calls)) return {};
  return [&](uint32_t call, const model::Reaction& reaction, const model::Snapshot& after) {
    const HistoryCall& made = bound.calls[call];
    if (made.call.op != model::Op::kGetDatabaseInfo || reaction.err < 0) return true;
    const unsigned slot = model::SlotOf(after, made.call);
    if (slot == model::kNoSlot) return true;
    const model::Header& header = after.instances[slot].headers[reaction.database];
    return observed::HeaderMismatch(StepOf(history, bound.places[call]), header).empty();
  };
}

/// Whether it is not told what the call listed, or not all of it, as the buffer was too small.
bool ListIsUntold(const Step& step) {
  const bool lists = step.call.starts_with("JetGetAttachInfo") ||
                     step.call.starts_with("JetGetLogInfo") ||
                     step.call.starts_with("JetGetTruncateLogInfo");
  return lists && (!step.out.contains("names") || step.Has("cb") || step.Has("nullbuf"));
}

/// A list that is not told binds nobody to what should be in it; the code does.
model::Pardon PardonUntoldLists(const RecordedHistory& history, const Bound& bound) {
  return [&](uint32_t call, const model::Reaction& reaction) {
    return reaction.err == bound.calls[call].outcome.err &&
           ListIsUntold(StepOf(history, bound.places[call]));
  };
}

/// Puts the places among all calls for those among the calls that bind.
void Renumber(const Bound& bound, model::LinearizeResult* result) {
  for (uint32_t& call : result->order) call = bound.places[call];
  std::erase(result->order, kByItself);
  for (model::OrderedEvent& event : result->events) event.call = bound.places[event.call];
  if (result->culprit) result->culprit = bound.places[*result->culprit];
}

Culprit CulpritOf(const RecordedHistory& history, const model::LinearizeResult& result) {
  const size_t threads = history.calls.size();
  Culprit culprit;
  culprit.part = *result.culprit < threads ? Part::kThreads : Part::kFinal;
  culprit.index = *result.culprit - (*result.culprit < threads ? 0 : threads);
  culprit.allowed = result.allowed;
  return culprit;
}

}  // namespace

const char* VerdictName(HistoryVerdict verdict) { return kVerdicts[static_cast<size_t>(verdict)]; }

const char* PartName(Part part) { return kParts[static_cast<size_t>(part)]; }

HistoryJudge::HistoryJudge(const JudgeOptions& options)
    : options_(options), lifecycle_(*options.dialect) {}

JudgedHistory HistoryJudge::Judge(const RecordedHistory& history) {
  try {
    return JudgeCalls(history);
  } catch (const std::exception& error) {
    // An argument or output that is not of the type it should be.
    JudgedHistory judged;
    judged.reason = fmt::format("a step cannot be understood: {}", error.what());
    return judged;
  }
}

JudgedHistory HistoryJudge::JudgeCalls(const RecordedHistory& history) {
  JudgedHistory judged;
  ModelReplay replay(history.setup, lifecycle_);
  FileNumbers files(*options_.dialect);
  judged.culprit = ReplaySetup(history, &replay, &files);
  if (judged.culprit) {
    judged.verdict = HistoryVerdict::kNotExplained;
    judged.reason = "the setup alone is not what the specification says";
    return judged;
  }
  judged.initial = replay.state();
  const auto untold = Translation(history, &replay, &files, &judged.calls).Translate();
  if (untold) {
    judged.reason = *untold;
    return judged;
  }
  if (options_.dialect->read_bad_handle == model::Follow::kSource) MendSizes(&judged.calls);
  Order(history, &judged);
  if (history.crashed) {
    const bool explained = judged.verdict == HistoryVerdict::kExplained;
    judged.reason = fmt::format("the process died in {}; the calls that had returned are {}",
                                history.crash_call.empty() ? "some call" : history.crash_call,
                                explained ? "explained" : VerdictName(judged.verdict));
    judged.verdict = HistoryVerdict::kCrashed;
  }
  return judged;
}

void HistoryJudge::Order(const RecordedHistory& history, JudgedHistory* judged) {
  const Bound bound = Bind(*judged);
  model::LinearizeOptions options{.max_steps = options_.max_steps,
                                  .want_witness = options_.want_witness,
                                  .dialect = options_.dialect,
                                  .outputs_fit = HeadersFit(history, bound),
                                  .pardons = PardonUntoldLists(history, bound)};
  judged->order = model::Linearizer(options).Check(judged->initial, bound.calls);
  const model::Verdict verdict = judged->order.verdict;
  Renumber(bound, &judged->order);
  if (verdict == model::Verdict::kLinearizable) {
    judged->verdict = HistoryVerdict::kExplained;
    return;
  }
  if (verdict == model::Verdict::kUnknown) {
    judged->reason = fmt::format("no answer after {} steps of the search", judged->order.steps);
    return;
  }
  judged->verdict = HistoryVerdict::kNotExplained;
  judged->reason = "no order of the calls explains the results";
  if (judged->order.culprit) judged->culprit = CulpritOf(history, judged->order);
  const bool one_slot = options_.dialect->read_bad_handle == model::Follow::kSource;
  const auto stale_from = StaleSlotFrom(judged->initial, bound.calls);
  if (!one_slot || !stale_from) return;
  options.want_witness = false;
  options.pardons = [&, untold = options.pardons](uint32_t call, const model::Reaction& reaction) {
    const HistoryCall& made = bound.calls[call];
    return untold(call, reaction) ||
           (made.returned >= *stale_from && ReadsAFreeSlot(made, reaction));
  };
  const auto pardoned = model::Linearizer(options).Check(judged->initial, bound.calls);
  if (pardoned.verdict != model::Verdict::kLinearizable) return;
  judged->verdict = HistoryVerdict::kNotJudged;
  judged->reason = "an order exists only if a read of a stale slot gave what nobody is bound to";
}

}  // namespace backstop::recorded

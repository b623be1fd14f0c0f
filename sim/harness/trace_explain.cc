// SPDX-License-Identifier: MIT
#include "sim/harness/trace_explain.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "sim/harness/replay_edits.h"
#include "sim/harness/schedule.h"
#include "sim/harness/trace_variations.h"

namespace backstop::harness {
namespace {

constexpr unsigned kReach = 12;
/// Drawn schedules for each other form of the program, after the recorded one and its neighbours.
constexpr unsigned kDrawn = 60;
constexpr uint32_t kOtherDraws = 4;
constexpr uint64_t kMostRuns = 20'000;
constexpr uint64_t kSeed = 1;

/// The worse, the less.
enum class Fate : uint8_t { kFails, kFailsOtherwise, kPasses };

class Trial {
 public:
  Trial(Runner& runner, Checker& checker, const Program& program, sched::Strategy& strategy)
      : runner_(runner), checker_(checker), program_(program) {
    RecordTimeline(runner_, checker_, program_, strategy, &result_.failing);
    decisions_ = runner_.scheduler().decisions();
    for (size_t task = 0; task < runner_.scheduler().tasks(); ++task) {
      tasks_.push_back(runner_.scheduler().TaskName(static_cast<sched::TaskId>(task)));
    }
    answers_ = Split(decisions_);
    for (const sched::Decision& decision : decisions_) {
      (decision.is_switch ? switches_ : draws_).push_back(&decision);
    }
    steps_ = static_cast<uint32_t>(runner_.scheduler().steps());
    entries_ = sched::ReplayEntries(runner_.scheduler());
    for (const sched::Decision* decision : switches_) places_.push_back(PointText(decision->at));
  }

  bool fails() const { return result_.failing.violation.has_value(); }

  Explanation Run() {
    FindPass();
    for (const size_t question : Decided(answers_.draws)) {
      if (GoesOn()) VaryDraw(question);
    }
    for (const size_t question : Decided(answers_.switches)) {
      if (GoesOn()) VarySwitch(question);
    }
    const auto decisions = static_cast<std::ptrdiff_t>(result_.parts.size());
    for (const Variation& variation : VariationsOf(program_)) {
      if (GoesOn()) VaryProgram(variation);
    }
    std::rotate(result_.parts.begin(), result_.parts.begin() + decisions, result_.parts.end());
    return std::move(result_);
  }

 private:
  /// A trace that was not shrunk has more parts than can be varied.
  bool GoesOn() {
    result_.complete = result_.runs < kMostRuns;
    return result_.complete;
  }

  std::string PointText(const sched::Point& at) const {
    const std::string kind = sched::PointKindName(at.kind);
    if (at.object == sched::kNoObject) return kind;
    return fmt::format("{} {}", kind, runner_.scheduler().ObjectName(at.object));
  }

  Fate RunOnce(const Program& program, sched::Strategy& strategy) {
    ++result_.runs;
    const RunResult run = runner_.Run(program, strategy);
    if (!run.set_up) return Fate::kFailsOtherwise;
    const auto violation = checker_.Check(run, runner_.scheduler(), nullptr);
    if (!violation) return Fate::kPasses;
    const bool same = violation->signature == result_.failing.violation->signature;
    return same ? Fate::kFails : Fate::kFailsOtherwise;
  }

  Fate RunAnswers(const Program& program, const SplitAnswers& answers) {
    recorded_.SetAnswers(answers);
    return RunOnce(program, recorded_);
  }

  /// Whether some schedule of the program fails in the same way, or at least somehow.
  Fate FateOf(const Program& program) {
    Fate worst = Fate::kPasses;
    const auto fails = [&](Fate fate) {
      worst = std::min(worst, fate);
      return fate == Fate::kFails;
    };
    sched::Replay replay(entries_);
    if (fails(RunOnce(program, replay)) || fails(RunAnswers(program, answers_))) return worst;
    for (const SplitAnswers& neighbour : Neighbours(answers_, kReach / 4)) {
      if (fails(RunAnswers(program, neighbour))) return worst;
    }
    for (uint32_t index = 0; index < kDrawn; ++index) {
      auto& drawn = portfolio_.Prepare(PortfolioSchedule(kSeed, index, steps_));
      if (fails(RunOnce(program, drawn))) return worst;
    }
    return worst;
  }

  static void Note(Fate fate, const std::string& value, ExplainedPart* part) {
    const char* how = fate == Fate::kFailsOtherwise ? " (fails otherwise)" : "";
    (fate == Fate::kFails ? part->stays : part->goes).push_back(value + how);
  }

  void VaryProgram(const Variation& variation) {
    ExplainedPart part{variation.place, variation.what, {}, {}};
    for (const Variant& variant : variation.variants) {
      Note(FateOf(variant.program), variant.value, &part);
    }
    result_.parts.push_back(std::move(part));
  }

  const std::string& Chosen(const sched::Decision& decision) const {
    return tasks_[std::min<size_t>(decision.answer, tasks_.size() - 1)];
  }
  std::string SwitchText(size_t question) const {
    const sched::Decision& decision = *switches_[question];
    if (decision.task == sched::kNoTask) return fmt::format("{} goes first", Chosen(decision));
    return fmt::format("the switch to {} before {}", Chosen(decision), places_[question]);
  }
  static std::string DrawText(const sched::Decision& decision, uint32_t answer) {
    return fmt::format("{} {}", decision.label, answer);
  }
  std::string PlaceOf(const sched::Decision& decision) const {
    if (decision.task == sched::kNoTask) return "schedule";
    return fmt::format("{} call {}", tasks_[decision.task], decision.mark);
  }

  void Note(const SplitAnswers& answers, const std::string& value, ExplainedPart* part) {
    Note(RunAnswers(program_, answers), value, part);
  }

  void VarySwitch(size_t question) {
    ExplainedPart part{PlaceOf(*switches_[question]), SwitchText(question), {}, {}};
    Note(WithoutSwitch(question), kWithoutIt, &part);
    for (const int wanted : {1, -1, 2, -2}) {
      int by = wanted;
      const SplitAnswers moved = MovedSwitch(question, &by);
      if (by == wanted) Note(moved, Points(by), &part);
    }
    result_.parts.push_back(std::move(part));
  }

  /// The number of a draw says which of the faults comes: others are as good.
  void VaryDraw(size_t question) {
    const sched::Decision& decision = *draws_[question];
    ExplainedPart part{PlaceOf(decision), DrawText(decision, decision.answer), {}, {}};
    Note(WithoutDraw(question), kWithoutIt, &part);
    for (uint32_t more = 1; more <= std::min(kOtherDraws, decision.options - 1); ++more) {
      SplitAnswers other = answers_;
      other.draws[question] = (decision.answer + more) % decision.options;
      if (other.draws[question] == 0) continue;
      Note(other, DrawText(decision, other.draws[question]), &part);
    }
    result_.parts.push_back(std::move(part));
  }

  SplitAnswers WithoutSwitch(size_t question) const {
    return {Without(answers_.switches, question), answers_.draws};
  }
  SplitAnswers WithoutDraw(size_t question) const {
    return {answers_.switches, Without(answers_.draws, question)};
  }
  SplitAnswers MovedSwitch(size_t question, int* by) const {
    return {Moved(answers_.switches, question, by), answers_.draws};
  }

  static std::string Points(int by) {
    return fmt::format("{} point{} {}", std::abs(by), std::abs(by) == 1 ? "" : "s",
                       by > 0 ? "later" : "earlier");
  }

  /// Of the schedules with one switch moved as little as possible the first that passes, the last
  /// switch first; else one without a switch, or without a fault.
  void FindPass() {
    std::vector<size_t> decided = Decided(answers_.switches);
    std::ranges::reverse(decided);
    for (int distance = 1; distance <= static_cast<int>(kReach); ++distance) {
      for (const size_t question : decided) {
        for (const int wanted : {distance, -distance}) {
          int by = wanted;
          const SplitAnswers moved = MovedSwitch(question, &by);
          if (by != wanted) continue;
          if (Pass(moved, SwitchText(question) + " is made " + Points(by))) return;
        }
      }
    }
    for (const size_t question : decided) {
      if (Pass(WithoutSwitch(question), SwitchText(question) + " is not made")) return;
    }
    for (const size_t question : Decided(answers_.draws)) {
      if (PassWithOtherDraw(question)) return;
    }
  }

  bool PassWithOtherDraw(size_t question) {
    const sched::Decision& decision = *draws_[question];
    const std::string fault = DrawText(decision, decision.answer);
    for (uint32_t more = 1; more <= std::min(kDrawn, decision.options - 1); ++more) {
      SplitAnswers other = answers_;
      other.draws[question] = (decision.answer + more) % decision.options;
      const std::string text = DrawText(decision, other.draws[question]);
      if (other.draws[question] != 0 && Pass(other, text + " comes in place of " + fault)) {
        return true;
      }
    }
    return Pass(WithoutDraw(question), fault + " does not come");
  }

  bool Pass(const SplitAnswers& answers, const std::string& change) {
    if (RunAnswers(program_, answers) != Fate::kPasses) return false;
    NearestPass pass{.change = change, .timeline = {}};
    recorded_.SetAnswers(answers);
    RecordTimeline(runner_, checker_, program_, recorded_, &pass.timeline);
    result_.passing = std::move(pass);
    return true;
  }

  Runner& runner_;
  Checker& checker_;
  const Program& program_;
  Explanation result_;
  std::vector<sched::Decision> decisions_;
  std::vector<const sched::Decision*> switches_;  ///< by the question that it answers
  std::vector<const sched::Decision*> draws_;
  std::vector<std::string> tasks_;
  std::vector<std::string> places_;  ///< of the switches
  SplitAnswers answers_;
  std::vector<sched::ReplayEntry> entries_;
  uint32_t steps_ = 0;
  SplitRecorded recorded_;
  Portfolio portfolio_;
};

}  // namespace

std::optional<Explanation> Explain(Runner& runner, Checker& checker, const Program& program,
                                   sched::Strategy& strategy) {
  Trial trial(runner, checker, program, strategy);
  if (!trial.fails()) return std::nullopt;
  return trial.Run();
}

}  // namespace backstop::harness

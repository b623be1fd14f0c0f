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
constexpr uint64_t kSeed = 1;

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
    answers_ = sched::NormalForm(decisions_);
    steps_ = static_cast<uint32_t>(runner_.scheduler().steps());
    entries_ = sched::ReplayEntries(runner_.scheduler());
    places_ = Places();
  }

  bool fails() const { return result_.failing.violation.has_value(); }

  Explanation Run() {
    for (const Variation& variation : VariationsOf(program_)) VaryProgram(variation);
    for (const size_t question : Decided(answers_)) VaryDecision(question);
    FindPass();
    return std::move(result_);
  }

 private:
  /// Where each question was asked, in words.
  std::vector<std::string> Places() const {
    std::vector<std::string> places;
    for (const sched::Decision& decision : decisions_) {
      const std::string object = decision.at.object == sched::kNoObject
                                     ? ""
                                     : runner_.scheduler().ObjectName(decision.at.object);
      const std::string point = fmt::format("{}{}{}", sched::PointKindName(decision.at.kind),
                                            object.empty() ? "" : " ", object);
      places.push_back(decision.is_switch ? point : decision.label);
    }
    return places;
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

  Fate RunAnswers(const Program& program, const sched::Answers& answers) {
    recorded_.SetAnswers(answers);
    return RunOnce(program, recorded_);
  }

  /// Whether some schedule of the program fails in the same way.
  bool StillFails(const Program& program) {
    sched::Replay replay(entries_);
    if (RunOnce(program, replay) == Fate::kFails) return true;
    if (RunAnswers(program, answers_) == Fate::kFails) return true;
    for (const Edit& edit : Neighbours(answers_, kReach / 4)) {
      if (RunAnswers(program, edit.answers) == Fate::kFails) return true;
    }
    for (uint32_t index = 0; index < kDrawn; ++index) {
      auto& drawn = portfolio_.Prepare(PortfolioSchedule(kSeed, index, steps_));
      if (RunOnce(program, drawn) == Fate::kFails) return true;
    }
    return false;
  }

  void VaryProgram(const Variation& variation) {
    ExplainedPart part{variation.place, variation.what, {}, {}};
    for (const Variant& variant : variation.variants) {
      (StillFails(variant.program) ? part.stays : part.goes).push_back(variant.value);
    }
    result_.parts.push_back(std::move(part));
  }

  std::string NameOf(size_t question) const {
    const sched::Decision& decision = decisions_[question];
    if (!decision.is_switch) return fmt::format("{} = {}", decision.label, decision.answer);
    if (decision.task == sched::kNoTask) return fmt::format("{} goes first", Chosen(question));
    return fmt::format("the switch to {} before {}", Chosen(question), places_[question]);
  }
  std::string Chosen(size_t question) const {
    return tasks_[std::min<size_t>(decisions_[question].answer, tasks_.size() - 1)];
  }
  std::string PlaceOf(size_t question) const {
    const sched::Decision& decision = decisions_[question];
    if (decision.task == sched::kNoTask) return "schedule";
    return fmt::format("{} call {}", tasks_[decision.task], decision.mark);
  }

  void VaryDecision(size_t question) {
    ExplainedPart part{PlaceOf(question), NameOf(question), {}, {}};
    const auto note = [&](const Edit& edit, const std::string& value) {
      const bool stays = RunAnswers(program_, edit.answers) == Fate::kFails;
      (stays ? part.stays : part.goes).push_back(value);
    };
    note(Without(answers_, question), kWithoutIt);
    for (const int by : {1, -1, 2, -2}) {
      const Edit edit = Moved(answers_, question, by);
      if (edit.moved == by) note(edit, Points(by));
    }
    result_.parts.push_back(std::move(part));
  }

  static std::string Points(int by) {
    return fmt::format("{} point{} {}", std::abs(by), std::abs(by) == 1 ? "" : "s",
                       by > 0 ? "later" : "earlier");
  }

  /// Of the schedules with one decision moved as little as possible the first that passes, the last
  /// decision first; else one without a decision.
  void FindPass() {
    std::vector<size_t> decided = Decided(answers_);
    std::ranges::reverse(decided);
    for (int by = 1; by <= static_cast<int>(kReach); ++by) {
      for (const size_t question : decided) {
        for (const int moved : {by, -by}) {
          const Edit edit = Moved(answers_, question, moved);
          if (edit.moved == moved && Pass(edit, " is made " + Points(moved))) return;
        }
      }
    }
    for (const size_t question : decided) {
      if (Pass(Without(answers_, question), " is not made")) return;
    }
  }

  bool Pass(const Edit& edit, const std::string& change) {
    if (RunAnswers(program_, edit.answers) != Fate::kPasses) return false;
    NearestPass pass{.change = NameOf(edit.question) + change, .timeline = {}};
    recorded_.SetAnswers(edit.answers);
    RecordTimeline(runner_, checker_, program_, recorded_, &pass.timeline);
    result_.passing = std::move(pass);
    return true;
  }

  Runner& runner_;
  Checker& checker_;
  const Program& program_;
  Explanation result_;
  std::vector<sched::Decision> decisions_;
  std::vector<std::string> tasks_;
  std::vector<std::string> places_;
  sched::Answers answers_;
  std::vector<sched::ReplayEntry> entries_;
  uint32_t steps_ = 0;
  sched::Recorded recorded_;
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

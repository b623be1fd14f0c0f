// SPDX-License-Identifier: MIT
#include "sim/harness/shrink.h"

#include <algorithm>
#include <vector>

#include "sim/harness/minimum/trace_length.h"
#include "sim/harness/schedule.h"
#include "sim/harness/shrink_programs.h"

namespace backstop::harness {
namespace {

/// Whether two failures may be told as one: the same law is broken, or the same call had the same
/// wrong result and another law says so.
bool AreKin(const Violation& a, const Violation& b) {
  const auto result = [](const Violation& violation) {
    const size_t blank = violation.signature.find(' ');
    return blank == std::string::npos ? std::string() : violation.signature.substr(blank);
  };
  return a.rule == b.rule || (!result(a).empty() && result(a) == result(b));
}

/// A run after which the engine is started again costs as much as many others.
unsigned Affordable(const Program& program, unsigned runs) {
  constexpr unsigned kRestartCosts = 10;
  return program.faults == Faults::kHeavy ? runs / kRestartCosts : runs;
}

/// Looks for runs that fail in the same way as a given one.
class Search {
 public:
  enum class Likeness : uint8_t { kSame, kKin };

  Search(Runner& runner, Checker& checker, Violation failure, const ShrinkOptions& options)
      : runner_(runner), checker_(checker), failure_(std::move(failure)), options_(options) {}

  /// What a failure has to be like from now on.
  void LookFor(const Violation& failure) { failure_ = failure; }

  std::optional<FailingRun> Try(const Program& program, sched::Strategy& strategy,
                                Likeness likeness = Likeness::kSame) {
    ++runs_;
    const RunResult run = runner_.Run(program, strategy);
    steps_ = static_cast<uint32_t>(run.steps);
    if (!run.set_up) return std::nullopt;
    std::optional<Violation> violation = checker_.Check(run, runner_.scheduler(), nullptr);
    if (!violation) return std::nullopt;
    const bool same = violation->signature == failure_.signature;
    const bool kin = likeness == Likeness::kKin && AreKin(*violation, failure_);
    if (!same && !kin) return std::nullopt;
    return FailingRun{program, sched::NormalForm(runner_.scheduler().decisions()), *violation};
  }

  std::optional<FailingRun> TryAnswers(const Program& program, sched::Answers answers) {
    recorded_.SetAnswers(std::move(answers));
    return Try(program, recorded_);
  }

  /// The old answers first, then no switches at all, then fresh schedules.
  std::optional<FailingRun> TryProgram(const FailingRun& old, const Program& program) {
    if (auto found = TryAnswers(program, old.answers)) return found;
    if (auto found = TryAnswers(program, {})) return found;
    for (unsigned i = 0; i < Affordable(program, options_.schedules_per_program); ++i) {
      sched::Strategy& strategy = portfolio_.Prepare(PortfolioSchedule(options_.seed, i, steps_));
      if (auto found = Try(program, strategy)) return found;
    }
    return std::nullopt;
  }

  /// Every run of the program with at most so many deviations, those with few first, as far as the
  /// bound on runs goes.
  std::optional<FailingRun> TryShort(const Program& program, size_t deviations, Likeness likeness) {
    const uint64_t last = runs_ + Affordable(program, options_.runs_per_program);
    for (size_t bound = 0; bound <= deviations; ++bound) {
      sched::FewDeviations few(bound);
      bool leaf = bound == 0;
      do {
        auto found = Try(program, few.strategy(), likeness);
        if (found && leaf) return found;
        if (runs_ >= last) return std::nullopt;
        if (!few.Next(runner_.scheduler())) break;
        leaf = few.deviations() == bound;
      } while (true);
    }
    return std::nullopt;
  }

  uint64_t runs() const { return runs_; }

 private:
  Runner& runner_;
  Checker& checker_;
  Violation failure_;
  const ShrinkOptions& options_;
  sched::Recorded recorded_;
  Portfolio portfolio_;
  uint32_t steps_ = 100;
  uint64_t runs_ = 0;
};

/// Takes switches and faults away from the schedule, in chunks and then one by one.
void ShrinkAnswers(Search& search, FailingRun* best) {
  for (bool progress = true; progress;) {
    progress = false;
    const size_t size = best->answers.size();
    for (size_t chunk = std::max<size_t>(size / 2, 1); chunk >= 1; chunk /= 2) {
      for (size_t start = 0; start < best->answers.size(); start += chunk) {
        sched::Answers candidate = best->answers;
        const size_t end = std::min(start + chunk, candidate.size());
        std::fill(candidate.begin() + static_cast<std::ptrdiff_t>(start),
                  candidate.begin() + static_cast<std::ptrdiff_t>(end), 0);
        if (candidate == best->answers) continue;
        auto found = search.TryAnswers(best->program, std::move(candidate));
        if (!found || sched::Deviations(found->answers) >= sched::Deviations(best->answers))
          continue;
        *best = std::move(*found);
        progress = true;
      }
    }
  }
}

class Shrinker {
 public:
  Shrinker(Runner& runner, Checker& checker, const FailingRun& failing,
           const ShrinkOptions& options)
      : search_(runner, checker, failing.violation, options),
        options_(options),
        result_{.run = failing} {}

  ShrinkResult Run() {
    while (TakePrograms()) {
    }
    ShrinkAnswers(search_, &result_.run);
    while (TakeFewerDeviations() || TakeNeighbour() || TakeAsShort()) {
    }
    result_.runs = search_.runs();
    return std::move(result_);
  }

 private:
  bool Stopped() const {
    return result_.programs_tried >= options_.max_programs || (options_.stop && options_.stop());
  }
  bool Take(std::optional<FailingRun> found) {
    if (!found) return false;
    result_.run = std::move(*found);
    search_.LookFor(result_.run.violation);
    return true;
  }
  size_t Length() const { return TraceLength(result_.run.program, result_.run.answers); }

  // Each of these takes the first better run, and says false if there is none.

  /// A simpler program, whatever its schedule.
  bool TakePrograms() {
    auto simpler = ProgramShrinks(result_.run.program);
    while (!Stopped()) {
      const auto program = simpler.next();
      if (!program) return false;
      ++result_.programs_tried;
      if (Take(search_.TryProgram(result_.run, *program))) return true;
    }
    return false;
  }

  bool TakeFewerDeviations() {
    const size_t deviations = sched::Deviations(result_.run.answers);
    if (deviations == 0 || Stopped()) return false;
    return Take(search_.TryShort(result_.run.program, deviations - 1, Search::Likeness::kKin));
  }

  /// A shorter run of some of the calls, maybe from elsewhere.
  bool TakeNeighbour() {
    const size_t length = Length();
    for (const Program& program : Neighbours(result_.run.program, length - 1)) {
      if (Stopped()) return false;
      ++result_.programs_tried;
      const size_t deviations = length - 1 - program.CallCount();
      if (Take(search_.TryShort(program, deviations, Search::Likeness::kKin))) return true;
    }
    return false;
  }

  /// A simpler program that is no longer.
  bool TakeAsShort() {
    auto simpler = ProgramShrinks(result_.run.program);
    while (!Stopped()) {
      const auto program = simpler.next();
      if (!program) return false;
      ++result_.programs_tried;
      const size_t deviations = Length() - program->CallCount();
      if (Take(search_.TryShort(*program, deviations, Search::Likeness::kSame))) return true;
    }
    return false;
  }

  Search search_;
  const ShrinkOptions& options_;
  ShrinkResult result_;
};

}  // namespace

ShrinkResult Shrink(Runner& runner, Checker& checker, const FailingRun& failing,
                    const ShrinkOptions& options) {
  return Shrinker(runner, checker, failing, options).Run();
}

}  // namespace backstop::harness

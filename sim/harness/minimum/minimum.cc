// SPDX-License-Identifier: MIT
#include "sim/harness/minimum/minimum.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "sim/harness/minimum/alphabet.h"

namespace backstop::harness {
namespace {

using model::Op;

/// Programs with more calls are too many.
constexpr size_t kMaxCalls = 3;
/// So many of the ways in which the power can fail are tried.
constexpr uint32_t kPowerCuts = 64;

/// How many calls each of at most two threads makes.
struct Shape {
  size_t first = 0, second = 0;
  size_t calls() const { return first + second; }
  bool alone() const { return second == 0; }
};

/// What a shape is filled with.
struct Filling {
  Alphabet setups, calls;
};

/// One call gets everything; two in a row get all setups or all arguments; the rest plain ones.
std::vector<Filling> FillingsFor(const Shape& shape, size_t deviations) {
  constexpr Alphabet kPlain = Alphabet::kPlain;
  constexpr Alphabet kFull = Alphabet::kFull;
  if (shape.calls() == 1) return {{kFull, kFull}};
  if (shape.calls() == 2 && shape.alone() && deviations == 0) {
    return {{kPlain, kFull}, {kFull, kPlain}};
  }
  return {{kPlain, kPlain}};
}

bool IsData(Op op) { return op >= Op::kBeginTransaction; }

/// A power cut shows nothing where no thread changes data.
bool CanLose(const Program& program) {
  if (program.setup.settings == Settings::kNoRecovery) return false;
  return std::ranges::any_of(program.threads, [](const auto& thread) {
    return std::ranges::any_of(thread, [](const ProgramCall& call) { return IsData(call.op); });
  });
}

class Search {
 public:
  Search(Runner& runner, Checker& checker, const MinimumOptions& options)
      : runner_(runner), checker_(checker), options_(options) {}

  MinimumResult Run() {
    for (size_t length = 1; length <= options_.max_length; ++length) {
      if (!TryLength(length)) return std::move(result_);
      result_.complete_to = length;
    }
    return std::move(result_);
  }

 private:
  /// These say false when the search is over.
  bool TryLength(size_t length) {
    for (size_t calls = 1; calls <= std::min(length, kMaxCalls); ++calls) {
      for (size_t first = calls; first > 0; --first) {
        if (!TryShape({first, calls - first}, length - calls)) return false;
      }
    }
    return true;
  }

  bool TryShape(const Shape& shape, size_t deviations) {
    const auto fillings = FillingsFor(shape, deviations);
    return std::ranges::all_of(
        fillings, [&](const Filling& filling) { return TryFilling(shape, filling, deviations); });
  }

  bool TryFilling(const Shape& shape, const Filling& filling, size_t deviations) {
    for (const Setup& setup : AllSetups(filling.setups)) {
      const std::vector<ProgramCall> calls = AllCalls(filling.calls, setup, shape.alone());
      Program program{.setup = setup, .threads = {}};
      program.threads.emplace_back(shape.first);
      if (!shape.alone()) program.threads.emplace_back(shape.second);
      std::vector<ProgramCall*> places;
      for (auto& thread : program.threads) {
        for (ProgramCall& call : thread) places.push_back(&call);
      }
      if (!Fill(program, calls, places, 0, deviations)) return false;
    }
    return true;
  }

  bool Fill(Program& program, const std::vector<ProgramCall>& calls,
            const std::vector<ProgramCall*>& places, size_t place, size_t deviations) {
    if (place == places.size()) return !IsMeaningful(program) || TryProgram(program, deviations);
    for (const ProgramCall& call : calls) {
      *places[place] = call;
      if (!Fill(program, calls, places, place + 1, deviations)) return false;
    }
    return true;
  }

  bool TryProgram(Program& program, size_t deviations) {
    ++result_.programs;
    program.faults = Faults::kNone;
    const bool reads = program.Uses(Op::kReadFile);
    if (deviations > 0 && options_.faults >= Faults::kLight && reads) {
      program.faults = Faults::kLight;
    }
    if (!TryRuns(program, deviations)) return false;
    if (deviations == 0 || options_.faults < Faults::kHeavy || !CanLose(program)) return true;
    program.faults = Faults::kHeavy;
    return TryRuns(program, deviations);
  }

  /// The runs with so many deviations; those with fewer have been made for a shorter length.
  bool TryRuns(const Program& program, size_t deviations) {
    sched::FewDeviations runs(deviations, kPowerCuts);
    do {
      if (options_.stop && options_.stop()) return false;
      ++result_.runs;
      const bool leaf = runs.deviations() == deviations;
      const RunResult run = runner_.Run(program, runs.strategy());
      if (!run.set_up) {
        result_.set_up = false;
        return false;
      }
      if (leaf && !Passes(program, run)) return false;
    } while (runs.Next(runner_.scheduler()));
    result_.sampled = result_.sampled || runs.sampled();
    return true;
  }

  bool Passes(const Program& program, const RunResult& run) {
    const auto violation = checker_.Check(run, runner_.scheduler(), nullptr);
    if (!violation || (!options_.rule.empty() && violation->rule != options_.rule)) return true;
    result_.run =
        FailingRun{program, sched::NormalForm(runner_.scheduler().decisions()), *violation};
    return false;
  }

  Runner& runner_;
  Checker& checker_;
  const MinimumOptions& options_;
  MinimumResult result_;
};

}  // namespace

MinimumResult FindMinimum(Runner& runner, Checker& checker, const MinimumOptions& options) {
  return Search(runner, checker, options).Run();
}

std::string SearchedSpace() {
  return "one call with every argument of drawn programs from every setup; two calls in a row with "
         "either; one to three calls in one or two threads with plain arguments from every "
         "starting "
         "situation";
}

}  // namespace backstop::harness

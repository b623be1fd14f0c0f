// SPDX-License-Identifier: MIT
#include "sim/harness/shrink.h"

#include <rapidcheck.h>

#include <algorithm>
#include <vector>

#include "sim/harness/schedule.h"

namespace backstop::harness {
namespace {

/// Simpler forms of one call, the simplest first.
std::vector<ProgramCall> CallShrinks(const ProgramCall& call) {
  std::vector<ProgramCall> simpler;
  ProgramCall plain;
  plain.op = call.op;
  plain.grbit = call.grbit;
  plain.pages = call.pages;
  // A program makes each of its instances at most once.
  const bool makes = call.op == model::Op::kCreateInstance;
  if (makes) plain.instance = call.instance;
  const auto offer = [&](const auto& change) {
    ProgramCall changed = call;
    change(changed);
    const bool known = std::find(simpler.begin(), simpler.end(), changed) != simpler.end();
    if (changed != call && !known) simpler.push_back(changed);
  };
  offer([&](ProgramCall& it) { it = plain; });
  offer([](ProgramCall& it) { it.legacy = false; });
  if (!makes) offer([](ProgramCall& it) { it.instance = model::InstanceRef::kFirst; });
  offer([](ProgramCall& it) { it.misaligned = it.odd_size = false; });
  offer([](ProgramCall& it) { it.database = it.log = 0; });
  offer([](ProgramCall& it) { it.file = FileArg::kLatest; });
  offer([](ProgramCall& it) { it.grbit = 0; });
  offer([](ProgramCall& it) { it.row = RowArg::kInsert; });
  if (call.pages > 4) offer([](ProgramCall& it) { it.pages = 4; });
  return simpler;
}

void OfferSetups(const Program& program, std::vector<Program>* simpler) {
  const auto offer = [&](Setup setup) {
    if (setup == program.setup) return;
    simpler->push_back(program);
    simpler->back().setup = setup;
  };
  Setup setup = program.setup;
  setup.one_instance = false;
  offer(setup);
  setup = program.setup;
  setup.settings = Settings::kDefault;
  offer(setup);
  // A later start may save calls; an earlier one makes a shorter story.
  for (const Start start : {Start::kFileOpen, Start::kBegun, Start::kReady}) {
    setup = program.setup;
    if (start >= setup.start) continue;
    setup.start = start;
    offer(setup);
  }
  if (program.faults != Faults::kNone) {
    simpler->push_back(program);
    simpler->back().faults = Faults::kNone;
  }
}

void OfferFewerThreads(const Program& program, std::vector<Program>* simpler) {
  for (size_t i = 0; program.threads.size() > 1 && i < program.threads.size(); ++i) {
    simpler->push_back(program);
    auto& threads = simpler->back().threads;
    threads.erase(threads.begin() + static_cast<std::ptrdiff_t>(i));
  }
}

void OfferMergedThreads(const Program& program, std::vector<Program>* simpler) {
  for (size_t i = 1; i < program.threads.size(); ++i) {
    Program merged = program;
    auto& into = merged.threads[i - 1];
    const auto& from = program.threads[i];
    into.insert(into.end(), from.begin(), from.end());
    merged.threads.erase(merged.threads.begin() + static_cast<std::ptrdiff_t>(i));
    simpler->push_back(std::move(merged));
  }
}

void OfferFewerCalls(const Program& program, std::vector<Program>* simpler) {
  for (size_t i = 0; i < program.threads.size(); ++i) {
    auto shorter = rc::shrink::removeChunks(program.threads[i]);
    while (auto thread = shorter.next()) {
      if (thread->empty()) continue;  // the whole thread has been offered already
      simpler->push_back(program);
      simpler->back().threads[i] = std::move(*thread);
    }
  }
}

void OfferSimplerCalls(const Program& program, std::vector<Program>* simpler) {
  for (size_t i = 0; i < program.threads.size(); ++i) {
    for (size_t j = 0; j < program.threads[i].size(); ++j) {
      for (const ProgramCall& call : CallShrinks(program.threads[i][j])) {
        simpler->push_back(program);
        simpler->back().threads[i][j] = call;
      }
    }
  }
}

/// Looks for runs that fail in the same way as a given one.
class Search {
 public:
  Search(Runner& runner, Checker& checker, std::string signature, const ShrinkOptions& options)
      : runner_(runner), checker_(checker), signature_(std::move(signature)), options_(options) {}

  std::optional<FailingRun> Try(const Program& program, sched::Strategy& strategy) {
    ++runs_;
    const RunResult run = runner_.Run(program, strategy);
    steps_ = static_cast<uint32_t>(run.steps);
    if (!run.set_up) return std::nullopt;
    std::optional<Violation> violation = checker_.Check(run, runner_.scheduler(), nullptr);
    if (!violation || violation->signature != signature_) return std::nullopt;
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
    for (unsigned i = 0; i < options_.schedules_per_program; ++i) {
      sched::Strategy& strategy = portfolio_.Prepare(PortfolioSchedule(options_.seed, i, steps_));
      if (auto found = Try(program, strategy)) return found;
    }
    return std::nullopt;
  }

  uint64_t runs() const { return runs_; }

 private:
  Runner& runner_;
  Checker& checker_;
  const std::string signature_;
  const ShrinkOptions& options_;
  sched::Recorded recorded_;
  Portfolio portfolio_;
  uint32_t steps_ = 100;
  uint64_t runs_ = 0;
};

size_t NonZero(const sched::Answers& answers) {
  return answers.size() - static_cast<size_t>(std::count(answers.begin(), answers.end(),
                                                         sched::Answers::value_type{}));
}

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
        if (!found || NonZero(found->answers) >= NonZero(best->answers)) continue;
        *best = std::move(*found);
        progress = true;
      }
    }
  }
}

}  // namespace

rc::Seq<Program> ProgramShrinks(const Program& program) {
  std::vector<Program> simpler;
  OfferFewerThreads(program, &simpler);
  OfferFewerCalls(program, &simpler);
  OfferMergedThreads(program, &simpler);
  OfferSetups(program, &simpler);
  OfferSimplerCalls(program, &simpler);
  return rc::seq::fromContainer(std::move(simpler));
}

ShrinkResult Shrink(Runner& runner, Checker& checker, const FailingRun& failing,
                    const ShrinkOptions& options) {
  Search search(runner, checker, failing.violation.signature, options);
  ShrinkResult result{.run = failing};
  const auto stopped = [&] {
    return result.programs_tried >= options.max_programs || (options.stop && options.stop());
  };
  for (bool progress = true; progress && !stopped();) {
    progress = false;
    auto simpler = ProgramShrinks(result.run.program);
    while (!stopped()) {
      const auto program = simpler.next();
      if (!program) break;
      ++result.programs_tried;
      auto found = search.TryProgram(result.run, *program);
      if (!found) continue;
      result.run = std::move(*found);
      progress = true;
      break;
    }
  }
  ShrinkAnswers(search, &result.run);
  result.runs = search.runs();
  return result;
}

}  // namespace backstop::harness

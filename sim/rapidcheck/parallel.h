// SPDX-License-Identifier: MIT
// Deterministic parallel state-machine tests for RapidCheck: a prefix, then branches beside each
// other under all schedules or random ones; the results must be those of some order of the calls.
// The class under test uses the shims of sim/scheduler/shims.h. Memory is sequentially consistent.
#pragma once

#include <rapidcheck.h>

#include <functional>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "sim/rapidcheck/command.h"
#include "sim/rapidcheck/schedule_search.h"
#include "sim/rapidcheck/timeline.h"
#include "sim/scheduler/shims.h"

namespace backstop::parallel {

struct ParallelOptions {
  unsigned branches = 2;
  unsigned max_prefix = 4;
  unsigned max_calls = 3;  ///< of a branch
  SearchOptions search;
};

/// Runs one program under many schedules. `C` is a Command<Model, Sut, Result>.
template <class C>
class ParallelTest {
 public:
  using Model = typename C::ModelType;
  using Sut = typename C::SutType;
  using Result = typename C::ResultType;
  using MakeSut = std::function<std::unique_ptr<Sut>()>;

  ParallelTest(Model initial, MakeSut make, SearchOptions options)
      : initial_(std::move(initial)), make_(std::move(make)), search_(options) {}

  /// What goes wrong and how, with a timeline; nothing if no schedule that was tried fails.
  std::optional<std::string> Failure(const ParallelProgram<C>& program) {
    program_ = &program;
    const Subject subject{
        .run = [this](sched::Scheduler& s, sched::Strategy& by) { return Run(s, by); },
        .times = [this] { return times_; },
        .judge = [this](const CallTimes& times) { return Judge(times); }};
    const auto found = search_.Find(subject);
    if (!found) return std::nullopt;
    return Explain(subject, *found);
  }

  /// Whether the last Failure made every run that there is, up to swaps of steps that commute.
  bool complete() const { return search_.complete(); }

 private:
  using Position = std::vector<size_t>;

  sched::RunStatus Run(sched::Scheduler& scheduler, sched::Strategy& strategy) {
    sut_.reset();
    scheduler.Reset();
    const sched::UseScheduler use(scheduler);
    sut_ = make_();
    results_.assign(program_->branches.size(), {});
    times_.assign(program_->branches.size(), {});
    said_.clear();
    error_.clear();
    clock_ = 0;
    prefix_results_.clear();
    for (const auto& call : program_->prefix) prefix_results_.push_back(call->run(*sut_));
    for (unsigned i = 0; i < program_->branches.size(); ++i) {
      scheduler.Spawn("branch " + std::to_string(i), [this, &scheduler, i] {
        for (const auto& call : program_->branches[i]) Make(scheduler, i, *call);
      });
    }
    const sched::RunStatus status = scheduler.Run(strategy);
    // What unfinished branches still refer to must not go away.
    if (status != sched::RunStatus::kCompleted) static_cast<void>(sut_.release());
    return status;
  }

  void Make(sched::Scheduler& scheduler, unsigned branch, const C& call) {
    scheduler.At(sched::PointKind::kInvoke);
    scheduler.BeginCall();
    times_[branch].push_back({.invoked = ++clock_, .returned = ~0u});
    said_.push_back({branch, TextOf(call)});
    try {
      results_[branch].push_back(call.run(*sut_));
    } catch (const std::exception& error) {
      error_ = TextOf(call) + " threw " + error.what();
      return;
    }
    std::ostringstream result;
    rc::show(results_[branch].back(), result);
    said_.push_back({branch, "  = " + result.str()});
    scheduler.EndCall();
    times_[branch].back().returned = ++clock_;
  }

  std::string Judge(const CallTimes& times) const {
    if (!error_.empty()) return error_;
    Model model = initial_;
    for (size_t i = 0; i < prefix_results_.size(); ++i) {
      if (program_->prefix[i]->apply(model) != prefix_results_[i]) return "the prefix goes wrong";
    }
    Position at(times.size());
    return IsLinearizable(times, at, model) ? "" : "not linearizable";
  }

  /// Whether the calls from `at` on have an order that explains their results.
  bool IsLinearizable(const CallTimes& times, Position& at, const Model& model) const {
    bool done = true;
    for (size_t i = 0; i < at.size(); ++i) {
      if (at[i] == results_[i].size()) continue;
      done = false;
      if (!MayComeNext(times, at, i)) continue;
      Model next = model;
      if (program_->branches[i][at[i]]->apply(next) != results_[i][at[i]]) continue;
      ++at[i];
      const bool explained = IsLinearizable(times, at, next);
      --at[i];
      if (explained) return true;
    }
    return done;
  }

  /// Whether no other open call had returned before this one began.
  static bool MayComeNext(const CallTimes& times, const Position& at, size_t branch) {
    for (size_t i = 0; i < at.size(); ++i) {
      if (i == branch || at[i] == times[i].size()) continue;
      if (times[i][at[i]].returned < times[branch][at[branch]].invoked) return false;
    }
    return true;
  }

  std::string Explain(const Subject& subject, const FoundSchedule& found) {
    sched::Recorded recorded(found.answers);
    NoteSwitches strategy(recorded, said_);
    search_.Rerun(subject, strategy);
    std::ostringstream text;
    text << found.why << ", after " << found.runs << " runs\nprefix:";
    for (size_t i = 0; i < program_->prefix.size(); ++i) {
      text << " " << TextOf(*program_->prefix[i]);
    }
    text << "\n" << RenderColumns(said_, static_cast<unsigned>(program_->branches.size()));
    return text.str();
  }

  const Model initial_;
  const MakeSut make_;
  ScheduleSearch search_;

  // The run that is going on, or was last.
  const ParallelProgram<C>* program_ = nullptr;
  std::unique_ptr<Sut> sut_;
  std::vector<Result> prefix_results_;
  std::vector<std::vector<Result>> results_;
  CallTimes times_;
  std::vector<Said> said_;
  std::string error_;
  uint32_t clock_ = 0;
};

/// Draws programs of the commands that `gen` draws; they shrink by losing calls and by simpler
/// ones.
template <class C>
rc::Gen<ParallelProgram<C>> ArbitraryParallel(rc::Gen<std::shared_ptr<const C>> gen,
                                              typename C::ModelType initial,
                                              ParallelOptions options) {
  using Calls = typename ParallelProgram<C>::Calls;
  const auto up_to = [gen](unsigned most) {
    return rc::gen::map(rc::gen::resize(static_cast<int>(most), rc::gen::container<Calls>(gen)),
                        [most](Calls calls) {
                          if (calls.size() > most) calls.resize(most);
                          return calls;
                        });
  };
  const auto branches =
      rc::gen::container<std::vector<Calls>>(options.branches, up_to(options.max_calls));
  return rc::gen::map(rc::gen::pair(up_to(options.max_prefix), branches),
                      [initial](std::pair<Calls, std::vector<Calls>> drawn) {
                        return Possible(ParallelProgram<C>{drawn.first, drawn.second}, initial);
                      });
}

/// The property to hand to rc::check: whatever the program and the schedule, the results are those
/// of some order of the calls, and every call returns.
///
///   rc::check("queue", parallel::Property(QueueModel{}, [] { return std::make_unique<Queue>(); },
///                                         parallel::OneOf<Push, Pop>()));
template <class Model, class Make, class C>
auto Property(Model initial, Make make, rc::Gen<std::shared_ptr<const C>> gen,
              ParallelOptions options = {}) {
  return [=] {
    const auto program = *ArbitraryParallel<C>(gen, initial, options);
    ParallelTest<C> test(initial, make, options.search);
    if (const auto failure = test.Failure(program)) RC_FAIL(*failure);
  };
}

}  // namespace backstop::parallel

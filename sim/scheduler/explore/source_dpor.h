// SPDX-License-Identifier: MIT
// Source-DPOR with sleep sets (Abdulla, Aronis, Jonsson, Sagonas, POPL 2014): makes at least one
// run of each Mazurkiewicz trace of a program, and hardly any twice.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/scheduler/explore/happens_before.h"
#include "sim/scheduler/explore/search_part.h"
#include "sim/scheduler/scheduler.h"
#include "sim/scheduler/strategy.h"

namespace backstop::sched {

/// Use: make a run with it as the strategy of a Scheduler that logs, call Next, and go on while it
/// says true. Programs must be deterministic but for the answers, and end in a bounded number of
/// steps. Draws are searched completely.
class SourceDpor : public Strategy {
 public:
  SourceDpor() : SourceDpor(SearchPart{}) {}
  explicit SourceDpor(const SearchPart& part);

  const char* name() const override { return "dpor"; }
  void Begin(unsigned tasks) override;
  TaskId Switch(const SwitchQuestion& question) override;
  uint32_t Draw(const DrawQuestion& question) override;

  /// Learns from the run that `scheduler` has just made and prepares the next one; false if all is
  /// done.
  bool Next(const Scheduler& scheduler);

  const SearchCounts& counts() const { return counts_; }
  /// What the part says of the states it shares; after Next has said false.
  SearchPartResult Result() const;
  /// Whether the last run repeated another: from some step on it was not chosen by the search.
  bool cut() const { return cut_; }
  /// Of the last run.
  const HappensBefore& order() const { return order_; }

 private:
  /// A list of accesses in `saved_`.
  struct Saved {
    uint32_t first = 0, last = 0;
  };
  struct DrawChoice {
    uint32_t options = 1;
    uint32_t answer = 0;
  };
  /// A task to try and who goes on after it, as the race suggests.
  struct Plan {
    TaskId task = kNoTask;
    std::vector<TaskId> then;
  };
  /// The state before a step.
  struct Node {
    uint32_t enabled = 0;
    uint32_t sleeping = 0;   ///< steps of these tasks have been searched from here or commute
    uint32_t backtrack = 0;  ///< to be searched from here, or being searched, or done
    TaskId chosen = kNoTask;
    std::array<Saved, kMaxTasks> step_of;  ///< what the steps of sleeping tasks touch
    std::vector<Access> other_draws;       ///< what the chosen step touched after other draws
    std::vector<Plan> plans;
    uint32_t saved_mark = 0;  ///< `saved_` before the node's own entries
  };

  // -- while a run goes on --
  /// Takes in the steps made since the last call.
  void CatchUp(const std::vector<Access>& log);
  void BeginStep(const std::vector<Access>& log, uint32_t first);
  /// A node for the step to come, with what sleeps there.
  Node& NewNode(uint32_t enabled, std::span<const Access> last_step);
  void InheritSleep(Node* node, std::span<const Access> step) const;
  TaskId ChooseFrom(uint32_t candidates, const SwitchQuestion& question);
  void Cut(size_t depth);

  // -- between runs --
  void FindRaces(const Scheduler& scheduler);
  void ReverseRaces(uint32_t end, TaskId late, const Clock& before);
  bool IsRace(size_t index, const Clock& before) const;
  /// Sees to it that a run is made in which the step of `late` comes before step `early`.
  void Reverse(uint32_t early, uint32_t end, TaskId late, const Clock& before);
  void Wish(uint32_t depth, uint32_t initials, Plan plan);
  void GiveBack();
  bool NextDraw(size_t depth);
  bool NextTask(size_t depth);
  void Choose(size_t depth, TaskId task);
  void Return(size_t depth, size_t fresh);

  std::vector<Node> nodes_;  ///< only the first `depth_` are in use, others keep their memory
  size_t depth_ = 0;
  std::vector<std::vector<DrawChoice>> draws_;  ///< [n]: in the step before node n
  std::vector<Access> saved_;
  size_t fresh_ = 0;  ///< steps from here on are new in this run
  std::vector<TaskId> plan_;
  size_t plan_at_ = 0;  ///< the node at which plan_[0] is to be chosen

  // The run that is going on.
  size_t at_ = 0;  ///< steps begun
  size_t log_seen_ = 0;
  size_t step_first_ = 0;  ///< where the log of the last step begins
  size_t draws_seen_ = 0;  ///< in the last step
  bool cut_ = false;

  HappensBefore order_;
  std::vector<Earlier> earlier_;
  SearchCounts counts_;

  /// States above this depth are shared with other parts.
  size_t floor_ = 0;
  size_t path_ = 0;  ///< length of the part's path
  uint64_t bound_ = 0;
  std::vector<SearchPartResult::Wish> wishes_;
};

}  // namespace backstop::sched

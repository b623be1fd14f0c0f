// SPDX-License-Identifier: MIT
#include "sim/scheduler/explore/source_dpor.h"

#include <algorithm>

#include "sim/scheduler/fatal.h"
#include "sim/scheduler/task_set.h"

namespace backstop::sched {
namespace {

bool AnyConflict(std::span<const Access> a, std::span<const Access> b) {
  return std::ranges::any_of(a, [&](const Access& x) {
    return std::ranges::any_of(b, [&](const Access& y) { return Conflict(x, y); });
  });
}

uint32_t Bit(TaskId task) { return 1u << task; }

}  // namespace

SourceDpor::SourceDpor(const SearchPart& part)
    : plan_(part.plan),
      plan_at_(part.path.size()),
      floor_(std::max<size_t>(part.shared, part.path.size())),
      path_(part.path.size()),
      bound_(part.runs) {
  for (const TaskId task : part.path) {
    Node& node = NewNode(0, {});
    node.chosen = task;
    node.backtrack = Bit(task);
  }
  for (const Sleeper& sleeper : part.sleepers) {
    Node& node = nodes_[depth_ - 1];
    const auto first = static_cast<uint32_t>(saved_.size());
    saved_.insert(saved_.end(), sleeper.step.begin(), sleeper.step.end());
    node.sleeping |= Bit(sleeper.task);
    node.step_of[sleeper.task] = {first, static_cast<uint32_t>(saved_.size())};
  }
}

// -- while a run goes on --

void SourceDpor::Begin(unsigned) {
  at_ = log_seen_ = step_first_ = draws_seen_ = 0;
  cut_ = false;
}

void SourceDpor::CatchUp(const std::vector<Access>& log) {
  for (; log_seen_ < log.size(); ++log_seen_) {
    const Access& access = log[log_seen_];
    if (access.begins_step && access.mode != AccessMode::kJump) {
      BeginStep(log, static_cast<uint32_t>(log_seen_));
    }
  }
}

void SourceDpor::BeginStep(const std::vector<Access>& log, uint32_t first) {
  const TaskId task = log[first].task;
  if (!cut_) {
    // Without a question there was nobody else to choose.
    if (at_ == depth_) {
      Node& node = NewNode(Bit(task), std::span(log).first(first).subspan(step_first_));
      node.chosen = task;
      node.backtrack = Bit(task);
      if (Contains(node.sleeping, task)) Cut(at_);
    } else if (nodes_[at_].chosen != task) {
      Fatal("the program is not deterministic", "dpor");
    }
  }
  ++at_;
  step_first_ = first;
  draws_seen_ = 0;
}

void SourceDpor::Cut(size_t depth) {
  cut_ = true;
  depth_ = depth;
}

SourceDpor::Node& SourceDpor::NewNode(uint32_t enabled, std::span<const Access> step) {
  if (nodes_.size() == depth_) nodes_.emplace_back();
  Node& node = nodes_[depth_++];
  ++counts_.states;
  node.enabled = enabled;
  node.sleeping = node.backtrack = 0;
  node.other_draws.clear();
  node.plans.clear();
  node.saved_mark = static_cast<uint32_t>(saved_.size());
  if (at_ > 0) InheritSleep(&node, step);
  return node;
}

void SourceDpor::InheritSleep(Node* node, std::span<const Access> step) const {
  const Node& parent = nodes_[at_ - 1];
  for (uint32_t left = parent.sleeping; left != 0; left &= left - 1) {
    const TaskId task = Nth(left, 0);
    const Saved saved = parent.step_of[task];
    const auto touched = std::span(saved_).subspan(saved.first, saved.last - saved.first);
    if (AnyConflict(touched, step)) continue;
    node->sleeping |= Bit(task);
    node->step_of[task] = saved;
  }
}

TaskId SourceDpor::Switch(const SwitchQuestion& question) {
  const std::vector<Access>& log = question.scheduler->accesses();
  CatchUp(log);
  if (cut_) return Choice(question.enabled, question.current, 0);
  if (at_ < depth_) {
    uint32_t& known = nodes_[at_].enabled;
    if (known == 0) known = question.enabled;
    if (known != question.enabled) Fatal("the program is not deterministic", "dpor");
    return nodes_[at_].chosen;
  }
  Node& node = NewNode(question.enabled, std::span(log).subspan(step_first_));
  const uint32_t candidates = question.enabled & ~node.sleeping;
  if (candidates == 0) {
    Cut(at_);
    return Choice(question.enabled, question.current, 0);
  }
  node.chosen = ChooseFrom(candidates, question);
  node.backtrack = Bit(node.chosen);
  return node.chosen;
}

// A run that turned a race round follows the steps that led to the race as far as they go: any
// other way might repeat what has been searched.
TaskId SourceDpor::ChooseFrom(uint32_t candidates, const SwitchQuestion& question) {
  const size_t next = at_ - plan_at_;
  if (at_ >= plan_at_ && next < plan_.size()) {
    if (Contains(candidates, plan_[next])) return plan_[next];
    plan_.clear();
  }
  return Choice(candidates, question.current, 0);
}

uint32_t SourceDpor::Draw(const DrawQuestion& question) {
  CatchUp(question.scheduler->accesses());
  if (cut_) return 0;
  floor_ = std::min(floor_, at_);
  if (draws_.size() <= at_) draws_.resize(at_ + 1);
  std::vector<DrawChoice>& made = draws_[at_];
  if (draws_seen_ == made.size()) made.push_back({question.options, 0});
  const DrawChoice& choice = made[draws_seen_++];
  if (choice.options != question.options) Fatal("the program is not deterministic", "dpor");
  return choice.answer;
}

// -- between runs --

bool SourceDpor::Next(const Scheduler& scheduler) {
  CatchUp(scheduler.accesses());
  ++counts_.executions;
  if (cut_) ++counts_.redundant;
  order_.Build(scheduler.accesses(), depth_);
  FindRaces(scheduler);
  if (bound_ != 0 && counts_.executions >= bound_) GiveBack();
  for (size_t depth = depth_;; --depth) {
    if (depth < floor_) return false;
    if (depth < depth_) {
      if (NextTask(depth)) return true;
      saved_.resize(nodes_[depth].saved_mark);
    }
    if (NextDraw(depth)) return true;
    if (depth == floor_) return false;
  }
}

void SourceDpor::FindRaces(const Scheduler& scheduler) {
  const auto steps = static_cast<uint32_t>(order_.steps().size());
  for (auto i = static_cast<uint32_t>(fresh_); i < steps; ++i) {
    const Step& step = order_.steps()[i];
    order_.EarlierThan(i, &earlier_);
    ReverseRaces(i, step.task, step.before);
  }
  if (cut_) return;
  // A task that waits for a lock for ever would have made a step, had it come before the holder.
  for (const WaitInfo& wait : scheduler.waits()) {
    if (wait.waits.kind != PointKind::kLock) continue;
    order_.EarlierThan({.object = wait.waits.object,
                        .task = wait.task,
                        .mode = AccessMode::kAcquire,
                        .kind = PointKind::kLock},
                       &earlier_);
    ReverseRaces(steps, wait.task, order_.ClockOf(wait.task));
  }
}

void SourceDpor::ReverseRaces(uint32_t end, TaskId late, const Clock& before) {
  for (size_t i = 0; i < earlier_.size(); ++i) {
    if (IsRace(i, before)) Reverse(earlier_[i].step, end, late, before);
  }
}

// Two conflicting steps race if nothing orders them but their conflict. While a lock is held, who
// waits for it stands still: what the holder does until the release orders nothing, since the way
// to turn any of it round is to come before the acquisition.
bool SourceDpor::IsRace(size_t index, const Clock& before) const {
  const Earlier& early = earlier_[index];
  if (early.mode == AccessMode::kRelease) return false;
  const std::vector<Step>& steps = order_.steps();
  const Step& step = steps[early.step];
  if (before.steps[step.task] >= step.number) return false;
  const Step* release = nullptr;
  for (size_t i = 0; i < index && early.mode == AccessMode::kAcquire; ++i) {
    if (earlier_[i].mode == AccessMode::kRelease && earlier_[i].object == early.object) {
      release = &steps[earlier_[i].step];
    }
  }
  return std::none_of(earlier_.begin(), earlier_.begin() + static_cast<std::ptrdiff_t>(index),
                      [&](const Earlier& other) {
                        const Step& between = steps[other.step];
                        if (release != nullptr && release->Follows(between)) return false;
                        return other.step != early.step && between.Follows(step);
                      });
}

void SourceDpor::Reverse(uint32_t early, uint32_t end, TaskId late, const Clock& before) {
  const std::vector<Step>& steps = order_.steps();
  Node& node = nodes_[early];
  Plan plan;
  Clock first;            // the first step of each task of the plan
  uint32_t in_plan = 0;   // its tasks
  uint32_t initials = 0;  // those that can come first
  Clock late_past = before;
  for (const Earlier& other : earlier_) {
    if (!steps[other.step].Follows(steps[early])) late_past.Join(steps[other.step].clock);
  }
  const auto add = [&](TaskId task, uint32_t number, const Clock& past) {
    plan.then.push_back(task);
    if (Contains(in_plan, task)) return;
    bool initial = true;
    for (uint32_t left = in_plan; left != 0 && initial; left &= left - 1) {
      const TaskId other = Nth(left, 0);
      initial = past.steps[other] < first.steps[other];
    }
    in_plan |= Bit(task);
    first.steps[task] = number;
    if (initial) initials |= Bit(task);
  };
  for (uint32_t i = early + 1; i < end; ++i) {
    if (!steps[i].Follows(steps[early])) add(steps[i].task, steps[i].number, steps[i].clock);
  }
  add(late, before.steps[late] + 1, late_past);
  if (early < floor_) return Wish(early, initials, std::move(plan));
  if ((initials & (node.backtrack | node.sleeping)) != 0) return;
  plan.task = plan.then.front();
  if (!Contains(node.enabled, plan.task)) {
    // Nobody can say how to turn this race round, so everything is tried.
    node.backtrack |= node.enabled;
    return;
  }
  plan.then.erase(plan.then.begin());
  node.backtrack |= Bit(plan.task);
  node.plans.push_back(std::move(plan));
}

void SourceDpor::Wish(uint32_t depth, uint32_t initials, Plan plan) {
  const bool known = std::ranges::any_of(wishes_, [&](const SearchPartResult::Wish& wish) {
    return wish.depth == depth && wish.initials == initials;
  });
  if (!known) wishes_.push_back({depth, initials, std::move(plan.then)});
}

// From now on the states on the way to the last run are shared, down to the first draw: other parts
// search what is open there.
void SourceDpor::GiveBack() {
  size_t floor = depth_;
  for (size_t depth = 0; depth < std::min(draws_.size(), floor); ++depth) {
    if (!draws_[depth].empty()) floor = depth;
  }
  for (; floor_ < floor; ++floor_) {
    const Node& node = nodes_[floor_];
    for (uint32_t open = node.backtrack & ~node.sleeping & ~Bit(node.chosen); open != 0;
         open &= open - 1) {
      Plan plan{.task = kNoTask, .then = {Nth(open, 0)}};
      for (const Plan& known : node.plans) {
        if (known.task != Nth(open, 0)) continue;
        plan.then.insert(plan.then.end(), known.then.begin(), known.then.end());
        break;
      }
      Wish(static_cast<uint32_t>(floor_), open & -open, std::move(plan));
    }
  }
}

SearchPartResult SourceDpor::Result() const {
  SearchPartResult result{.counts = counts_, .wishes = wishes_};
  const size_t end = std::min(floor_, depth_);
  for (size_t i = path_; i < end; ++i) {
    const Node& node = nodes_[i];
    result.nodes.push_back({node.enabled, node.chosen, {}});
    for (uint32_t left = node.sleeping; left != 0; left &= left - 1) {
      const Saved saved = node.step_of[Nth(left, 0)];
      result.nodes.back().sleepers.push_back(
          {Nth(left, 0), {saved_.begin() + saved.first, saved_.begin() + saved.last}});
    }
  }
  for (size_t i = path_ == 0 ? 0 : path_ - 1; i < end; ++i) {
    const auto last_run = order_.AccessesOf(order_.steps()[i]);
    result.steps.emplace_back(last_run.begin(), last_run.end());
    const std::vector<Access>& others = nodes_[i].other_draws;
    result.steps.back().insert(result.steps.back().end(), others.begin(), others.end());
  }
  return result;
}

bool SourceDpor::NextTask(size_t depth) {
  Node& node = nodes_[depth];
  const uint32_t open = node.backtrack & ~node.sleeping & ~Bit(node.chosen);
  if (open == 0) return false;
  // Draws and later choices are done: the chosen task sleeps from now on.
  const auto last_run = order_.AccessesOf(order_.steps()[depth]);
  const auto first = static_cast<uint32_t>(saved_.size());
  saved_.insert(saved_.end(), last_run.begin(), last_run.end());
  saved_.insert(saved_.end(), node.other_draws.begin(), node.other_draws.end());
  node.other_draws.clear();
  node.sleeping |= Bit(node.chosen);
  node.step_of[node.chosen] = {first, static_cast<uint32_t>(saved_.size())};
  Choose(depth, Nth(open, 0));
  return true;
}

void SourceDpor::Choose(size_t depth, TaskId task) {
  nodes_[depth].chosen = task;
  plan_.clear();
  for (const Plan& plan : nodes_[depth].plans) {
    if (plan.task == task) plan_ = plan.then;
  }
  plan_at_ = depth + 1;
  Return(depth + 1, depth);
}

bool SourceDpor::NextDraw(size_t depth) {
  if (depth >= draws_.size()) return false;
  std::vector<DrawChoice>& made = draws_[depth];
  while (!made.empty() && made.back().answer + 1 >= made.back().options) made.pop_back();
  if (made.empty()) return false;
  ++made.back().answer;
  if (depth > 0) {
    const auto last_run = order_.AccessesOf(order_.steps()[depth - 1]);
    std::vector<Access>& others = nodes_[depth - 1].other_draws;
    others.insert(others.end(), last_run.begin(), last_run.end());
  }
  plan_.clear();
  Return(depth, depth == 0 ? 0 : depth - 1);
  return true;
}

/// Keeps the first nodes, and the draws up to the last of them.
void SourceDpor::Return(size_t depth, size_t fresh) {
  depth_ = depth;
  fresh_ = fresh;
  for (size_t i = depth + 1; i < draws_.size(); ++i) draws_[i].clear();
}

}  // namespace backstop::sched

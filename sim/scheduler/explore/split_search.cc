// SPDX-License-Identifier: MIT
#include "sim/scheduler/explore/split_search.h"

#include <algorithm>

#include "sim/scheduler/task_set.h"

namespace backstop::sched {
namespace {

uint32_t Bit(TaskId task) { return 1u << task; }

}  // namespace

std::vector<SearchPart> SplitSearch::TakeRound() {
  std::vector<SearchPart> parts;
  round_.clear();
  if (!begun_) {
    begun_ = true;
    round_.push_back({});
    parts.push_back({.shared = shared_, .runs = runs_});
  }
  // Of each state one part: the next one needs to know what the step of this one touches.
  for (const size_t index : ready_) {
    Node& node = nodes_[index];
    SearchPart part{.path = node.path,
                    .sleepers = node.sleepers,
                    .plan = std::move(node.plans.front().then),
                    .shared = shared_,
                    .runs = runs_};
    part.path.push_back(node.plans.front().task);
    round_.push_back({index, node.plans.front().task});
    node.plans.pop_front();
    parts.push_back(std::move(part));
  }
  parts_ += parts.size();
  return parts;
}

void SplitSearch::Finish(const std::vector<SearchPartResult>& results) {
  for (size_t i = 0; i < results.size(); ++i) Merge(round_[i], results[i]);
  ready_.clear();
  for (size_t i = 0; i < nodes_.size(); ++i) {
    if (!nodes_[i].plans.empty()) ready_.push_back(i);
  }
}

void SplitSearch::Merge(const Taken& part, const SearchPartResult& result) {
  counts_.executions += result.counts.executions;
  counts_.redundant += result.counts.redundant;
  counts_.states += result.counts.states;
  size_t at = part.node;
  size_t step = 0;
  TaskId last = part.task;
  std::vector<size_t> way;  // the states from the root on
  if (at != kNone) {
    size_t node = 0;
    for (const TaskId task : nodes_[at].path) {
      way.push_back(node);
      node = Child(node, task);
    }
    way.push_back(at);
    if (!result.steps.empty()) nodes_[at].sleepers.push_back({last, result.steps[step++]});
  }
  for (const SearchPartResult::Node& node : result.nodes) {
    at = AddNode(at, last, node);
    way.push_back(at);
    last = node.chosen;
    nodes_[at].sleepers.push_back({last, result.steps[step++]});
  }
  for (const SearchPartResult::Wish& wish : result.wishes) Grant(wish, way);
}

size_t SplitSearch::AddNode(size_t parent, TaskId task, const SearchPartResult::Node& from) {
  const size_t index = nodes_.size();
  Node node{.enabled = from.enabled, .backtrack = Bit(from.chosen), .sleepers = from.sleepers};
  if (parent != kNone) {
    node.path = nodes_[parent].path;
    node.path.push_back(task);
    nodes_[parent].children.emplace_back(task, index);
  }
  nodes_.push_back(std::move(node));
  return index;
}

size_t SplitSearch::Child(size_t node, TaskId task) const {
  const auto& children = nodes_[node].children;
  return std::ranges::find(children, task, &std::pair<TaskId, size_t>::first)->second;
}

void SplitSearch::Grant(const SearchPartResult::Wish& wish, const std::vector<size_t>& way) {
  Node& node = nodes_[way[wish.depth]];
  uint32_t covered = node.backtrack;
  for (const Sleeper& sleeper : node.sleepers) covered |= Bit(sleeper.task);
  if ((wish.initials & covered) != 0) return;
  Plan plan{wish.plan.front(), {wish.plan.begin() + 1, wish.plan.end()}};
  if (Contains(node.enabled, plan.task)) {
    node.backtrack |= Bit(plan.task);
    node.plans.push_back(std::move(plan));
    return;
  }
  // Nobody can say how to turn this race round, so everything is tried.
  for (uint32_t left = node.enabled & ~covered; left != 0; left &= left - 1) {
    node.backtrack |= left & -left;
    node.plans.push_back({Nth(left, 0), {}});
  }
}

}  // namespace backstop::sched

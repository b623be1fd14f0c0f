// SPDX-License-Identifier: MIT
#include "sim/harness/explore/strict_history.h"

#include <algorithm>
#include <array>
#include <numeric>

#include "sim/scheduler/explore/strict_order.h"

namespace backstop::harness {
namespace {

struct Interval {
  uint64_t invoked = 0, returned = 0;
};

/// For each thread the intervals of its calls, in places of steps.
std::array<std::vector<Interval>, kMaxThreads> Intervals(const sched::HappensBefore& order,
                                                         const std::vector<uint32_t>& places) {
  std::array<std::vector<Interval>, kMaxThreads> intervals;
  for (size_t i = 0; i < order.steps().size(); ++i) {
    const sched::Step& step = order.steps()[i];
    auto& calls = intervals[step.task];
    const bool begins = order.AccessesOf(step).front().kind == sched::PointKind::kInvoke;
    if (begins) calls.push_back({.invoked = 2 * uint64_t{places[i]}});
    if (!calls.empty()) calls.back().returned = 2 * uint64_t{places[i]} + 1;
  }
  return intervals;
}

bool IsConcurrent(const model::HistoryCall& call) { return call.thread < kMaxThreads; }

}  // namespace

History Reordered(const History& history, const sched::HappensBefore& order,
                  const std::vector<uint32_t>& steps) {
  const auto intervals = Intervals(order, sched::PlacesOf(steps));
  History result = history;
  // The concurrent calls share the same moments among them in another way.
  std::vector<uint64_t> moments;
  std::vector<std::pair<uint64_t, uint64_t*>> events;
  for (size_t i = 0; i < result.calls.size(); ++i) {
    model::HistoryCall& call = result.calls[i];
    if (!IsConcurrent(call)) continue;
    moments.push_back(call.invoked);
    moments.push_back(call.returned);
    const Interval& interval = intervals[call.thread][result.index[i]];
    events.emplace_back(interval.invoked, &call.invoked);
    events.emplace_back(interval.returned, &call.returned);
  }
  std::ranges::sort(moments);
  std::ranges::sort(events, {}, &std::pair<uint64_t, uint64_t*>::first);
  for (size_t i = 0; i < events.size(); ++i) *events[i].second = moments[i];

  std::vector<size_t> by_time(result.calls.size());
  std::iota(by_time.begin(), by_time.end(), size_t{0});
  std::ranges::stable_sort(by_time, {}, [&](size_t i) { return result.calls[i].invoked; });
  History sorted;
  sorted.initial = result.initial;
  for (const size_t i : by_time) {
    sorted.calls.push_back(result.calls[i]);
    sorted.index.push_back(result.index[i]);
  }
  return sorted;
}

}  // namespace backstop::harness

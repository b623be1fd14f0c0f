// SPDX-License-Identifier: MIT
#include "sim/scheduler/explore/happens_before.h"

#include <xxhash.h>

namespace backstop::sched {
namespace {

bool IsWrite(const Access& access) {
  return access.mode == AccessMode::kWrite || access.mode == AccessMode::kAcquire ||
         access.mode == AccessMode::kRelease || access.mode == AccessMode::kTick;
}

}  // namespace

void HappensBefore::Build(std::span<const Access> log, size_t max_steps) {
  log_.assign(log.begin(), log.end());
  previous_.assign(log_.size(), kNone);
  step_of_.assign(log_.size(), kNone);
  std::fill(latest_.begin(), latest_.end(), kNone);
  steps_.clear();
  clocks_.fill(Clock{});
  uint32_t first = 0;
  while (first < log_.size() && !log_[first].begins_step) ++first;
  lead_ = first;
  while (first < log_.size() && steps_.size() < max_steps) {
    uint32_t last = first + 1;
    while (last < log_.size() && !log_[last].begins_step) ++last;
    if (log_[first].mode == AccessMode::kJump) {
      Jump(log_[first].object);
    } else {
      TakeStep(first, last);
    }
    first = last;
  }
}

void HappensBefore::TakeStep(uint32_t first, uint32_t last) {
  const auto index = static_cast<uint32_t>(steps_.size());
  Step& step = steps_.emplace_back();
  step.task = log_[first].task;
  step.first = first;
  step.last = last;
  step.before = step.clock = clocks_[step.task];
  step.number = ++step.clock.steps[step.task];
  for (uint32_t i = first; i < last; ++i) {
    if (!IsAccess(log_[i])) continue;
    found_.clear();
    const size_t slot = Slot(log_[i]);
    WalkBack(log_[i], LatestOf(slot), &found_);
    for (const Earlier& earlier : found_) step.clock.Join(steps_[earlier.step].clock);
    if (slot >= latest_.size()) latest_.resize(slot + 1, kNone);
    previous_[i] = latest_[slot];
    step_of_[i] = index;
    latest_[slot] = i;
  }
  clocks_[step.task] = step.clock;
  for (uint32_t i = first; i < last; ++i) {
    if (log_[i].mode == AccessMode::kWake) clocks_[log_[i].object].Join(step.clock);
  }
}

// Time goes on only when nobody else can, so all that came before is in the past of who wakes.
void HappensBefore::Jump(ObjectId woken) {
  Clock all;
  for (const Clock& clock : clocks_) all.Join(clock);
  for (unsigned i = 0; i < kMaxTasks; ++i) {
    if (woken >> i & 1u) clocks_[i].Join(all);
  }
}

// What conflicts with `access` and lies before a write of all its parts conflicts with that write
// too, so the walk can end there.
void HappensBefore::WalkBack(const Access& access, uint32_t from,
                             std::vector<Earlier>* found) const {
  for (uint32_t i = from; i != kNone; i = previous_[i]) {
    const Access& earlier = log_[i];
    if (!Conflict(earlier, access)) continue;
    if (earlier.task != access.task) found->push_back({step_of_[i], earlier.mode, earlier.object});
    // A release alone would hide its acquisition, with which the race is.
    const bool ends = IsWrite(earlier) && earlier.mode != AccessMode::kRelease;
    if (ends && earlier.range.Covers(access.range)) return;
  }
}

void HappensBefore::EarlierThan(uint32_t step, std::vector<Earlier>* found) const {
  found->clear();
  const Step& of = steps_[step];
  for (uint32_t i = of.first; i < of.last; ++i) {
    if (!IsAccess(log_[i])) continue;
    uint32_t from = previous_[i];
    while (from != kNone && step_of_[from] == step) from = previous_[from];
    WalkBack(log_[i], from, found);
  }
  std::stable_sort(found->begin(), found->end(),
                   [](const Earlier& a, const Earlier& b) { return a.step > b.step; });
}

void HappensBefore::EarlierThan(const Access& pending, std::vector<Earlier>* found) const {
  found->clear();
  if (IsAccess(pending)) WalkBack(pending, LatestOf(Slot(pending)), found);
}

uint64_t HappensBefore::Fingerprint() const {
  std::array<uint64_t, kMaxTasks> of_task{};
  const auto add_draws = [&](std::span<const Access> accesses) {
    for (const Access& access : accesses) {
      if (access.mode != AccessMode::kDraw) continue;
      uint64_t& hash = of_task[access.task];
      hash = XXH3_64bits_withSeed(&access.range.begin, sizeof access.range.begin, hash + 1);
    }
  };
  add_draws(std::span(log_).first(lead_));
  for (const Step& step : steps_) {
    uint64_t& hash = of_task[step.task];
    hash = XXH3_64bits_withSeed(&step.clock.steps, sizeof step.clock.steps, hash);
    add_draws(AccessesOf(step));
  }
  return XXH3_64bits(of_task.data(), sizeof of_task);
}

}  // namespace backstop::sched

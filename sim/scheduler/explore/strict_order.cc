// SPDX-License-Identifier: MIT
#include "sim/scheduler/explore/strict_order.h"

#include <algorithm>

namespace backstop::sched {
namespace {

/// Puts blocks of steps at the end, the block of the last tick first.
class Builder {
 public:
  explicit Builder(const HappensBefore& order)
      : order_(order), steps_(order.steps()), placed_(steps_.size(), false) {}

  std::vector<uint32_t> Build() {
    for (uint32_t i = Count(); i-- > 0;) {
      if (Ticks(i)) PlaceBlock(i);
    }
    Place([](uint32_t) { return true; });
    std::reverse(backwards_.begin(), backwards_.end());
    return backwards_;
  }

 private:
  uint32_t Count() const { return static_cast<uint32_t>(steps_.size()); }

  bool Ticks(uint32_t step) const {
    const auto accesses = order_.AccessesOf(steps_[step]);
    return std::any_of(accesses.begin(), accesses.end(),
                       [](const Access& access) { return access.mode == AccessMode::kTick; });
  }

  /// Places the steps that are chosen, latest first.
  template <class Chosen>
  void Place(Chosen chosen) {
    for (uint32_t i = Count(); i-- > 0;) {
      if (placed_[i] || !chosen(i)) continue;
      placed_[i] = true;
      backwards_.push_back(i);
    }
  }

  void PlaceBlock(uint32_t tick) {
    Place([&](uint32_t i) { return steps_[i].Follows(steps_[tick]); });
    // The call begins just before, unless something else that must come earlier waits for it.
    bool begun = Begins(tick);
    for (uint32_t i = tick; !begun && i-- > 0;) {
      if (steps_[i].task != steps_[tick].task || placed_[i]) continue;
      if (IsAwaited(i)) return;
      placed_[i] = true;
      backwards_.push_back(i);
      begun = Begins(i);
    }
  }

  bool Begins(uint32_t step) const {
    return order_.AccessesOf(steps_[step]).front().kind == PointKind::kInvoke;
  }

  bool IsAwaited(uint32_t step) const {
    for (uint32_t i = step + 1; i < Count(); ++i) {
      if (!placed_[i] && steps_[i].Follows(steps_[step])) return true;
    }
    return false;
  }

  const HappensBefore& order_;
  const std::vector<Step>& steps_;
  std::vector<bool> placed_;
  std::vector<uint32_t> backwards_;
};

}  // namespace

std::vector<uint32_t> StrictOrder(const HappensBefore& order) { return Builder(order).Build(); }

std::vector<uint32_t> PlacesOf(const std::vector<uint32_t>& order) {
  std::vector<uint32_t> places(order.size());
  for (uint32_t i = 0; i < order.size(); ++i) places[order[i]] = i;
  return places;
}

}  // namespace backstop::sched

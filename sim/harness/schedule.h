// SPDX-License-Identifier: MIT
// How the schedules of a campaign are chosen: a portfolio of strategies, each schedule named by a
// few numbers from which it can be made again.
#pragma once

#include <cstdint>
#include <string>

#include "sim/scheduler/pct.h"
#include "sim/scheduler/random_walk.h"

namespace backstop::harness {

enum class StrategyKind : uint8_t { kRandom, kSticky, kPct2, kPct3, kCount };

/// Names one schedule of one program.
struct ScheduleSpec {
  StrategyKind kind = StrategyKind::kRandom;
  uint32_t steps = 0;  ///< estimated length of the run, over which PCT spreads its changes
  uint64_t seed = 0;
  friend bool operator==(const ScheduleSpec&, const ScheduleSpec&) = default;
};

/// "pct-3 steps=000123 seed=0x0123456789abcdef"; always of the same length.
std::string ToText(const ScheduleSpec& spec);
bool Parse(const std::string& text, ScheduleSpec* spec, std::string* why);

/// "random", "sticky", "pct-2", "pct-3", without padding.
std::string NameOf(StrategyKind kind);
bool ParseStrategy(const std::string& name, StrategyKind* kind);

class Portfolio {
 public:
  Portfolio();
  /// The strategy of a schedule, ready for its run. Valid until the next call.
  sched::Strategy& Prepare(const ScheduleSpec& spec);

 private:
  sched::RandomWalk random_;
  sched::RandomWalk sticky_;
  sched::Pct pct2_;
  sched::Pct pct3_;
};

/// Schedule number `index` of the program with seed `program_seed`: the strategies in turn.
ScheduleSpec PortfolioSchedule(uint64_t program_seed, uint32_t index, uint32_t steps);

}  // namespace backstop::harness

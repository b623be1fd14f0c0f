// SPDX-License-Identifier: MIT
// How the schedules of a campaign are chosen: a portfolio of strategies, each schedule named by a
// few numbers from which it can be made again.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "sim/scheduler/bounded.h"
#include "sim/scheduler/fair_tail.h"
#include "sim/scheduler/partial_order_sampling.h"
#include "sim/scheduler/pct.h"
#include "sim/scheduler/random_walk.h"
#include "sim/scheduler/surw.h"

namespace backstop::harness {

enum class StrategyKind : uint8_t {
  kRandom,
  kSticky,
  kPct2,
  kPct3,
  kPos,
  kSurw,
  kDelay,
  kPreemption,
  kRoundRobin,
  kCount
};

/// Names one schedule of one program.
struct ScheduleSpec {
  StrategyKind kind = StrategyKind::kRandom;
  uint32_t steps = 0;  ///< estimated length of the run, over which changes are spread
  uint64_t seed = 0;
  friend bool operator==(const ScheduleSpec&, const ScheduleSpec&) = default;
};

/// "pct-3       steps=000123 seed=0x0123456789abcdef"; always of the same length.
std::string ToText(const ScheduleSpec& spec);
bool Parse(const std::string& text, ScheduleSpec* spec, std::string* why);

/// "random", "pct-3", "round-robin" and so on, without padding.
std::string NameOf(StrategyKind kind);
/// All of them, with commas in between.
std::string StrategyNames();
bool ParseStrategy(const std::string& name, StrategyKind* kind);

class Portfolio {
 public:
  Portfolio();
  /// The strategy of a schedule, ready for its run, with a fair end. Valid until the next call.
  sched::Strategy& Prepare(const ScheduleSpec& spec);

 private:
  sched::Strategy& Chosen(const ScheduleSpec& spec);

  sched::FairTail fair_;
  sched::RandomWalk random_;
  sched::RandomWalk sticky_;
  sched::Pct pct2_;
  sched::Pct pct3_;
  sched::PartialOrderSampling pos_;
  sched::RoundRobin round_robin_;
  // These have parameters that are drawn for each schedule.
  std::optional<sched::Surw> surw_;
  std::optional<sched::Bounded> bounded_;
};

/// Schedule number `index` of the program with seed `program_seed`: the strategy is drawn, and its
/// parameters with it.
ScheduleSpec PortfolioSchedule(uint64_t program_seed, uint32_t index, uint32_t steps);

}  // namespace backstop::harness

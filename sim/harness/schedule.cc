// SPDX-License-Identifier: MIT
#include "sim/harness/schedule.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <cstdio>
#include <numeric>

#include "sim/scheduler/random.h"

namespace backstop::harness {
namespace {

constexpr unsigned kKinds = static_cast<unsigned>(StrategyKind::kCount);
constexpr std::array<const char*, kKinds> kNames = {
    "random", "sticky", "pct-2", "pct-3", "pos", "surw", "delay", "preemption", "round-robin"};
/// How willingly the sticky walk stays with a task; long runs of one thread with few switches.
constexpr uint32_t kStay = 208;
constexpr uint32_t kMaxSteps = 999'999;
/// Far more than any run needs, and half of what a Runner allows.
constexpr uint64_t kSafetySteps = 100'000;

/// A parameter of a strategy, from `least` to `most`: the seed decides.
uint32_t Parameter(const ScheduleSpec& spec, uint32_t least, uint32_t most) {
  return least + sched::Random(~spec.seed).Below(most - least + 1);
}

/// How often the portfolio draws each strategy, in their order. See properties/bench/README.md for
/// what each of them finds.
constexpr std::array<uint32_t, kKinds> kWeights = {4, 4, 4, 4, 3, 2, 3, 3, 1};

StrategyKind DrawKind(uint64_t seed) {
  uint32_t ticket =
      sched::Random(seed).Below(std::accumulate(kWeights.begin(), kWeights.end(), 0u));
  unsigned kind = 0;
  while (ticket >= kWeights[kind]) ticket -= kWeights[kind++];
  return static_cast<StrategyKind>(kind);
}

}  // namespace

std::string NameOf(StrategyKind kind) { return kNames[static_cast<size_t>(kind)]; }

std::string StrategyNames() { return fmt::format("{}", fmt::join(kNames, ", ")); }

bool ParseStrategy(const std::string& name, StrategyKind* kind) {
  for (unsigned i = 0; i < kKinds; ++i) {
    if (name != kNames[i]) continue;
    *kind = static_cast<StrategyKind>(i);
    return true;
  }
  return false;
}

std::string ToText(const ScheduleSpec& spec) {
  return fmt::format("{:<11} steps={:06} seed=0x{:016x}", kNames[static_cast<size_t>(spec.kind)],
                     spec.steps, spec.seed);
}

bool Parse(const std::string& text, ScheduleSpec* spec, std::string* why) {
  std::array<char, 16> name{};
  unsigned steps = 0;
  unsigned long long seed = 0;
  int used = 0;
  const int fields = std::sscanf(text.c_str(), "%15s steps=%6u seed=0x%16llx%n", name.data(),
                                 &steps, &seed, &used);
  if (fields != 3 || static_cast<size_t>(used) != text.size() || steps > kMaxSteps) {
    *why = fmt::format("'{}' is not of the form NAME steps=NUMBER seed=0xNUMBER", text);
    return false;
  }
  if (!ParseStrategy(name.data(), &spec->kind)) {
    *why = fmt::format("no strategy is named '{}'", name.data());
    return false;
  }
  spec->steps = steps;
  spec->seed = seed;
  return true;
}

Portfolio::Portfolio()
    : fair_(kSafetySteps),
      random_(0),
      sticky_(0, {.stay_of_256 = kStay}),
      pct2_(0, {.changes = 2}),
      pct3_(0, {.changes = 3}),
      pos_(0),
      round_robin_(0) {}

sched::Strategy& Portfolio::Prepare(const ScheduleSpec& spec) { return fair_.Over(Chosen(spec)); }

sched::Strategy& Portfolio::Chosen(const ScheduleSpec& spec) {
  switch (spec.kind) {
    case StrategyKind::kSticky:
      sticky_.Reseed(spec.seed);
      return sticky_;
    case StrategyKind::kPct2:
      pct2_.Reseed(spec.seed);
      pct2_.SetSteps(spec.steps);
      return pct2_;
    case StrategyKind::kPct3:
      pct3_.Reseed(spec.seed);
      pct3_.SetSteps(spec.steps);
      return pct3_;
    case StrategyKind::kPos:
      pos_.Reseed(spec.seed);
      return pos_;
    case StrategyKind::kSurw:
      return surw_.emplace(
          spec.seed,
          sched::Surw::Options{.steps = spec.steps, .interesting_one_in = Parameter(spec, 2, 5)});
    case StrategyKind::kDelay:
    case StrategyKind::kPreemption: {
      const bool delay = spec.kind == StrategyKind::kDelay;
      return bounded_.emplace(
          spec.seed, sched::Bounded::Options{.kind = delay ? sched::Bounded::Kind::kDelay
                                                           : sched::Bounded::Kind::kPreemption,
                                             .bound = Parameter(spec, 1, 4),
                                             .steps = spec.steps});
    }
    case StrategyKind::kRoundRobin:
      round_robin_.Reseed(spec.seed);
      return round_robin_;
    default:
      random_.Reseed(spec.seed);
      return random_;
  }
}

ScheduleSpec PortfolioSchedule(uint64_t program_seed, uint32_t index, uint32_t steps) {
  const uint64_t seed = sched::MixSeed(program_seed, index);
  return {.kind = DrawKind(sched::MixSeed(seed, 1)),
          .steps = steps < kMaxSteps ? steps : kMaxSteps,
          .seed = seed};
}

}  // namespace backstop::harness

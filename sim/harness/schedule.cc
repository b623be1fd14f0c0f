// SPDX-License-Identifier: MIT
#include "sim/harness/schedule.h"

#include <fmt/format.h>

#include <array>
#include <cstdio>

#include "sim/scheduler/random.h"

namespace backstop::harness {
namespace {

constexpr unsigned kKinds = static_cast<unsigned>(StrategyKind::kCount);
constexpr std::array<const char*, kKinds> kNames = {"random", "sticky", "pct-2", "pct-3"};
/// How willingly the sticky walk stays with a task; long runs of one thread with few switches.
constexpr uint32_t kStay = 208;
constexpr uint32_t kMaxSteps = 999'999;

}  // namespace

std::string NameOf(StrategyKind kind) { return kNames[static_cast<size_t>(kind)]; }

bool ParseStrategy(const std::string& name, StrategyKind* kind) {
  for (unsigned i = 0; i < kKinds; ++i) {
    if (name != kNames[i]) continue;
    *kind = static_cast<StrategyKind>(i);
    return true;
  }
  return false;
}

std::string ToText(const ScheduleSpec& spec) {
  return fmt::format("{:<6} steps={:06} seed=0x{:016x}", kNames[static_cast<size_t>(spec.kind)],
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
    : random_(0),
      sticky_(0, {.stay_of_256 = kStay}),
      pct2_(0, {.changes = 2}),
      pct3_(0, {.changes = 3}) {}

sched::Strategy& Portfolio::Prepare(const ScheduleSpec& spec) {
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
    default:
      random_.Reseed(spec.seed);
      return random_;
  }
}

ScheduleSpec PortfolioSchedule(uint64_t program_seed, uint32_t index, uint32_t steps) {
  return {.kind = static_cast<StrategyKind>(index % kKinds),
          .steps = steps < kMaxSteps ? steps : kMaxSteps,
          .seed = sched::MixSeed(program_seed, index)};
}

}  // namespace backstop::harness

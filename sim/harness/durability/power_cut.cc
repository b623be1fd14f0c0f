// SPDX-License-Identifier: MIT
#include "sim/harness/durability/power_cut.h"

namespace backstop::harness {
namespace {

/// Strategies like the harmless answer 0; so they are asked more than once.
constexpr unsigned kAsked = 4;
constexpr uint32_t kSeeds = 1u << 16;
/// Programs make between a few and a few hundred file operations.
constexpr uint32_t kScales[] = {16, 64, 256};
/// Sectors kept of eight: none, all, or by chance.
constexpr uint32_t kKept[] = {0, 8, 1, 4, 7};
constexpr uint32_t kRestartScale = 96;
constexpr unsigned kMaxStrikesInRestart = 3;

}  // namespace

void PowerCut::BeginRun(bool enabled) {
  enabled_ = enabled;
  asked_ = false;
  operations_ = at_ = 0;
  kept_of_eight_ = 0;
  strikes_left_ = 0;
}

void PowerCut::Draw() {
  asked_ = true;
  uint32_t seed = 0;
  for (unsigned i = 0; i < kAsked && seed == 0; ++i) seed = scheduler_.Draw("power-cut", kSeeds);
  if (seed == 0) return;
  random_.Seed(seed);
  at_ = 1 + random_.Below(kScales[random_.Below(std::size(kScales))]);
  kept_of_eight_ = kKept[random_.Below(std::size(kKept))];
  strikes_left_ = random_.Below(kMaxStrikesInRestart + 1);
}

bool PowerCut::Strikes() {
  if (!enabled_ || !scheduler_.running()) return false;
  if (!asked_) Draw();
  return ++operations_ == at_;
}

world::Keep PowerCut::NextKeep() {
  return [this] { return random_.Below(8) < kept_of_eight_; };
}

uint64_t PowerCut::NextStrike() {
  if (strikes_left_ == 0) return 0;
  --strikes_left_;
  return 1 + random_.Below(kRestartScale);
}

}  // namespace backstop::harness

// SPDX-License-Identifier: MIT
#include "sim/harness/durability/power_cut.h"

namespace backstop::harness {
namespace {

/// Programs make between a few and a few hundred file operations. Answer 0 cuts no power.
constexpr uint32_t kScales[] = {0, 16, 64, 256};
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
  const uint32_t scale = kScales[scheduler_.Draw("power-cut", std::size(kScales))];
  if (scale == 0) return;
  at_ = 1 + scheduler_.Draw("power-cut-at", scale);
  kept_of_eight_ = kKept[scheduler_.Draw("power-cut-keeps", std::size(kKept))];
  strikes_left_ = scheduler_.Draw("power-cut-again", kMaxStrikesInRestart + 1);
  random_.Seed(scheduler_.Draw("power-cut-seed", 1u << 16));
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

// SPDX-License-Identifier: MIT
#include "sim/harness/durability/power_cut.h"

namespace backstop::harness {
namespace {

/// Strategies like the harmless answer 0; so they are asked more than once.
constexpr unsigned kAsked = 4;
/// Programs make between a few and a few hundred file operations.
constexpr uint32_t kScales[] = {16, 64, 256};
/// Sectors kept of eight: none, all, or by chance.
constexpr uint32_t kKept[] = {0, 8, 1, 4, 7};
constexpr uint32_t kRestartScale = 96;
constexpr uint32_t kMisdirectedOneIn = 8;
constexpr uint32_t kSlowOneIn = 4;
/// Of the operations of a slow disk.
constexpr uint32_t kDelayedOneIn = 8;
constexpr uint32_t kMaxDelayMicros = 20'000;
constexpr uint64_t kSectorBytes = 512;
constexpr const char* kLogSuffix = ".log";
constexpr unsigned kMaxStrikesInRestart = 3;

}  // namespace

PowerCutPlan PlanOf(uint32_t answer, sched::Random* random) {
  random->Seed(answer);
  PowerCutPlan plan;
  plan.at = 1 + random->Below(kScales[random->Below(std::size(kScales))]);
  plan.kept_of_eight = kKept[random->Below(std::size(kKept))];
  plan.strikes_in_restart = random->Below(kMaxStrikesInRestart + 1);
  return plan;
}

void PowerCut::BeginRun(bool enabled) {
  enabled_ = enabled;
  asked_ = false;
  operations_ = at_ = 0;
  kept_of_eight_ = 0;
  strikes_left_ = 0;
  misdirects_ = misdirected_ = slow_ = false;
}

void PowerCut::Draw() {
  asked_ = true;
  uint32_t seed = 0;
  for (unsigned i = 0; i < kAsked && seed == 0; ++i) {
    seed = scheduler_.Draw(kPowerCutLabel, kPowerCuts);
  }
  if (seed == 0) return;
  const PowerCutPlan plan = PlanOf(seed, &random_);
  at_ = plan.at;
  kept_of_eight_ = plan.kept_of_eight;
  strikes_left_ = plan.strikes_in_restart;
  extra_.Seed(~uint64_t{seed});
  misdirects_ = OneIn(kMisdirectedOneIn);
  slow_ = OneIn(kSlowOneIn);
}

bool PowerCut::Strikes() {
  if (!enabled_ || !scheduler_.running()) return false;
  if (!asked_) Draw();
  return ++operations_ == at_;
}

// Among the sectors before and after the right one. A log write goes beyond its own end: before
// that lies what was acknowledged, and nobody could tell its loss from the torn end of the log.
bool PowerCut::Misdirects(const world::IoRequest& request, uint64_t* offset) {
  constexpr uint64_t kReach = 16;
  if (!misdirects_ || misdirected_ || request.kind != world::IoKind::kWrite) return false;
  const uint64_t sector = request.offset / kSectorBytes;
  const bool log = request.path.ends_with(kLogSuffix);
  const uint64_t end = (request.offset + request.bytes) / kSectorBytes;
  const uint64_t first = log ? end : sector < kReach ? 0 : sector - kReach;
  *offset = (first + Below(2 * kReach)) * kSectorBytes;
  if (*offset == request.offset) return false;
  misdirected_ = true;
  ++at_;
  return true;
}

uint64_t PowerCut::Delay() {
  return slow_ && OneIn(kDelayedOneIn) ? 1 + Below(kMaxDelayMicros) : 0;
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

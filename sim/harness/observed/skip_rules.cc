// SPDX-License-Identifier: MIT
#include "sim/harness/observed/skip_rules.h"

#include <algorithm>
#include <array>

#include "impl/esent.h"

namespace backstop::observed {
namespace {

constexpr std::array<const char*, kSkips> kNames = {
    "none",        "undefined",     "layout",    "timeout-race",
    "async-order", "after-restore", "surrogate", "missing-function"};

/// Clocks of the recordings tick in tenths of a second.
constexpr int64_t kTickMs = 100;
constexpr int64_t kFreezeTimeoutMs = 1500;

bool IsRestore(const std::string& call) {
  return call.starts_with("JetRestore") || call.starts_with("JetExternalRestore");
}

/// A restore that was refused has restored nothing.
bool WasRefused(const Step& restore) {
  constexpr std::array kRefusals = {JET_errInvalidParameter,
                                    JET_errAlreadyInitialized,
                                    JET_errNotInitialized,
                                    JET_errRunningInOneInstanceMode,
                                    JET_errClientRequestToStopJetService,
                                    JET_errTempPathInUse};
  return std::ranges::find(kRefusals, restore.err) != kRefusals.end();
}

bool IsCall(const Step& step) { return step.call.starts_with("Jet"); }

}  // namespace

const char* SkipName(Skip skip) { return kNames[static_cast<size_t>(skip)]; }

bool FreezeWatch::IsRaced(const Step& step) {
  if (raced_) return true;
  const std::string session = step.Text("snap", "o1");
  const bool sleeps = step.call == "sleep";
  const int64_t elapsed = sleeps ? Number(step, "ms") : step.ms;
  for (auto& [frozen, since] : frozen_since_) since += elapsed;
  const auto over = std::erase_if(frozen_since_, [](const auto& freeze) {
    return freeze.second >= kFreezeTimeoutMs - kTickMs;
  });
  if (over > 0 && !sleeps && step.ms > 0) raced_ = true;
  if (step.err < 0) return false;
  if (step.call == "JetOSSnapshotThaw" || step.call == "JetOSSnapshotAbort" ||
      step.call == "JetOSSnapshotEnd") {
    frozen_since_.erase(session);
  }
  // A freeze that found no instance holds nobody up.
  const bool freezes = step.call == "JetOSSnapshotFreeze" && OutNumber(step, "n", 1) > 0;
  if (freezes) frozen_since_[session] = 0;
  return false;
}

bool OrderWatch::IsUnordered(const Step& step) {
  if (step.call == "async") {
    in_flight_ = true;
    call_ = ParseLine(step.Text("line")).value_or(Step{});
    return false;
  }
  if (!in_flight_) return false;
  const bool is_record = step.call == call_.call && step.args == call_.args;
  // A sleep lets the other thread return, or get to where it waits.
  if (is_record || step.call == "sleep" || step.call == "join") in_flight_ = false;
  return in_flight_ && IsCall(step);
}

Skip SkipRules::Judge(const Step& step) {
  const bool undefined = slots_.IsUndefined(step);
  const bool raced = freeze_.IsRaced(step);
  const bool unordered = order_.IsUnordered(step);
  const bool layout = layout_.DependsOnLayout(step);
  if (step.call.find("Surrogate") != std::string::npos) return Skip::kSurrogate;
  const bool restored = IsRestore(step.call) && !WasRefused(step);
  if (restored && side_ == Side::kModel) return Skip::kAfterRestore;
  if (undefined) return Skip::kUndefined;
  if (raced) return Skip::kTimeoutRace;
  if (unordered) return Skip::kAsyncOrder;
  if (side_ == Side::kModel) return Skip::kNone;
  if (layout) return Skip::kLayout;
  return Skip::kNone;
}

Skip SkipRules::Next(const Step& step) {
  if (skip_ == Skip::kNone) skip_ = Judge(step);
  return skip_;
}

std::vector<Skip> SkipsOf(const Sequence& sequence, Side side) {
  SkipRules rules(side);
  std::vector<Skip> skips;
  for (const Step& step : sequence.steps) skips.push_back(rules.Next(step));
  return skips;
}

}  // namespace backstop::observed

// SPDX-License-Identifier: MIT
#include "sim/harness/probes.h"

#include <algorithm>

namespace backstop::harness {
namespace {

bool Holds(uint64_t ops, unsigned op) { return (ops >> op & 1) != 0; }

bool IsOfProgram(const model::HistoryCall& call) { return call.thread < kMaxThreads; }

}  // namespace

ProbeBook::ProbeBook() : hits_(Probes().size()), hit_(Probes().size()) {
  for (uint16_t i = 0; i < Probes().size(); ++i) {
    const Probe& probe = Probes()[i];
    if (probe.run != nullptr) of_run_.push_back(i);
    for (unsigned a = 0; a < kDrawnOps; ++a) {
      if (!Holds(probe.ops, a)) continue;
      if (probe.pair == nullptr) of_call_[a].push_back(i);
      for (unsigned b = 0; b < kDrawnOps; ++b) {
        if (probe.pair != nullptr && Holds(probe.others, b)) of_pair_[a][b].push_back(i);
      }
    }
  }
}

void ProbeBook::AddCall(const model::HistoryCall& call, bool power_lost) {
  const bool cut_off = call.returned == model::kPending;
  for (const uint16_t i : of_call_[static_cast<size_t>(call.call.op)]) {
    const Probe& probe = Probes()[i];
    if (probe.single == nullptr ? cut_off && power_lost : !cut_off && probe.single(call)) Hit(i);
  }
}

void ProbeBook::AddPair(const model::HistoryCall& a, const model::HistoryCall& b) {
  for (const uint16_t i :
       of_pair_[static_cast<size_t>(a.call.op)][static_cast<size_t>(b.call.op)]) {
    if (Probes()[i].pair(a, b)) Hit(i);
  }
}

void ProbeBook::Add(const RunResult& run) {
  std::fill(hit_.begin(), hit_.end(), false);
  const auto& calls = run.history->calls;
  for (size_t i = 0; i < calls.size(); ++i) {
    AddCall(calls[i], run.history->power_lost);
    if (!IsOfProgram(calls[i]) || calls[i].returned == model::kPending) continue;
    // Sorted by invocation: what begins after this one has returned does not overlap it.
    for (size_t j = i + 1; j < calls.size() && calls[j].invoked < calls[i].returned; ++j) {
      if (!IsOfProgram(calls[j]) || calls[j].returned == model::kPending) continue;
      AddPair(calls[i], calls[j]);
      AddPair(calls[j], calls[i]);
    }
  }
  for (const uint16_t i : of_run_) {
    if (Probes()[i].run(run)) Hit(i);
  }
  for (size_t i = 0; i < hits_.size(); ++i) hits_[i] += hit_[i];
}

}  // namespace backstop::harness

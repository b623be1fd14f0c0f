// SPDX-License-Identifier: MIT
#include "model/linearize/lanes.h"

#include <algorithm>

namespace backstop::model {

namespace {

/// Whether the call and the one before it are parts of one: a thread makes one call after the
/// other, so that equal times of one thread are those of a step that is made of several calls.
bool Continues(const std::vector<HistoryCall>& history, uint32_t call) {
  if (call == 0) return false;
  const HistoryCall& before = history[call - 1];
  const HistoryCall& part = history[call];
  return before.thread == part.thread && before.invoked == part.invoked &&
         before.returned == part.returned && part.returned != kPending;
}

}  // namespace

void Lanes::Cut(const std::vector<HistoryCall>& history) {
  history_ = &history;
  heads_.clear();
  tails_.clear();
  next_.assign(history.size(), kNone);
  left_ = 0;
  for (uint32_t call = 0; call < history.size(); ++call) {
    if (history[call].returned != kPending) ++left_;
    const bool continues = Continues(history, call);
    const auto free = std::find_if(tails_.begin(), tails_.end(), [&](uint32_t tail) {
      return continues ? tail + 1 == call : history[tail].returned < history[call].invoked;
    });
    if (free == tails_.end()) {
      heads_.push_back(call);
      tails_.push_back(call);
    } else {
      next_[*free] = call;
      *free = call;
    }
  }
  progress_.assign(heads_.size(), 0);
}

void Lanes::Finish(uint32_t lane) {
  const uint32_t call = heads_[lane];
  if ((*history_)[call].returned != kPending) --left_;
  heads_[lane] = next_[call];
  progress_[lane] = 0;
}

void Lanes::UndoFinish(uint32_t lane, uint32_t call, uint8_t progress) {
  if ((*history_)[call].returned != kPending) ++left_;
  heads_[lane] = call;
  progress_[lane] = progress;
}

uint64_t Lanes::EarliestReturn() const {
  uint64_t earliest = kPending;
  for (const uint32_t head : heads_) {
    if (head != kNone) earliest = std::min(earliest, (*history_)[head].returned);
  }
  return earliest;
}

uint32_t Lanes::NextCandidate(uint64_t returned, uint32_t lane) const {
  const uint64_t deadline = EarliestReturn();
  uint32_t best = kNone;
  uint64_t best_returned = kPending;
  for (uint32_t other = 0; other < heads_.size(); ++other) {
    if (heads_[other] == kNone) continue;
    const HistoryCall& call = (*history_)[heads_[other]];
    if (call.invoked > deadline) continue;
    const bool later =
        lane == kNone || call.returned > returned || (call.returned == returned && other > lane);
    if (!later) continue;
    if (best == kNone || call.returned < best_returned) {
      best = other;
      best_returned = call.returned;
    }
  }
  return best;
}

}  // namespace backstop::model

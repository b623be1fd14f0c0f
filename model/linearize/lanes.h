// SPDX-License-Identifier: MIT
// A history cut into lanes: sequences of calls of which each was invoked after the one before had
// returned, or is the next part of the same step. What is still to be ordered is then one position
// a lane.
#pragma once

#include <cstdint>
#include <vector>

#include "model/linearize/linearize.h"

namespace backstop::model {

class Lanes {
 public:
  static constexpr uint32_t kNone = ~uint32_t{0};

  /// `history` is sorted by `invoked` and must live while the lanes are used.
  void Cut(const std::vector<HistoryCall>& history);

  uint32_t count() const { return static_cast<uint32_t>(heads_.size()); }
  /// The first call of the lane that is not done, kNone at the lane's end.
  uint32_t head(uint32_t lane) const { return heads_[lane]; }
  /// How far the head has got: 0 if none of its events is done.
  uint8_t progress(uint32_t lane) const { return progress_[lane]; }

  void SetProgress(uint32_t lane, uint8_t progress) { progress_[lane] = progress; }
  /// The head is done; the lane moves on.
  void Finish(uint32_t lane);
  /// `call`, of this lane, is to be done again; `progress` as it was before.
  void UndoFinish(uint32_t lane, uint32_t call, uint8_t progress);

  /// The earliest return among the calls that are not done: a call invoked later must wait.
  uint64_t EarliestReturn() const;
  /// Of the lanes whose head may come next, the one that returns first after (`returned`, `lane`);
  /// kNone if there is none. A `lane` of kNone stands before all.
  uint32_t NextCandidate(uint64_t returned, uint32_t lane) const;

  /// Returned calls that are not done.
  uint32_t left() const { return left_; }

 private:
  const std::vector<HistoryCall>* history_ = nullptr;
  std::vector<uint32_t> heads_;
  std::vector<uint8_t> progress_;
  std::vector<uint32_t> tails_;
  std::vector<uint32_t> next_;  ///< by call: the next one of its lane
  uint32_t left_ = 0;
};

}  // namespace backstop::model

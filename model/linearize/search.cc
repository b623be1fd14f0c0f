// SPDX-License-Identifier: MIT
#include "model/linearize/search.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>

namespace backstop::model {

namespace {

/// A well-mixed word for one event of one call; the set of events done is the XOR of theirs.
uint64_t EventWord(uint32_t call, bool first_of_two) {
  uint64_t word = (uint64_t{call} << 1 | (first_of_two ? 1 : 0)) + 1;
  word *= 0x9e3779b97f4a7c15;
  word = (word ^ word >> 30) * 0xbf58476d1ce4e5b9;
  return word ^ word >> 27;
}

bool Holds(const std::vector<uint32_t>& calls, uint32_t call) {
  return std::find(calls.begin(), calls.end(), call) != calls.end();
}

}  // namespace

LinearizeResult LinearizationSearch::Run(const Snapshot& initial,
                                         const std::vector<HistoryCall>& history,
                                         std::vector<RowId>* rows, std::vector<uint64_t>* states) {
  history_ = &history;
  culprit_.reset();
  allowed_.clear();
  LinearizeResult result;
  switch (Search(initial)) {
    case Verdict::kLinearizable:
      Report(Verdict::kLinearizable, &result);
      CollectWitness(rows, states);
      break;
    case Verdict::kUnknown:
      Report(Verdict::kUnknown, &result);
      break;
    case Verdict::kViolation:
      ReportViolation(initial, &result);
      break;
  }
  return result;
}

Verdict LinearizationSearch::Search(const Snapshot& initial) {
  lanes_.Cut(*history_);
  Start(initial);
  while (lanes_.left() > 0) {
    if (tried_ > options_.max_steps) return Verdict::kUnknown;
    if (Advance()) continue;
    RememberLongest();
    if (culprit_) CollectAllowed();
    if (depth_ == 0) return Verdict::kViolation;
    Backtrack();
  }
  return Verdict::kLinearizable;
}

void LinearizationSearch::CollectWitness(std::vector<RowId>* rows,
                                         std::vector<uint64_t>* states) const {
  for (size_t at = 0; at < depth_; ++at) {
    const Reaction& reaction = steps_[at].reaction;
    if (rows != nullptr && reaction.gate_row != kNoRow) rows->push_back(reaction.gate_row);
    if (rows != nullptr && reaction.row != kNoRow) rows->push_back(reaction.row);
    if (states == nullptr) continue;
    states->push_back(Digest(at + 1 < depth_ ? steps_[at + 1].before : state_));
  }
}

void LinearizationSearch::Start(const Snapshot& initial) {
  state_ = initial;
  done_ = 0;
  depth_ = 0;
  completed_ = 0;
  tried_ = 0;
  longest_.clear();
  longest_state_ = initial;
  if (!dead_ends_.empty()) dead_ends_.clear();
  if (steps_.empty()) steps_.resize(1);
  steps_[0] = {};
}

bool LinearizationSearch::Advance() {
  Step& step = steps_[depth_];
  step.before = state_;
  step.done_before = done_;
  while (step.failing_next || NextCandidate(&step)) {
    const bool failing = step.failing_next;
    const RowId smooth_row = step.reaction.row;
    const HistoryCall& call = (*history_)[step.call];
    const Stage stage = step.entered ? Stage::kLeave : Stage::kEnter;
    step.failing_next = !failing && lifecycle_.AsksEnvironment(call.call, stage);
    if (!Try(&step, failing)) continue;
    if (failing && step.reaction.row == smooth_row) {
      state_ = step.before;
      continue;
    }
    step.enters_only = step.reaction.pending;
    if (step.enters_only) {
      lanes_.Enter(step.lane);
    } else {
      lanes_.Finish(step.lane);
      ++completed_;
    }
    done_ ^= EventWord(step.call, step.enters_only);
    ++depth_;
    if (IsKnownDeadEnd()) {
      Backtrack();
      continue;
    }
    if (steps_.size() == depth_) steps_.emplace_back();
    steps_[depth_] = {};
    return true;
  }
  return false;
}

bool LinearizationSearch::NextCandidate(Step* step) {
  const uint32_t lane = lanes_.NextCandidate(step->tried_returned, step->lane);
  if (lane == Lanes::kNone) return false;
  step->lane = lane;
  step->call = lanes_.head(lane);
  step->entered = lanes_.entered(lane);
  step->tried_returned = (*history_)[step->call].returned;
  return true;
}

bool LinearizationSearch::Try(Step* step, bool failing) {
  ++tried_;
  const HistoryCall& call = (*history_)[step->call];
  const Stage stage = step->entered ? Stage::kLeave : Stage::kEnter;
  bool fits = false;
  if (call.returned == kPending) {
    step->reaction = lifecycle_.Apply(state_, call.call, stage, failing, nullptr);
    fits = step->reaction.handled;
  } else {
    fits = lifecycle_.Accept(state_, call.call, stage, failing, call.outcome, &step->reaction);
  }
  if (!fits) state_ = step->before;
  return fits;
}

void LinearizationSearch::Backtrack() {
  dead_ends_.insert(ConfigurationKey());
  const Step& step = steps_[--depth_];
  if (step.enters_only) {
    lanes_.UndoEnter(step.lane);
  } else {
    lanes_.UndoFinish(step.lane, step.call, step.entered);
    --completed_;
  }
  state_ = step.before;
  done_ = step.done_before;
}

uint64_t LinearizationSearch::ConfigurationKey() const {
  return XXH3_64bits_withSeed(&state_, sizeof state_, done_);
}

bool LinearizationSearch::IsKnownDeadEnd() const {
  return !dead_ends_.empty() && dead_ends_.contains(ConfigurationKey());
}

void LinearizationSearch::RememberLongest() {
  if (completed_ <= longest_.size()) return;
  longest_.clear();
  for (size_t at = 0; at < depth_; ++at) {
    if (!steps_[at].enters_only) longest_.push_back(steps_[at].call);
  }
  longest_state_ = state_;
}

void LinearizationSearch::Report(Verdict verdict, LinearizeResult* result) {
  result->verdict = verdict;
  result->steps = tried_;
  result->state = state_;
  if (!options_.want_witness) return;
  for (size_t at = 0; at < depth_; ++at) {
    if (!steps_[at].enters_only) result->order.push_back(steps_[at].call);
  }
}

void LinearizationSearch::ReportViolation(const Snapshot& initial, LinearizeResult* result) {
  result->verdict = Verdict::kViolation;
  result->steps = tried_;
  result->state = longest_state_;
  result->order = longest_;
  result->culprit = FirstReturnedBeyond(longest_);
  // Searched again, now asking at each dead end what the culprit could have returned there.
  culprit_ = result->culprit;
  if (culprit_) Search(initial);
  result->allowed = allowed_;
}

void LinearizationSearch::CollectAllowed() {
  for (uint32_t lane = 0; lane < lanes_.count(); ++lane) {
    if (lanes_.head(lane) != *culprit_) continue;
    if ((*history_)[*culprit_].returned != lanes_.EarliestReturn()) return;
    const Call& call = (*history_)[*culprit_].call;
    const Stage stage = lanes_.entered(lane) ? Stage::kLeave : Stage::kEnter;
    for (const Reaction& reaction : lifecycle_.Allowed(state_, call, stage)) {
      const bool known = std::any_of(allowed_.begin(), allowed_.end(), [&](const Reaction& other) {
        return other.err == reaction.err && other.pages == reaction.pages;
      });
      // Dead ends are left the deepest first; the others explain more.
      if (!reaction.pending && !known) allowed_.insert(allowed_.begin(), reaction);
    }
  }
}

std::optional<uint32_t> LinearizationSearch::FirstReturnedBeyond(
    const std::vector<uint32_t>& taken) const {
  std::optional<uint32_t> first;
  for (uint32_t call = 0; call < history_->size(); ++call) {
    const uint64_t returned = (*history_)[call].returned;
    if (returned == kPending || Holds(taken, call)) continue;
    if (!first || returned < (*history_)[*first].returned) first = call;
  }
  return first;
}

}  // namespace backstop::model

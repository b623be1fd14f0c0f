// SPDX-License-Identifier: MIT
#include "model/linearize/search.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>

namespace backstop::model {

namespace {

// How far a call has got, beside the number of events that it has done.
constexpr uint8_t kWaiting = 0xfe;  ///< it has decided, and waits for something else to happen
constexpr uint8_t kDone = 0xff;

/// A well-mixed word for one event of one call; the set of events done is the XOR of theirs.
uint64_t EventWord(uint32_t call, uint8_t reached) {
  uint64_t word = (uint64_t{call} << 8 | reached) + 1;
  word *= 0x9e3779b97f4a7c15;
  word = (word ^ word >> 30) * 0xbf58476d1ce4e5b9;
  return word ^ word >> 27;
}

Stage NextStage(const Call& call, uint8_t progress) {
  if (progress == 0) return Stage::kEnter;
  return call.op == Op::kBackup && progress == 1 ? Stage::kMiddle : Stage::kLeave;
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
      Report(initial, Verdict::kLinearizable, &result);
      CollectWitness(rows, states);
      break;
    case Verdict::kUnknown:
      Report(initial, Verdict::kUnknown, &result);
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
  longest_completed_ = 0;
  longest_state_ = initial;
  if (!dead_ends_.empty()) dead_ends_.clear();
  if (steps_.empty()) steps_.resize(1);
  steps_[0] = {};
}

void LinearizationSearch::Take(const Step& step) {
  if (step.reached == kDone) {
    lanes_.Finish(step.lane);
    ++completed_;
  } else {
    lanes_.SetProgress(step.lane, step.reached);
  }
  done_ ^= EventWord(step.call, step.reached);
  ++depth_;
}

bool LinearizationSearch::Advance() {
  Step& step = steps_[depth_];
  step.before = state_;
  step.done_before = done_;
  while (step.failing_next || NextCandidate(&step)) {
    step.failing = step.failing_next;
    const RowId smooth_row = step.reaction.row;
    const HistoryCall& call = (*history_)[step.call];
    step.failing_next = !step.failing && step.progress != kWaiting &&
                        lifecycle_.AsksEnvironment(call.call, NextStage(call.call, step.progress));
    if (!Try(&step, step.failing)) continue;
    if (step.failing && step.reaction.row == smooth_row) {
      state_ = step.before;
      continue;
    }
    Take(step);
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
  step->progress = lanes_.progress(lane);
  step->tried_returned = (*history_)[step->call].returned;
  return true;
}

/// A call that waits returns once the same call would no longer wait.
bool LinearizationSearch::IsReleased(const HistoryCall& call) {
  Snapshot now = state_;
  return !lifecycle_.Apply(now, call.call, Stage::kEnter, false, &call.outcome).waits;
}

/// Applies the event and says whether it gives what was recorded.
bool LinearizationSearch::Fits(Step& step, const HistoryCall& call, Stage stage, bool failing) {
  if (call.returned == kPending) {
    step.reaction = lifecycle_.Apply(state_, call.call, stage, failing, nullptr);
    return step.reaction.handled;
  }
  bool fits = lifecycle_.Accept(state_, call.call, stage, failing, call.outcome, &step.reaction);
  if (step.reaction.pending) return fits;
  fits = fits && (!options_.outputs_fit || options_.outputs_fit(step.call, step.reaction, state_));
  return fits ||
         (options_.pardons && step.reaction.handled && options_.pardons(step.call, step.reaction));
}

bool LinearizationSearch::Try(Step* step, bool failing) {
  ++tried_;
  const HistoryCall& call = (*history_)[step->call];
  if (step->progress == kWaiting) {
    step->reached = kDone;
    return IsReleased(call);
  }
  const Stage stage = NextStage(call.call, step->progress);
  const bool fits = Fits(*step, call, stage, failing);
  const bool holds = step->reaction.waits && stage == Stage::kEnter;
  step->reached = step->reaction.pending ? static_cast<uint8_t>(step->progress + 1)
                  : holds                ? kWaiting
                                         : kDone;
  if (!fits) state_ = step->before;
  return fits;
}

void LinearizationSearch::Backtrack() {
  dead_ends_.insert(ConfigurationKey());
  const Step& step = steps_[--depth_];
  if (step.reached == kDone) {
    lanes_.UndoFinish(step.lane, step.call, step.progress);
    --completed_;
  } else {
    lanes_.SetProgress(step.lane, step.progress);
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

std::vector<LinearizationSearch::Event> LinearizationSearch::EventsSoFar() const {
  std::vector<Event> events;
  for (size_t at = 0; at < depth_; ++at) {
    const Step& step = steps_[at];
    events.push_back({step.call, step.progress, step.failing, step.reached == kDone});
  }
  return events;
}

std::vector<OrderedEvent> LinearizationSearch::Retrace(const Snapshot& initial,
                                                       const std::vector<Event>& events) {
  std::vector<OrderedEvent> retraced;
  Snapshot state = initial;
  for (const Event& event : events) {
    const HistoryCall& call = (*history_)[event.call];
    OrderedEvent& ordered = retraced.emplace_back();
    ordered.call = event.call;
    ordered.last = event.last;
    if (event.progress != kWaiting) {
      ordered.reaction =
          lifecycle_.Apply(state, call.call, NextStage(call.call, event.progress), event.failing,
                           call.returned == kPending ? nullptr : &call.outcome);
    }
    ordered.after = state;
  }
  return retraced;
}

void LinearizationSearch::RememberLongest() {
  if (completed_ <= longest_completed_) return;
  longest_ = EventsSoFar();
  longest_completed_ = completed_;
  longest_state_ = state_;
}

void LinearizationSearch::Report(const Snapshot& initial, Verdict verdict,
                                 LinearizeResult* result) {
  result->verdict = verdict;
  result->steps = tried_;
  result->state = state_;
  if (!options_.want_witness) return;
  result->events = Retrace(initial, EventsSoFar());
  for (const OrderedEvent& event : result->events) {
    if (event.last) result->order.push_back(event.call);
  }
}

void LinearizationSearch::ReportViolation(const Snapshot& initial, LinearizeResult* result) {
  result->verdict = Verdict::kViolation;
  result->steps = tried_;
  result->state = longest_state_;
  for (const Event& event : longest_) {
    if (event.last) result->order.push_back(event.call);
  }
  if (options_.want_witness) result->events = Retrace(initial, longest_);
  result->culprit = FirstReturnedBeyond(result->order);
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
    if (lanes_.progress(lane) == kWaiting) return;
    const Stage stage = NextStage(call, lanes_.progress(lane));
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
  std::vector<bool> is_taken(history_->size());
  for (const uint32_t call : taken) is_taken[call] = true;
  std::optional<uint32_t> first;
  for (uint32_t call = 0; call < history_->size(); ++call) {
    const uint64_t returned = (*history_)[call].returned;
    if (returned == kPending || is_taken[call]) continue;
    if (!first || returned < (*history_)[*first].returned) first = call;
  }
  return first;
}

}  // namespace backstop::model

// SPDX-License-Identifier: MIT
// Linearizability of a history against the specification: is there an order of the calls, keeping
// real time, in which the state machine gives every code and output? Wing, Gong and Lowe's search
// with memoised (calls done, state) pairs.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "model/lifecycle.h"

namespace backstop::model {

/// One call of a history. Times come from one counter; `invoked < returned`.
struct HistoryCall {
  uint8_t thread = 0;
  Call call;
  Outcome outcome;
  uint64_t invoked = 0;
  uint64_t returned = 0;  ///< kPending if the call never returned: it may or may not have acted
};
inline constexpr uint64_t kPending = ~uint64_t{0};

enum class Verdict : uint8_t { kLinearizable, kViolation, kUnknown };

/// Looks at what the specification cannot compare by itself: whether call number `call`, which gave
/// `reaction` and left `after`, reported what it should have.
using OutputCheck =
    std::function<bool(uint32_t call, const Reaction& reaction, const Snapshot& after)>;

/// Whether call number `call` binds nobody where the specification says `reaction` of it.
using Pardon = std::function<bool(uint32_t call, const Reaction& reaction)>;

struct LinearizeOptions {
  uint64_t max_steps = 10'000'000;  ///< model steps before the answer is kUnknown
  bool want_witness = false;
  const Dialect* dialect = &kStrict;  ///< must outlive the linearizer
  OutputCheck outputs_fit;            ///< asked beside the specification's own comparison
  Pardon pardons;                     ///< asked of a call that does not give what was recorded
};

/// One event of an order. A call that is not atomic has several; in the last of them it decides or,
/// if it waits, is released.
struct OrderedEvent {
  uint32_t call = 0;
  bool last = true;
  Reaction reaction;
  Snapshot after;
};

struct LinearizeResult {
  Verdict verdict = Verdict::kUnknown;
  /// Indices of calls in a valid order (witness), or the longest order found (violation). A call of
  /// several events stands at its last.
  std::vector<uint32_t> order;
  /// The same order, event by event, if a witness was wanted.
  std::vector<OrderedEvent> events;
  /// Violation: the call that returned first among those the longest order could not take.
  std::optional<uint32_t> culprit;
  /// Violation: what the culprit could have returned at the end of some order that takes every call
  /// that returned before it; each code once.
  std::vector<Reaction> allowed;
  /// State after the longest order, or at the end of the witness.
  Snapshot state;
  uint64_t steps = 0;
};

class LinearizationSearch;

/// Holds buffers that are reused from one history to the next. Not thread-safe.
class Linearizer {
 public:
  explicit Linearizer(LinearizeOptions options = {});
  ~Linearizer();

  /// `history` is sorted by `invoked`. `rows`, if given, collects the rows of the witness, and
  /// `states` the digests of the states it passes.
  LinearizeResult Check(const Snapshot& initial, const std::vector<HistoryCall>& history,
                        std::vector<RowId>* rows = nullptr,
                        std::vector<uint64_t>* states = nullptr);

 private:
  std::unique_ptr<LinearizationSearch> search_;
};

/// 64-bit digest of a state in which absolute generation numbers are made relative, so that equal
/// situations count once.
uint64_t Digest(const Snapshot& state);

}  // namespace backstop::model

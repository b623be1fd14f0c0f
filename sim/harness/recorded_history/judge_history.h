// SPDX-License-Identifier: MIT
// Whether the specification explains a recorded history: is there an order of its calls that keeps
// real time and in which the state machine gives every code and output?
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "model/linearize/linearize.h"
#include "sim/harness/recorded_history/history_file.h"

namespace backstop::recorded {

enum class HistoryVerdict : uint8_t {
  kExplained,
  kNotExplained,
  kCrashed,    ///< the process died: its calls that returned bind, nothing else does
  kNotJudged,  ///< an order exists only if reads that are undefined gave what they gave
  kUnknown,    ///< see `reason`
};
inline constexpr unsigned kHistoryVerdicts = 5;

/// "explained", "not-explained", "crashed", "not-judged" or "unknown".
const char* VerdictName(HistoryVerdict verdict);

/// Where in a history a step stands.
enum class Part : uint8_t { kSetup, kThreads, kFinal };
const char* PartName(Part part);

struct Culprit {
  Part part = Part::kThreads;
  size_t index = 0;  ///< in its part
  /// What the specification allows there, each code once; empty if it is known in words only.
  std::vector<model::Reaction> allowed;
  std::string words;  ///< what was expected, as text
};

/// The number that stands for an event of the order that is no call: a freeze timed out.
inline constexpr uint32_t kByItself = ~uint32_t{0};

struct JudgedHistory {
  HistoryVerdict verdict = HistoryVerdict::kUnknown;
  std::string reason;  ///< of a verdict that is not kExplained, one sentence
  std::optional<Culprit> culprit;

  model::Snapshot initial;  ///< after the setup
  /// The calls of the threads and then those of the final part, with times that follow theirs; the
  /// order refers to them. Calls that unbound.h excuses are in no order.
  std::vector<model::HistoryCall> calls;
  model::LinearizeResult order;
};

struct JudgeOptions {
  const model::Dialect* dialect = &model::kEse;  ///< must outlive the judge
  uint64_t max_steps = 5'000'000;                ///< model steps after which the answer is kUnknown
  bool want_witness = false;
};

/// Holds machines and buffers; not thread-safe.
class HistoryJudge {
 public:
  explicit HistoryJudge(const JudgeOptions& options);

  /// Never throws: what cannot be understood is kUnknown.
  JudgedHistory Judge(const RecordedHistory& history);

 private:
  /// Throws if a step cannot be understood.
  JudgedHistory JudgeCalls(const RecordedHistory& history);
  /// Looks for an order of the calls, and notes what was found.
  void Order(const RecordedHistory& history, JudgedHistory* judged);

  JudgeOptions options_;
  model::Lifecycle lifecycle_;
};

}  // namespace backstop::recorded

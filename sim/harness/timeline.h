// SPDX-License-Identifier: MIT
// A run as columns of text: one column a thread, the reason of each switch, the state of the
// specification in the margin, the call to blame marked.
#pragma once

#include <string>
#include <vector>

#include "model/linearize/linearize.h"
#include "sim/harness/checker.h"
#include "sim/harness/runner.h"
#include "sim/harness/trace.h"

namespace backstop::harness {

struct SwitchNote {
  uint64_t time = 0;  ///< the history's clock when the switch was made
  sched::TaskId from = sched::kNoTask;
  sched::TaskId to = sched::kNoTask;
  bool forced = false;  ///< the task could not go on
  std::string place;    ///< "before lock backup"
};

/// A lock, a file operation or a shared field on the way of a call.
struct PointNote {
  uint64_t time = 0;  ///< the history's clock: it came after what happened then
  sched::TaskId task = sched::kNoTask;
  sched::PointKind kind = sched::PointKind::kStart;
  std::string object;
};

struct Timeline {
  History history;
  unsigned threads = 0;
  std::vector<SwitchNote> switches;
  /// In their order; empty unless the runner keeps a log (Runner::Options::log).
  std::vector<PointNote> points;
  std::optional<Violation> violation;
  /// After a power cut: what the engine that was started again made of it. Empty without one.
  std::string restart;
  /// The order that was found, or the longest, with its events.
  model::LinearizeResult order;
  /// For each call the specification's state right after it took effect; empty if no order that
  /// was found contains the call.
  std::vector<std::string> states;
};

/// Runs `program` under `strategy` and notes what happens. False if it cannot be set up.
bool RecordTimeline(Runner& runner, Checker& checker, const Program& program,
                    sched::Strategy& strategy, Timeline* timeline);

/// Whether locks and file operations have lines of their own.
enum class Points : uint8_t {
  kHidden,
  kFolded,  ///< one line for those in a row: "lock x3, read"
  kAll,
};

struct RenderOptions {
  unsigned column = 46;  ///< characters a thread
  bool colour = false;
  Points points = Points::kHidden;
};
std::string RenderTimeline(const Timeline& timeline, const RenderOptions& options);

/// The same in one column, without the margin: "T0  JetStopBackupInstance()".
std::vector<std::string> PlainLines(const Timeline& timeline);

/// The order that was found, call by call, or why there is none.
std::string RenderOrder(const Timeline& timeline);

}  // namespace backstop::harness

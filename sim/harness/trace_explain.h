// SPDX-License-Identifier: MIT
// Why a trace fails: which parts of it do not matter, as the failure stays whatever stands there,
// and the nearest schedule that passes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/harness/timeline.h"

namespace backstop::harness {

/// A part of a failing run, and what became of the failure when it was varied.
struct ExplainedPart {
  std::string place;               ///< "T0 call 1 JetReadFileInstance file=latest pages=4"
  std::string what;                ///< "pages=4", "this call", "the switch to T1 before store stop"
  std::vector<std::string> stays;  ///< in place of it, and the failure stays
  std::vector<std::string> goes;   ///< in place of it, and the failure is gone, or another one
  /// Matters: whatever else stands there, or nothing, the failure is gone. In part: with some.
  enum class Weight : uint8_t { kMatters, kInPart, kNone };
  Weight weight() const;
};

/// A schedule that differs in one decision, and in which nothing fails.
struct NearestPass {
  std::string change;  ///< "the switch to T1 is made 1 point later, before unlock backup"
  Timeline timeline;
};

struct Explanation {
  Timeline failing;
  std::vector<ExplainedPart> parts;
  std::optional<NearestPass> passing;
  uint64_t runs = 0;     ///< that it took
  bool complete = true;  ///< false: there was more to vary
};

/// Nothing if `strategy` does not lead to a failure. The runner should keep a log if the timelines
/// are to show points. Takes some thousand runs, the same every time; of a trace that
/// was not shrunk only a part is varied.
std::optional<Explanation> Explain(Runner& runner, Checker& checker, const Program& program,
                                   sched::Strategy& strategy);

/// The parts as a table, and the two runs side by side, `width` characters each.
std::string RenderExplanation(const Explanation& explanation, unsigned width);

/// A line of the failing run beside one of the passing run; either may be missing.
struct Beside {
  std::string fails;
  std::string passes;
  bool same = false;
};
std::vector<Beside> SideBySide(const Timeline& failing, const Timeline& passing);

}  // namespace backstop::harness

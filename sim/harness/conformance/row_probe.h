// SPDX-License-Identifier: MIT
// Which rows of the tables apply at once: the first of them is taken, the next one would be.
#pragma once

#include <array>
#include <vector>

#include "model/lifecycle.h"
#include "model/machine/context.h"
#include "model/machine/events.h"

namespace backstop::conformance {

/// A check that refuses, and the check after it that would refuse with another code.
struct Precedence {
  model::RowId first = model::kNoRow;
  model::RowId second = model::kNoRow;
};

class RowProbe {
 public:
  RowProbe();

  /// What else would refuse the event, had not row `taken` done so: in the order of the checks,
  /// the entry gate first. `second` is kNoRow if nothing would.
  Precedence RunnerUp(const model::Snapshot& state, const model::Call& call, model::Stage stage,
                      bool failing, const model::Outcome& outcome, const model::Dialect& dialect,
                      model::RowId taken) const;

 private:
  struct Check {
    model::RowId row;
    model::Err err;
    bool internal;  ///< no call reaches it
    bool (*applies)(model::Context&);
  };

  std::array<std::vector<Check>, model::kEventCount> checks_;  ///< by event, in order
};

}  // namespace backstop::conformance

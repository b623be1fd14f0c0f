// SPDX-License-Identifier: MIT
// What of a recorded step an engine must do alike.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "sim/harness/observed/player.h"
#include "sim/harness/observed/sequence.h"

namespace backstop::observed {

struct Difference {
  std::string what;  ///< "code", or a member of "out"
  std::string expected;
  std::string got;
};

/// Compares the steps of one sequence, in order.
class Comparison {
 public:
  /// The first difference that binds: the code; which outputs were written at all; how many
  /// databases were listed; which fields of a database header are zero; whether anything was read
  /// or copied; how many rows there are. Sizes, handles and numbers of log generations do not bind.
  std::optional<Difference> Next(const Step& recorded, const StepResult& got);

 private:
  /// Instances whose open file has been read from: how much is left of it depends on its size.
  std::set<std::string> partly_read_;
};

}  // namespace backstop::observed

// SPDX-License-Identifier: MIT
// A clause of the specification: what must hold, and who says so.
#pragma once

#include <string_view>

namespace backstop::model {

struct Clause {
  std::string_view id;        ///< "READ-2"
  std::string_view sentence;  ///< what must hold, in one sentence
  /// Page of the reference (`jet...`) and lines of the original engine's source (`file:lines`).
  std::string_view sources;
  /// Discrepancy (D-), correction (C-) or hazard (H-) that the clause decides; empty if none.
  std::string_view decides = {};
};

}  // namespace backstop::model

// SPDX-License-Identifier: MIT
// What each call can do to the state, as the ways found show it: what a call of that kind could do
// wrongly.
#pragma once

#include <array>
#include <set>
#include <utility>
#include <vector>

#include "sim/harness/conformance/tail.h"

namespace backstop::conformance {

class EffectBook {
 public:
  /// A call has led from one state to the other.
  void Note(const model::Call& call, const model::Snapshot& before, const model::Snapshot& after);

  /// What the call may have done wrongly: left as it was what it changes, or changed what calls of
  /// its kind change in other states.
  std::vector<WrongValue> Faults(const model::Call& call, const model::Snapshot& before,
                                 const model::Snapshot& after) const;

 private:
  std::array<std::set<std::pair<VariableId, uint32_t>>, model::kOpCount> effects_;
};

}  // namespace backstop::conformance

// SPDX-License-Identifier: MIT
// What looks at the specification from outside, each by a name: who catches a planted error?
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "properties/planted/plants.h"

namespace backstop::planted {

struct Checker {
  std::string name;
  /// Says in one line what is wrong with the tables; empty if it sees nothing.
  std::function<std::string(const Planting&)> look;
  /// It sees what is wrong with the tables by themselves. False: it compares two forms of them.
  bool judges = true;
};

/// The checkers, cheap ones first. A further one is one more entry.
const std::vector<Checker>& Checkers();

}  // namespace backstop::planted

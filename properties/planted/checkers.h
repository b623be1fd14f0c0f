// SPDX-License-Identifier: MIT
// What looks at the specification from outside, each by a name: who catches a planted error?
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "properties/planted/edited_table.h"

namespace backstop::planted {

struct Checker {
  std::string name;
  /// Says in one line what is wrong with the tables; empty if it sees nothing.
  std::function<std::string(const std::vector<EditableTable>&)> look;
};

/// The checkers, cheap ones first. A further one, of a format that comes later, is one more entry.
const std::vector<Checker>& Checkers();

}  // namespace backstop::planted

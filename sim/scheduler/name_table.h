// SPDX-License-Identifier: MIT
// Names as small numbers, so that points can be compared by name at the cost of an integer.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

namespace backstop::sched {

using NameId = uint32_t;

/// Grows only; equal names have equal numbers.
class NameTable {
 public:
  NameId Intern(std::string_view name);
  /// Valid as long as the table.
  const std::string& NameOf(NameId id) const { return names_[id]; }

 private:
  std::deque<std::string> names_;  ///< never moves its elements, which `ids_` refers to
  boost::unordered_flat_map<std::string_view, NameId> ids_;
};

}  // namespace backstop::sched

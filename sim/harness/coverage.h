// SPDX-License-Identifier: MIT
// What a campaign has reached: rows of the specification's tables and distinct states.
#pragma once

#include <boost/unordered/unordered_flat_set.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "model/lifecycle.h"

namespace backstop::harness {

class Coverage {
 public:
  /// More states than this are no longer told apart, so that memory stays flat.
  static constexpr size_t kMaxStates = 1 << 20;

  Coverage();
  void Add(const std::vector<model::RowId>& rows, const std::vector<uint64_t>& states);

  size_t rows_hit() const;
  /// Rows that no public call can reach are tagged so in the tables and do not count.
  size_t rows_total() const;
  size_t states() const { return states_.size(); }
  /// One line for each row that was never hit: clause, event, state.
  std::vector<std::string> NeverHit() const;

 private:
  std::vector<uint64_t> hits_;
  boost::unordered_flat_set<uint64_t> states_;
};

}  // namespace backstop::harness

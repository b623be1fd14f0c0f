// SPDX-License-Identifier: MIT
// Holds a suite against the specification: every code, and which rows the suite shows.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "sim/harness/conformance/suite.h"

namespace backstop::conformance {

class SuiteCheck {
 public:
  /// The lifecycles, which must outlive the object, are of the dialects of these names.
  SuiteCheck(model::Lifecycle& strict, model::Lifecycle& ese);

  /// Replays the sequence in each dialect that it is of.
  void Add(const Item& item);

  /// What disagreed, one line each.
  const std::vector<std::string>& disagreements() const { return disagreements_; }
  /// Whether some step of a sequence of the dialect took the row.
  bool Shown(const std::string& dialect, model::RowId row) const;
  size_t sequences() const { return sequences_; }
  size_t steps() const { return steps_; }

 private:
  void Replay(const Item& item, const std::string& dialect, model::Lifecycle& lifecycle);

  std::map<std::string, model::Lifecycle*> lifecycles_;
  std::map<std::string, std::vector<bool>> shown_;
  std::vector<std::string> disagreements_;
  size_t sequences_ = 0;
  size_t steps_ = 0;
};

/// The rows that no sequence shows, one line each: dialect, clause, state, event and condition, and
/// for an internal row why no call reaches it.
std::string Unshown(const SuiteCheck& check);

}  // namespace backstop::conformance

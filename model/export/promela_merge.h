// SPDX-License-Identifier: MIT
// What the search does to a state after every step, as statements: see Merge() of the scenes.
#pragma once

#include <optional>
#include <vector>

#include "model/explore/alphabet.h"
#include "model/export/promela_control.h"

namespace backstop::model::promela {

class Merging {
 public:
  Merging(const Scene& scene, const Dialect& dialect);

  /// By cell: false if the search gives it one and the same value after every step.
  const std::vector<bool>& keeps() const { return keeps_; }

  /// Statements that make the state what the search makes of it.
  std::vector<std::string> Statements(const Variables& variables) const;

  /// Whether they may change something after a step that wrote the cell.
  bool MayAskFor(const Variables& variables, size_t cell) const;

 private:
  void FindAsked();
  /// Whether the search leaves the cell as it is, whatever the variables are.
  bool IsIdentity(const Variables& variables, size_t cell) const;
  bool TryIdentity(const Variables& variables, size_t cell) const;
  uint32_t After(Position position, size_t cell) const;
  std::vector<uint32_t> Mapping(Position position, size_t cell) const;

  const Scene& scene_;
  const Dialect& dialect_;
  std::vector<bool> keeps_;
  std::vector<std::vector<bool>> asked_;  ///< by cell, then by the cells that decide it
  // What IsIdentity has found out for these variables, by cell.
  mutable std::vector<bool> known_for_;
  mutable std::vector<std::optional<bool>> identities_;
};

}  // namespace backstop::model::promela

// SPDX-License-Identifier: MIT
// Functions of a position that are written in C++, made into expressions by trying them: which
// cells a function asks for is found by changing them one at a time, then it is tabulated over
// those.
#pragma once

#include <functional>
#include <vector>

#include "model/export/promela_cells.h"
#include "model/export/promela_expression.h"

namespace backstop::model::promela {

/// The cells that a scene changes; all others have their first value for good.
struct Variables {
  Position first;              ///< a first position of the scene
  std::vector<bool> variable;  ///< by cell
  bool both_instances = true;  ///< names tell the instances apart

  std::string NameOf(size_t cell) const;
  /// The cell's value in a model with these variables.
  Expression ValueOf(size_t cell) const;
};

/// Values at which functions are tried are 0 to below this: all of an enumeration, small numbers.
uint32_t TriedValues(const Cell& cell);

/// A position at random, but the same one for the same seed, in which any variable may have any
/// value that is tried.
Position Sample(const Variables& variables, uint32_t* seed);

using Function = std::function<uint32_t(const Position&)>;

/// One value of a function and when it has it.
struct Branch {
  uint32_t value = 0;
  Expression when;
};

/// Cells that the function asks for. It may ask for few of them, and not for large numbers.
std::vector<size_t> AskedCells(const Variables& variables, const Function& function);

/// The values of the function that asks for these cells. Exactly one branch holds at a time.
std::vector<Branch> Branches(const Variables& variables, const std::vector<size_t>& asked,
                             const Function& function);

}  // namespace backstop::model::promela

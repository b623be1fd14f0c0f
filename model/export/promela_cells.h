// SPDX-License-Identifier: MIT
// The numbers that make up a position of the search, each with the name that its member gives it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "model/explore/position.h"

namespace backstop::model::promela {

enum class CellType : uint8_t { kTruth, kByte, kNumber };

struct Cell {
  std::string name;  ///< "first_backup_stop": unique, an identifier
  size_t offset = 0;
  size_t size = 0;  ///< in bytes
  CellType type = CellType::kByte;
  std::vector<std::string> values = {};  ///< names of its values, if it is of an enumeration

  uint32_t Read(const Position& position) const;
  void Write(Position* position, uint32_t value) const;
};

/// All cells in the order of a position; together they are the whole of it.
const std::vector<Cell>& Cells();

inline constexpr size_t kNoCell = ~size_t{0};

/// The number of the cell that is kept here, kNoCell if the address is not within the position.
size_t CellAt(const Position& position, const void* address);

/// The largest value that the cell can hold.
uint32_t LargestOf(const Cell& cell);

}  // namespace backstop::model::promela

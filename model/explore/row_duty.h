// SPDX-License-Identifier: MIT
// Which rows of the tables a dialect has, and which of them a search of it must take.
#pragma once

#include <cstdint>
#include <vector>

#include "model/lifecycle.h"

namespace backstop::model {

enum class RowDuty : uint8_t {
  kMust,      ///< some call takes the row in some state
  kInternal,  ///< tagged: no public call reaches it
  kForeign,   ///< a row of the other dialect alone
  kHidden,    ///< above it a row of this dialect alone refuses the event in any case
  kNoState,   ///< its state is entered by rows of the other dialect alone
};

/// By RowId, for `dialect` (kStrict or kEse). What it says follows from how the rows are written,
/// not from a search.
std::vector<RowDuty> RowDuties(const Dialect& dialect);

}  // namespace backstop::model

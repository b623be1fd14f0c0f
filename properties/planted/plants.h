// SPDX-License-Identifier: MIT
// Errors that are planted into the tables.
#pragma once

#include <string>
#include <vector>

#include "properties/planted/edited_table.h"

namespace backstop::planted {

enum class Edit {
  kFlip,        ///< another code, in both dialects
  kFlipStrict,  ///< another code, in the strict dialect only
  kDrop,        ///< the row is gone
  kSwap,        ///< the row changes places with the next one that a call meets there
  kForget,      ///< an effect is left out
  kStay,        ///< the state does not change
  kMove,        ///< the state that follows is another one
  kWiden,       ///< the row holds whatever its check says
};

/// One planted error: an edit of the rows that state one clause.
struct Plant {
  const char* what;    ///< the error in plain words
  const char* clause;  ///< of the row
  int nth;             ///< which of the rows of this clause, as written, from 0
  Edit edit;
  int argument = 0;  ///< the code, the number of the effect, or the state that follows
};

/// The errors that are shown, over all tables.
const std::vector<Plant>& Plants();

/// The specification with an error in it.
struct Planting {
  std::vector<EditableTable> tables;
  /// Rows of the specification as it is, by RowId: calls that take none of them there do the same
  /// with the error.
  std::vector<model::RowId> touched;
};

/// Plants the error. No tables if there is no such row.
Planting MakePlanting(const Plant& plant);

/// The specification as it is; every row counts as touched.
Planting NothingPlanted();

/// "another code", "row dropped", ...
const char* EditText(Edit edit);

}  // namespace backstop::planted

// SPDX-License-Identifier: MIT
// Each finding about the original engine with what the two dialects make of it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/export/findings.h"
#include "model/export/reference.h"

namespace backstop::model {

struct DifferenceText {
  std::string_view id;          ///< "D-01"
  std::string_view topic;       ///< what it is about
  std::string_view documented;  ///< what the reference says, empty where it is silent
  std::string_view page;        ///< pages of the reference
  std::string_view original;    ///< what the original engine does
  std::string_view cite;        ///< lines of its source, or "recorded"
  std::string_view follow;      ///< whom strict follows: "document", "source", "safety", or empty
  std::string_view strict;      ///< what the strict dialect does
  std::string_view ese;         ///< what the ese dialect does
  bool differs = false;         ///< whether the dialects differ
};

/// Every finding that a dialect, a clause or the contract knows, in the order of Findings().
const std::vector<DifferenceText>& DifferenceTexts();

/// The difference with this id, or null.
const DifferenceText* FindDifference(std::string_view id);

/// The ids of the clauses that decide it: those that say so, and those of its rows.
std::vector<std::string_view> ClausesOf(const Reference& reference, std::string_view id);

/// Whether the row decides the difference, by itself or through its clause.
bool Decides(const WrittenRow& row, std::string_view id);

}  // namespace backstop::model

// SPDX-License-Identifier: MIT
// Which codes a call can give in a state, at a glance.
#pragma once

#include <string>
#include <vector>

#include "model/export/reference.h"

namespace backstop::model {

/// Rows that give one result to a call in a state.
struct CellResult {
  std::string text;                 ///< "JET_errNoBackup", "goes on", "passes"
  const WrittenRow* row = nullptr;  ///< the first that gives it
  bool strict = false;
  bool ese = false;
};

/// The results in the order of the checks, each once. Rows that no call can reach are left out.
std::vector<CellResult> CellOf(const TableText& table, const std::string& event,
                               const std::string& state);

/// The table of one section in Markdown.
void WriteMatrix(const TableText& table, std::string* out);

}  // namespace backstop::model

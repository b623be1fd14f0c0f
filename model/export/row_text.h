// SPDX-License-Identifier: MIT
// Parts of a row in words.
#pragma once

#include <string>

#include "model/machine/table_text.h"

namespace backstop::model {

/// "databases phase, logs phase", or "any" for all states of the table.
std::string StatesText(const TableText& table, const WrittenRow& row);
/// The check, empty if the row has none.
std::string CheckText(const WrittenRow& row);
/// "JET_errNoBackup (-520)", "goes on", "passes".
std::string ResultText(const WrittenRow& row);
/// What changes, and the state that follows.
std::string EffectText(const WrittenRow& row);
/// "JET_errNoBackup" without its number.
std::string ShortResult(const WrittenRow& row);

}  // namespace backstop::model

// SPDX-License-Identifier: MIT
// Parts of a row in words.
#pragma once

#include <string>
#include <string_view>

#include "model/machine/table_text.h"

namespace backstop::model {

/// "databases phase, logs phase", or "any" for all states of the table.
std::string StatesText(const TableText& table, const WrittenRow& row);
/// "in databases phase, logs phase"; a state may say "in" by itself.
std::string InStates(std::string_view states);
/// The check, empty if the row has none.
std::string CheckText(const WrittenRow& row);
/// "JET_errNoBackup (-520)", "goes on", "passes".
std::string ResultText(const WrittenRow& row);
/// What is waited for, what changes, and the state that follows: "the backup is released; to no
/// backup".
std::string EffectText(const WrittenRow& row);
/// "JET_errNoBackup" without its number.
std::string ShortResult(const WrittenRow& row);
/// "strict, D-14" for a row of one dialect, else empty.
std::string DialectMark(const WrittenRow& row);

}  // namespace backstop::model

// SPDX-License-Identifier: MIT
// Answers to single questions about the specification, as plain text. Each is empty if the
// reference has nothing under the name that was asked for.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/export/reference.h"

namespace backstop::model {

/// What one call does: its entry tests and the rows of its tables, in order. `name` is an API name,
/// legacy or not, in any case.
std::string ExplainCall(const Reference& reference, std::string_view name);

/// Every row that gives a code. `code` is its name, in any case, or its number.
std::string ExplainCode(const Reference& reference, std::string_view code);

/// What every call returns in a state, or while a condition holds. `name` is the name of one, a
/// part of one name only, or one of the words "stopped" and "service stopped".
std::string ExplainState(const Reference& reference, std::string_view name);

/// A clause with its sources and rows.
std::string ExplainClause(const Reference& reference, std::string_view id);

/// A discrepancy, correction or hazard: what is documented, what the original engine does, what the
/// dialects do, and the clauses and rows that decide it.
std::string ExplainDifference(const Reference& reference, std::string_view id);

// The names that the questions above know.
std::vector<std::string> CallNames(const Reference& reference);
std::vector<std::string> CodeNames(const Reference& reference);
std::vector<std::string> StateNames(const Reference& reference);
/// Words for conditions that are not their names: "stopped".
std::vector<std::string> StateWords();
std::vector<std::string> ConditionNames(const Reference& reference);
std::vector<std::string> ClauseNames(const Reference& reference);
std::vector<std::string> DifferenceNames();

}  // namespace backstop::model

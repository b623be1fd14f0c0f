// SPDX-License-Identifier: MIT
// The specification as a document, made from the row types that run.
#pragma once

#include <string>
#include <string_view>

#include "model/lifecycle.h"

namespace backstop::model {

/// The whole reference: tables, clauses, states against calls. Equal on every build.
std::string ExportMarkdown();

/// What one call does: its entry tests and the rows of its table, in order. `name` is an API name,
/// legacy or not, in any case. Empty if there is no such call.
std::string ExplainCall(std::string_view name);

/// Every row that gives a code. Empty if no row does.
std::string WhereCode(Err err);

}  // namespace backstop::model

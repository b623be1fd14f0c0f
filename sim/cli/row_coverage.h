// SPDX-License-Identifier: MIT
// Which rows of the tables were hit, as `run` and `conform` report it and `merge` joins it.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "sim/harness/row_book.h"

namespace backstop::cli {

/// Members of an object: the counts, what was never hit, the rows that no public call reaches with
/// the reason, and for each row how often it was hit under each of the "fault_kinds".
nlohmann::ordered_json RowCoverageJson(const harness::RowBook& rows);

/// The first of the rows that were never hit, a line each.
std::string NeverHitText(const std::vector<std::string>& rows, size_t listed);
std::string NeverHitText(const harness::RowBook& rows);

}  // namespace backstop::cli

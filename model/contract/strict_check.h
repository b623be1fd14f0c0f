// SPDX-License-Identifier: MIT
// Compares the strict dialect of the tables with the contract, check by check: each check has its
// rows with its codes, in the order of the checks, and no row returns a code that nobody asks for.
#pragma once

#include <string>
#include <vector>

#include "model/contract/facts.h"
#include "model/machine/table_text.h"

namespace backstop::model::contract {

/// What does not fit, one line each; empty if the tables keep the contract. An exception of
/// coverage.json that nothing needs is a line, too.
std::vector<std::string> CheckStrict(const std::vector<TableText>& tables, const Facts& facts);

}  // namespace backstop::model::contract

// SPDX-License-Identifier: MIT
// The specification for programs. model/export/spec.schema.json describes the format.
#pragma once

#include <string>

#include "model/export/reference.h"

namespace backstop::model {

/// Grows when a field changes its meaning or goes; new fields do not change it.
inline constexpr int kJsonVersion = 1;

/// One object: tables, rows, clauses, differences and codes. Equal on every build.
std::string ExportJson(const Reference& reference);

}  // namespace backstop::model

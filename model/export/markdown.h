// SPDX-License-Identifier: MIT
// The specification as a document, made from the row types that run.
#pragma once

#include <string>

#include "model/export/reference.h"

namespace backstop::model {

/// The whole reference: tables, clauses, differences, states against calls. Equal on every build.
std::string ExportMarkdown(const Reference& reference);

}  // namespace backstop::model

// SPDX-License-Identifier: MIT
// Rows of the tables that calls can take on some engine, but not on the one that is linked in.
#pragma once

#include "model/lifecycle.h"

namespace backstop::harness {

/// Why no call takes the row on this engine in the world that tests it; null if one can. A row that
/// is taken all the same makes a test fail, so that no reason outlives its truth.
const char* WhyBeyond(const model::Dialect& dialect, model::RowId row);

}  // namespace backstop::harness

// SPDX-License-Identifier: MIT
// The names of error codes, for messages and reports.
#pragma once

#include "impl/engine/err.h"

namespace backstop::engine {

/// The symbolic name of a code of esent.h, for example "JET_errNoBackup"; "JET_errUnknown" for a
/// value that the header does not name. Thread-safe; the text is static.
const char* ErrorName(Err err);

}  // namespace backstop::engine

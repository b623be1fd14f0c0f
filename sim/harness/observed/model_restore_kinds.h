// SPDX-License-Identifier: MIT
// What the argument `given` of a step says about the files of a restore.
#pragma once

#include <string>

#include "model/call.h"

namespace backstop::observed {

/// For example "no-logs".
const char* RestoreKindName(model::RestoreKind kind);

/// kGood for a name that is none.
model::RestoreKind RestoreKindOf(const std::string& name);

}  // namespace backstop::observed

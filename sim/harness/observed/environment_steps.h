// SPDX-License-Identifier: MIT
// Steps that name what the environment does to the next call.
#pragma once

#include <optional>
#include <string>

#include "model/call.h"

namespace backstop::observed {

/// "oom", "enospc", ...; Fault::kNone stands for a log file that is gone.
const char* FaultName(model::Fault fault);
/// Nothing if no environment step has this name.
std::optional<model::Fault> FindFault(const std::string& name);

/// Whether only a simulated world can make this step.
bool IsEnvironmentStep(const std::string& call);

}  // namespace backstop::observed

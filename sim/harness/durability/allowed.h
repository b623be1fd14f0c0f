// SPDX-License-Identifier: MIT
// Which codes a call may return because of what a disk did.
#pragma once

#include <string>

#include "impl/esent.h"
#include "sim/harness/durability/fail_at.h"

namespace backstop::harness {

/// Whether the rows of the specification that ask for the fault give the code to this call, or, for
/// calls that the specification has no such rows of, the code is what the API documents for it.
bool IsAllowed(SweepFault fault, const std::string& call, JET_ERR err);

/// Whether the code tells that something is damaged, without saying what it was.
bool TellsDamage(JET_ERR err);

/// Whether the code says that the instance cannot go on until it is initialised again.
bool EndsInstance(JET_ERR err);

}  // namespace backstop::harness

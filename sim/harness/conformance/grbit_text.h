// SPDX-License-Identifier: MIT
// Flag bits by their names in esent.h, as a step writes them.
#pragma once

#include <cstdint>
#include <string>

#include "model/call.h"

namespace backstop::conformance {

/// "JET_bitBackupIncremental|0x100"; "0" for none, and nothing if the call has no flag bits.
std::string GrbitText(model::Op op, uint32_t grbit);

}  // namespace backstop::conformance

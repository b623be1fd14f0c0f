// SPDX-License-Identifier: MIT
// The laws by subject; invariant.h joins them into one list.
#pragma once

#include <vector>

#include "sim/harness/invariants/invariant.h"

namespace backstop::harness {

std::vector<Invariant> StopLaws();      ///< INV-01 to INV-09
std::vector<Invariant> BackupLaws();    ///< INV-10 to INV-13, 16 to 19
std::vector<Invariant> FileLaws();      ///< INV-21 to INV-23, 26, 27, 38
std::vector<Invariant> InstanceLaws();  ///< INV-42 to INV-46

}  // namespace backstop::harness

// SPDX-License-Identifier: MIT
#include "model/machine/backend.h"
#include "model/machine/gate_table.h"

namespace backstop::model {

std::unique_ptr<Family> MakeGateFamily() { return std::make_unique<Backed<GateTable>>(); }

}  // namespace backstop::model

// SPDX-License-Identifier: MIT
#include "model/machine/backend.h"
#include "model/machine/session_gate_table.h"

namespace backstop::model {

std::unique_ptr<Family> MakeSessionGateFamily() {
  return std::make_unique<Backed<SessionGateTable>>();
}

}  // namespace backstop::model

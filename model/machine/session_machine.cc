// SPDX-License-Identifier: MIT
#include "model/machine/backend.h"
#include "model/machine/session_table.h"

namespace backstop::model {

std::unique_ptr<Family> MakeSessionFamily() { return std::make_unique<Backed<SessionTable>>(); }

}  // namespace backstop::model

// SPDX-License-Identifier: MIT
#include "model/machine/backend.h"
#include "model/machine/begin_table.h"

namespace backstop::model {

std::unique_ptr<Family> MakeBeginFamily() { return std::make_unique<Backed<BeginTable>>(); }

}  // namespace backstop::model

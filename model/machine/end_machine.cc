// SPDX-License-Identifier: MIT
#include "model/machine/backend.h"
#include "model/machine/end_table.h"

namespace backstop::model {

std::unique_ptr<Family> MakeEndFamily() { return std::make_unique<Backed<EndTable>>(); }

}  // namespace backstop::model

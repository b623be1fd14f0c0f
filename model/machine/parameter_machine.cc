// SPDX-License-Identifier: MIT
#include "model/machine/backend.h"
#include "model/machine/parameter_table.h"

namespace backstop::model {

std::unique_ptr<Family> MakeParameterFamily() { return std::make_unique<Backed<ParameterTable>>(); }

}  // namespace backstop::model

// SPDX-License-Identifier: MIT
#include "model/machine/backend.h"
#include "model/machine/whole_table.h"

namespace backstop::model {

std::unique_ptr<Family> MakeWholeFamily() { return std::make_unique<Backed<WholeTable>>(); }

}  // namespace backstop::model

// SPDX-License-Identifier: MIT
#include "model/machine/backend.h"
#include "model/machine/data_table.h"

namespace backstop::model {

std::unique_ptr<Family> MakeDataFamily() { return std::make_unique<Backed<DataTable>>(); }

}  // namespace backstop::model

// SPDX-License-Identifier: MIT
#include "model/machine/backend.h"
#include "model/machine/open_table.h"

namespace backstop::model {

std::unique_ptr<Family> MakeOpenFamily() { return std::make_unique<Backed<OpenTable>>(); }

}  // namespace backstop::model

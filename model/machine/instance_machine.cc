// SPDX-License-Identifier: MIT
#include "model/machine/backend.h"
#include "model/machine/instance_table.h"

namespace backstop::model {

std::unique_ptr<Family> MakeInstanceFamily() { return std::make_unique<Backed<InstanceTable>>(); }

}  // namespace backstop::model

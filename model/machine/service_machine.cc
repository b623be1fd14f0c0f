// SPDX-License-Identifier: MIT
#include "model/machine/backend.h"
#include "model/machine/service_table.h"

namespace backstop::model {

std::unique_ptr<Family> MakeServiceFamily() { return std::make_unique<Backed<ServiceTable>>(); }

}  // namespace backstop::model

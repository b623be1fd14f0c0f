// SPDX-License-Identifier: MIT
#include "model/machine/backend.h"
#include "model/machine/log_table.h"

namespace backstop::model {

std::unique_ptr<Family> MakeLogFamily() { return std::make_unique<Backed<LogTable>>(); }

}  // namespace backstop::model

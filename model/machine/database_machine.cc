// SPDX-License-Identifier: MIT
#include "model/machine/backend.h"
#include "model/machine/database_table.h"

namespace backstop::model {

std::unique_ptr<Family> MakeDatabaseFamily() { return std::make_unique<Backed<DatabaseTable>>(); }

}  // namespace backstop::model

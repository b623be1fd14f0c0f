// SPDX-License-Identifier: MIT
#include "model/machine/backend.h"
#include "model/machine/restore_table.h"

namespace backstop::model {

std::unique_ptr<Family> MakeRestoreFamily() { return std::make_unique<Backed<RestoreTable>>(); }

}  // namespace backstop::model

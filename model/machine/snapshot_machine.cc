// SPDX-License-Identifier: MIT
#include "model/machine/backend.h"
#include "model/machine/snapshot_table.h"

namespace backstop::model {

std::unique_ptr<Family> MakeSnapshotFamily() { return std::make_unique<Backed<SnapshotTable>>(); }

}  // namespace backstop::model

// SPDX-License-Identifier: MIT
#include "model/machine/backend.h"
#include "model/machine/snapshot_end_table.h"

namespace backstop::model {

std::unique_ptr<Family> MakeSnapshotEndFamily() {
  return std::make_unique<Backed<SnapshotEndTable>>();
}

}  // namespace backstop::model

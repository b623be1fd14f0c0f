// SPDX-License-Identifier: MIT
#include "model/machine/backend.h"
#include "model/machine/external_restore_table.h"

namespace backstop::model {

std::unique_ptr<Family> MakeExternalRestoreFamily() {
  return std::make_unique<Backed<ExternalRestoreTable>>();
}

}  // namespace backstop::model

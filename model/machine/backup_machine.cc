// SPDX-License-Identifier: MIT
#include "model/machine/backend.h"
#include "model/machine/backup_table.h"

namespace backstop::model {

std::unique_ptr<Family> MakeBackupFamily() { return std::make_unique<Backed<BackupTable>>(); }

}  // namespace backstop::model

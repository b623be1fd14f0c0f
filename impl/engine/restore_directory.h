// SPDX-License-Identifier: MIT
// Restore of what JetBackup wrote (engine/whole_backup.h says what lies where).
#pragma once

#include <string>

#include "impl/engine/dialect.h"
#include "impl/engine/err.h"
#include "impl/engine/storage.h"
#include "impl/env/env.h"

namespace backstop::engine {

/// Copies the databases of the backup into the directory `target`, or to where they were if it is
/// empty, and restores them. The log goes on where `settings` says.
/// JET_errFileNotFound (no backup there), JET_errInvalidPath (no such target),
/// JET_errPatchFileMissing (copies that JetBackup did not write),
/// JET_errAttachedDatabaseMismatch (a database of the logs is not there), and as Restore.
Err RestoreDirectory(env::Env& env, const Dialect& dialect, const StorageSettings& settings,
                     const std::string& directory, const std::string& target);

}  // namespace backstop::engine

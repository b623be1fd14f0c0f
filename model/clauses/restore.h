// SPDX-License-Identifier: MIT
// Clauses of restoring the backup of an instance.
#pragma once

#include "model/clauses/clause.h"

namespace backstop::model {

inline constexpr Clause kRestoreClauses[] = {
    {"RESTORE-1", "JetRestore is refused in multi-instance mode.", "jetapi.cxx:2960; jetrestore"},
    {"RESTORE-2", "A handle that is given must be of a live instance.", "jetapi.cxx:22130"},
    {"RESTORE-3", "The instance must not be initialised.", "jetapi.cxx:4472; jetrestoreinstance"},
    {"RESTORE-7", "Paths that another instance uses are refused before the directory is looked at.",
     "recorded: restore/inited/full", "C-29"},
    {"RESTORE-4", "There must be a path.", "_log/logutil.cxx:957", "C-31"},
    {"RESTORE-8", "While the instance is restored other calls are refused.", "jetapi.cxx:22130"},
    {"RESTORE-6",
     "A directory that is missing, or holds no logs, is refused; the instance stays as it was.",
     "_log/logutil.cxx:957; recorded: restore/plain/nodir", "C-31"},
    {"RESTORE-9", "The files are restored; the instance is there and not initialised.",
     "_log/logutil.cxx:957; recorded: restore/plain/full", "C-31"},
    {"RESTORE-10", "Without an instance the restore has one of its own, which is gone afterwards.",
     "jetapi.cxx:2960; recorded: restore/int/handle_nil, restore/int/legacy", "C-31"},
};

}  // namespace backstop::model

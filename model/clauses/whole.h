// SPDX-License-Identifier: MIT
// Clauses of JetBackupInstance.
#pragma once

#include "model/clauses/clause.h"

namespace backstop::model {

inline constexpr Clause kWholeClauses[] = {
    {"BACKUP-15", "Bits beside Incremental and Atomic are refused.", "jetbackupinstance", "D-46"},
    {"BACKUP-1", "An instance that does not allow backups makes none.", "jetapi.cxx:16997-16999"},
    {"BACKUP-2", "A path that cannot be completed is refused.", "backup.cxx:937"},
    {"BACKUP-3", "Without logging there is no backup.", "backup.cxx:1366; jetbackupinstance"},
    {"BACKUP-4", "After the final log emission there is no backup.",
     "backup.cxx:1371; jetbackupinstance", "C-02"},
    {"BACKUP-5", "With circular logging there is no incremental backup.",
     "backup.cxx:1376; jetbackupinstance", "D-24"},
    {"BACKUP-6", "What bars a streaming backup bars this one, before its path is looked at.",
     "backup.cxx:1381; recorded: bkinst/begun/0/nodir", "C-18, C-24"},
    {"BACKUP-22", "What keeps a streaming backup from beginning keeps this one, too.",
     "backup.cxx:1381, 1695, 1875-1880", "D-25"},
    {"BACKUP-7", "Without a path nothing is copied; logs are truncated where that is possible.",
     "jetbackupinstance", "D-29"},
    {"BACKUP-9",
     "The directory must be there and be empty, but for an incremental backup behind a full one "
     "and for an atomic one.",
     "backup.cxx:100-140, 1130-1245; recorded: bkinst/db/0/nodir", "C-24"},
    {"BACKUP-13", "The backup begins; its first progress message follows.", "backup.cxx:1381"},
    {"BACKUP-16", "A backup that somebody else has ended fails.", "recorded: bkinst/db/cb_end1",
     "C-25"},
    {"BACKUP-10", "A termination that has begun ends the backup.",
     "backup.cxx:1076; recorded: bkasync/slow1/term0"},
    {"BACKUP-11", "A stop ends the backup; the files copied so far stay.",
     "backup.cxx:2145, 2706, 3165, 3508; recorded: bkinst/db/cb_stop1"},
    {"BACKUP-17", "A file that somebody else has opened ends the backup.",
     "recorded: bkasync/slow1/open", "C-25"},
    {"BACKUP-18", "A log info that somebody else has taken ends the backup.",
     "recorded: bkasync/slow1/loginfo", "C-25"},
    {"BACKUP-19", "An I/O error ends the backup.", "backup.cxx:1345-1533"},
    {"BACKUP-20", "Databases and logs are copied, logs truncated; the last message follows.",
     "backup.cxx:1345-1533"},
    {"BACKUP-12",
     "A stop after the last copy, or a log that was emitted, leaves the headers unstamped; the "
     "call succeeds.",
     "backup.cxx:1511, 4165; recorded: bkinst/db/cb_stop2"},
    {"BACKUP-21", "The headers are stamped as after a streaming backup that truncated.",
     "backup.cxx:1511; recorded: bkinst/db/0"},
};

}  // namespace backstop::model

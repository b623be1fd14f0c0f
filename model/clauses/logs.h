// SPDX-License-Identifier: MIT
// Clauses of the calls that list the log files of a backup.
#pragma once

#include "model/clauses/clause.h"

namespace backstop::model {

inline constexpr Clause kLogClauses[] = {
    {"WHOLE-2", "While JetBackupInstance runs, the calls on its logs are refused.",
     "recorded: bkasync/slow1/loginfo", "C-25"},
    {"LOGINFO-2", "Without a backup there are no logs to list.",
     "backup.cxx:3161; jetgetloginfoinstance"},
    {"LOGINFO-3", "A stopped backup lists nothing.", "backup.cxx:3165; jetgetloginfoinstance"},
    {"LOGINFO-4", "An open file bars the log info; the backup lives on.",
     "backup.cxx:3172-3177; jetgetloginfoinstance", "D-15"},
    {"LOGINFO-5",
     "When the log cannot roll, as after its final emission, the first log info fails and "
     "ends the backup.",
     "backup.cxx:624-635; jetgetloginfoinstance", "C-02, D-15"},
    {"LOGINFO-6", "A first log info that cannot be prepared ends the backup.",
     "backup.cxx:624-681, 792; jetgetloginfoinstance", "D-15, H-09"},
    {"LOGINFO-7",
     "An incremental backup that misses a generation between the last backup and the "
     "lowest log on disk fails at its first log info and is ended.",
     "backup.cxx:673, 844-895", "D-15, D-45"},
    {"LOGINFO-8", "A first log info that cannot use the checkpoint ends the backup.",
     "backup.cxx:678-681, 792", "D-15, H-09"},
    {"LOGINFO-9", "A log path that cannot be completed ends the backup.", "backup.cxx:3220, 3231",
     "D-15"},
    {"LOGINFO-10", "A list that finds no memory ends the backup.", "backup.cxx:3287, 3425", "D-15"},
    {"LOGINFO-11",
     "The original engine refuses a short ANSI buffer, but has moved to the logs phase.",
     "jetapi.cxx:17959; recorded: begun_full/-/LogInfo_small", "D-17, C-22"},
    {"LOGINFO-15", "The wide variant waits for the end of the freeze and then has a list.",
     "recorded: snap_frozen/-/LogInfoW", "C-14, C-15"},
    {"LOGINFO-16", "The ANSI variant waits for the end of the freeze and then finds no backup.",
     "recorded: snap_frozen/-/LogInfo", "C-14, C-15"},
    {"LOGINFO-12",
     "The first log info rolls the log, fixes the generations to copy and begins the "
     "logs phase.",
     "backup.cxx:624-746, 3185-3191; jetgetloginfoinstance", "D-41"},
    {"LOGINFO-13", "Later log infos repeat the first answer.", "backup.cxx:3185", "H-10"},
    {"LOGINFO-14", "After a truncation the list is the same, though files may be gone.",
     "backup.cxx:3185"},
    {"TRUNCINFO-6",
     "The truncation list names generations below the end of the copy range, or "
     "none; asking for it counts as log info.",
     "backup.cxx:683-728, 3185; jetgettruncateloginfoinstance"},
};

}  // namespace backstop::model

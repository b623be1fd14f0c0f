// SPDX-License-Identifier: MIT
// Clauses of the calls that begin, stop and end a backup.
#pragma once

#include "model/clauses/clause.h"

namespace backstop::model {

inline constexpr Clause kBackupClauses[] = {
    {"BEGIN-1", "An instance that does not allow backups begins none.",
     "jetapi.cxx:17454-17456; jetbeginexternalbackup", "D-34"},
    {"BEGIN-2", "Without logging there is no backup.", "backup.cxx:1644; jetbeginexternalbackup"},
    {"BEGIN-3", "After the final log emission no backup begins.",
     "backup.cxx:1649; jetbeginexternalbackup", "C-02"},
    {"BEGIN-5", "Begin knows the bit Incremental only.", "backup.cxx:1666; jetbeginexternalbackup",
     "D-27"},
    {"BEGIN-6", "With circular logging there is no incremental backup.",
     "backup.cxx:1673; jetbeginexternalbackup", "D-24"},
    {"BEGIN-10", "One backup runs at a time; the running one is not disturbed.",
     "backup.cxx:1701-1707; jetbeginexternalbackup"},
    {"BEGIN-13", "An incremental backup needs a full backup of every attached database.",
     "backup.cxx:1803, 802-841; jetbeginexternalbackup", "D-23, D-45"},
    {"BEGIN-17", "An incremental backup begins in the logs phase.", "backup.cxx:1755"},
    {"BEGIN-18", "A full backup begins in the databases phase; an earlier stop is forgotten.",
     "backup.cxx:1724-1903; jetbeginexternalbackup", "D-03, H-01"},
    {"STOP-1", "A stop without a backup succeeds and changes nothing.",
     "jetapi.cxx:22618-22632; jetstopbackupinstance", "D-03, D-04"},
    {"STOP-2",
     "A stop of a backup succeeds and changes nothing else: the backup lives until it is "
     "ended.",
     "jetapi.cxx:22629; jetstopbackupinstance"},
    {"END-1", "A backup is ended normally or aborted, not both; tested before everything.",
     "backup.cxx:3978", "D-20"},
    {"END-2", "A backup is ended normally or aborted, not neither; tested before everything.",
     "backup.cxx:3983", "D-20"},
    {"END-3",
     "Without a backup there is nothing to end; of several ends of one backup one succeeds.",
     "backup.cxx:4138; jetendexternalbackupinstance", "H-13"},
    {"END-5",
     "A normal end of a stopped backup releases everything, stamps no header and says that "
     "the backup is worthless.",
     "backup.cxx:4165-4171; jetendexternalbackupinstance2", "D-01, H-02"},
    {"END-6",
     "A normal end before the log info releases everything, stamps no header and says that "
     "the backup is worthless.",
     "backup.cxx:4172-4178; jetendexternalbackupinstance2", "D-02, H-15"},
    {"END-7", "An abort releases everything, stopped or not, and stamps no header.",
     "backup.cxx:3991; jetendexternalbackupinstance2"},
    {"END-9",
     "A full backup that truncated the logs, or says so, makes the databases that were "
     "copied a base for incremental backups.",
     "backup.cxx:4060-4067, 4275", "D-22, D-23"},
    {"END-10", "Any other normal end releases everything and makes no base.",
     "backup.cxx:4229-4303; jetendexternalbackupinstance", "D-22, C-04"},
};

}  // namespace backstop::model

// SPDX-License-Identifier: MIT
// Clauses of the calls that begin and stop a backup.
#pragma once

#include "model/clauses/clause.h"

namespace backstop::model {

inline constexpr Clause kBeginClauses[] = {
    {"BEGIN-1", "An instance that does not allow backups begins none.",
     "jetapi.cxx:17454-17456; jetbeginexternalbackup", "D-34"},
    {"BEGIN-2", "Without logging there is no backup.", "backup.cxx:1644; jetbeginexternalbackup"},
    {"BEGIN-3", "After the final log emission no backup begins.",
     "backup.cxx:1649; jetbeginexternalbackup", "C-02"},
    {"BEGIN-5",
     "Begin knows the bit Incremental; the original engine also those of surrogate backups and "
     "internal copies.",
     "backup.cxx:1666; jetbeginexternalbackup", "D-27"},
    {"BEGIN-6", "With circular logging there is no incremental backup.",
     "backup.cxx:1673; jetbeginexternalbackup", "D-24"},
    {"BEGIN-7", "With circular logging there is no surrogate backup.", "backup.cxx:1678", "D-27"},
    {"BEGIN-8", "An internal copy is full and local.", "backup.cxx:1683", "D-27"},
    {"BEGIN-9", "A full log disk or an exhausted log sequence bars backups.",
     "backup.cxx:1695; _log/logstream.cxx:1160", "D-25"},
    {"BEGIN-10", "One backup runs at a time; the running one is not disturbed.",
     "backup.cxx:1701-1707; jetbeginexternalbackup", "C-18"},
    {"BEGIN-11", "A surrogate backup bars others.", "backup.cxx:1711", "D-25"},
    {"BEGIN-13", "An incremental backup needs a full backup of every attached database.",
     "backup.cxx:1803, 802-841; jetbeginexternalbackup", "D-23, D-45"},
    {"BEGIN-14", "Without memory for the checkpoint no full backup begins.", "backup.cxx:1875"},
    {"BEGIN-15", "A full backup needs a readable checkpoint.",
     "backup.cxx:1880; jetbeginexternalbackup"},
    {"BEGIN-19", "A surrogate backup begins: streaming calls do not see it.",
     "backup.cxx:1724-1755", "D-27"},
    {"BEGIN-17", "An incremental backup begins in the logs phase.", "backup.cxx:1755"},
    {"BEGIN-18", "A full backup begins in the databases phase; an earlier stop is forgotten.",
     "backup.cxx:1724-1903; jetbeginexternalbackup", "D-03, H-01"},
    {"STOP-1", "A stop without a backup succeeds and changes nothing.",
     "jetapi.cxx:22618-22632; jetstopbackupinstance", "D-03, D-04"},
    {"STOP-2",
     "A stop of a backup succeeds and changes nothing else: the backup lives until it is "
     "ended.",
     "jetapi.cxx:22629; jetstopbackupinstance"},
};

}  // namespace backstop::model

// SPDX-License-Identifier: MIT
// Clauses of the truncation and of the end of a backup.
#pragma once

#include "model/clauses/clause.h"

namespace backstop::model {

inline constexpr Clause kEndClauses[] = {
    {"WHOLE-5", "While JetBackupInstance runs, nobody else truncates its logs.",
     "recorded: bkasync/slow1/loginfo", "C-25"},
    {"TRUNC-1", "Without a backup nothing is truncated.",
     "backup.cxx:3504; jettruncateloginstance"},
    {"TRUNC-2", "A stopped backup truncates nothing.", "backup.cxx:3508; jettruncateloginstance",
     "H-11"},
    {"TRUNC-3", "An open file bars truncation.", "backup.cxx:3514; jettruncateloginstance"},
    {"TRUNC-4", "Truncation needs the log info.", "backup.cxx:3522", "D-19"},
    {"TRUNC-5", "Truncation needs every listed log to be copied; the backup lives on.",
     "backup.cxx:3535-3556", "D-18, H-24"},
    {"TRUNC-8", "In the original engine a freeze fixes the copy range as log info does.",
     "recorded: snap_frozen/-/Truncate", "C-13, H-17"},
    {"TRUNC-6",
     "A failing deletion is reported; what was deleted stays deleted, and the backup "
     "counts as truncated.",
     "backup.cxx:3558; _log/logstream.cxx:4182-4206"},
    {"TRUNC-7",
     "Truncation deletes no generation that is not in the list, oldest first; it can be "
     "repeated.",
     "backup.cxx:3502-3560; jettruncateloginstance"},
    {"END-1", "A backup is ended normally or aborted, not both; tested before everything.",
     "backup.cxx:3978", "D-20"},
    {"END-2", "A backup is ended normally or aborted, not neither; tested before everything.",
     "backup.cxx:3983", "D-20"},
    {"END-3",
     "Without a backup there is nothing to end; of several ends of one backup one succeeds.",
     "backup.cxx:4138; jetendexternalbackupinstance", "H-13"},
    {"WHOLE-3", "While JetBackupInstance runs, nobody else ends its backup.",
     "recorded: bkasync/slow1/end", "C-25"},
    {"END-4", "The original engine takes an end of the other kind, or with 0x20, for a failure.",
     "backup.cxx:4145-4161; recorded: begun_surr/-/End", "D-20, D-21"},
    {"END-5",
     "A normal end of a stopped backup releases everything and stamps no header; strict says "
     "that the backup is worthless.",
     "backup.cxx:4165-4171; jetendexternalbackupinstance2", "D-01, H-02"},
    {"END-6",
     "A normal end before the log info releases everything, stamps no header and says that "
     "the backup is worthless.",
     "backup.cxx:4172-4178; jetendexternalbackupinstance2", "D-02, H-15"},
    {"END-7", "An abort releases everything, stopped or not, and stamps no header.",
     "backup.cxx:3991; jetendexternalbackupinstance2"},
    {"END-8",
     "After the final log emission, or told NoDbHeaderUpdate, a normal end stamps no header.",
     "backup.cxx:4229; recorded: inj/full/7/svc_emit", "C-04"},
    {"END-9",
     "A full backup that truncated the logs, or says so, makes the databases that were "
     "copied a base for incremental backups.",
     "backup.cxx:4060-4067, 4275", "D-22, D-23"},
    {"END-10", "A full backup that did not truncate is a copy, and no base.",
     "backup.cxx:4060-4067", "D-22, D-23"},
    {"END-11", "The original engine lets an end release an instance from its snapshot.",
     "daedef.hxx:4272-4286; recorded: snap_frozen/-/End", "H-17"},
    {"END-13", "A surrogate backup that was stopped, or told not to stamp, stamps no header.",
     "recorded: inj/surr/1/stop", "C-06"},
    {"END-14", "A surrogate backup that ends well counts as a copy.", "recorded: inj/surr/0/none",
     "C-05"},
    {"END-15", "An incremental backup that truncated the logs is remembered as such.",
     "backup.cxx:4060-4067, 4280"},
    {"END-16", "An incremental backup that did not truncate is a differential one.",
     "backup.cxx:4060-4067, 4280", "H-15"},
};

}  // namespace backstop::model

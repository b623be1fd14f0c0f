// SPDX-License-Identifier: MIT
// Clauses of the databases that an instance holds.
#pragma once

#include "model/clauses/clause.h"

namespace backstop::model {

inline constexpr Clause kDatabaseClauses[] = {
    {"ATTACH-7", "A database cannot be attached inside a transaction.", "db.cxx:4080"},
    {"ATTACH-9", "The path must be good.", "db.cxx:4086, 4106"},
    {"ATTACH-11", "A read-only file is attached read-only.", "db.cxx:4111"},
    {"ATTACH-12", "A backup in progress, stopped or not, bars attaching.",
     "db.cxx:4119-4125; jetattachdatabase"},
    {"ATTACH-13", "A surrogate backup bars attaching.", "db.cxx:4129"},
    {"ATTACH-14", "The file must exist.", "jetattachdatabase"},
    {"ATTACH-15", "Attaching again is a warning.", "jetattachdatabase"},
    {"ATTACH-16", "The database is attached; Begin waits for it.", "db.cxx:4441"},
    {"ATTACH-17", "A read-only database is attached; no backup lists it.", "recorded: cfg/rodb"},
    {"DETACH-7", "A database cannot be detached inside a transaction.", "db.cxx:5371"},
    {"DETACH-8", "A healthy database cannot be detached by force.",
     "recorded: cfg/forcedetach_during", "C-26"},
    {"DETACH-9", "A backup in progress, stopped or not, bars detaching.",
     "db.cxx:5421-5425; jetdetachdatabase"},
    {"DETACH-10", "A surrogate backup bars detaching.", "db.cxx:5429"},
    {"DETACH-11", "The database must be attached.", "db.cxx:5440; jetdetachdatabase"},
    {"DETACH-12", "The database must not be open.", "db.cxx:5480; jetdetachdatabase"},
    {"DETACH-13", "The database is detached, also after JetStopService.", "jetapi.cxx:16911"},
    {"DBCREATE-7", "The file must not exist.", "jetcreatedatabase"},
    {"DBCREATE-9", "The creation of a database waits for the end of a freeze.",
     "recorded: conc/fr/async_create", "C-18"},
    {"DBCREATE-11", "A database without logging is created; no backup lists it.",
     "recorded: cfg/norecdb"},
    {"DBCREATE-8", "A database is created, attached and open, also during a backup.",
     "db.cxx:1629; jetcreatedatabase", "D-40"},
    {"DBOPEN-1", "The database must be attached.", "jetopendatabase"},
    {"DBOPEN-2", "An attached database is opened in any phase of a backup.", "jetopendatabase"},
    {"DBOPEN-3", "The database must be open.", "jetclosedatabase"},
    {"DBOPEN-4", "The database is closed, also after JetStopService.", "jetclosedatabase", "D-28"},
    {"DBINFO-12", "A database that was detached has no information.", "recorded: cfg/detach_during",
     "C-28"},
    {"DBINFO-11", "A database that was closed has no information.",
     "recorded: JetGetDatabaseInfo after JetCloseDatabase", "C-28"},
    {"DBINFO-7", "The buffer has the size of a known structure.", "info.cxx:4180"},
    {"DBINFO-10",
     "JetGetDatabaseInfo shows the backup fields of the header; FullCur is always empty.",
     "info.cxx:4180; jetgetdatabaseinfo", "INV-36"},
};

}  // namespace backstop::model

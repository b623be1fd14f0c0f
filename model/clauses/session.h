// SPDX-License-Identifier: MIT
// Clauses of session calls: transactions, rows, and the databases an instance holds.
#pragma once

#include "model/clauses/clause.h"

namespace backstop::model {

inline constexpr Clause kSessionClauses[] = {
    {"TRX-1", "Transactions nest seven levels deep.", "jetbegintransaction"},
    {"TRX-2", "A transaction begins, in any phase of a backup.", "jetbegintransaction"},
    {"TRX-3", "Only a session inside a transaction can commit or roll back.",
     "jetcommittransaction; jetrollback"},
    {"TRX-4", "The outermost commit or rollback ends the transaction; a backup never hinders it.",
     "jetcommittransaction; jetrollback"},
    {"TRX-5", "An inner commit or rollback ends one level.", "jetcommittransaction; jetrollback"},
    {"ROW-1", "After the final log emission nothing can be written.",
     "recorded: db/svc_emitlog/Write", "C-02"},
    {"ROW-2", "Rows are written in any phase of a backup.", "jetupdate; INV-47"},
    {"ATTACH-7", "A database cannot be attached inside a transaction.", "db.cxx:4080"},
    {"ATTACH-12", "A backup in progress, stopped or not, bars attaching.",
     "db.cxx:4119-4125; jetattachdatabase"},
    {"ATTACH-14", "The file must exist.", "jetattachdatabase"},
    {"ATTACH-15", "Attaching again is a warning.", "jetattachdatabase"},
    {"ATTACH-16", "The database is attached; Begin waits for it.", "db.cxx:4441"},
    {"DETACH-7", "A database cannot be detached inside a transaction.", "db.cxx:5371"},
    {"DETACH-8", "A healthy database cannot be detached by force.",
     "recorded: cfg/forcedetach_during", "C-26"},
    {"DETACH-9", "A backup in progress, stopped or not, bars detaching.",
     "db.cxx:5421-5425; jetdetachdatabase"},
    {"DETACH-11", "The database must be attached.", "db.cxx:5440; jetdetachdatabase"},
    {"DETACH-12", "The database must not be open.", "db.cxx:5480; jetdetachdatabase"},
    {"DETACH-13", "The database is detached, also after JetStopService.", "jetapi.cxx:16911"},
    {"DBCREATE-7", "The file must not exist.", "jetcreatedatabase"},
    {"DBCREATE-8", "A database is created, attached and open, also during a backup.",
     "db.cxx:1629; jetcreatedatabase", "D-40"},
};

}  // namespace backstop::model

// SPDX-License-Identifier: MIT
// Clauses of sessions, their transactions and rows.
#pragma once

#include "model/clauses/clause.h"

namespace backstop::model {

inline constexpr Clause kSessionClauses[] = {
    {"SESSION-1", "A session begins in any phase of a backup.", "jetbeginsession"},
    {"SESSION-2", "Ending a session rolls its transaction back.", "jetendsession"},
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
    {"ROW-3", "A commit that is not lazy waits for the end of a freeze.",
     "recorded: conc/fr/async_write/thaw", "C-18"},
    {"ROW-4", "A row is read through an open database.", "recorded: CountRows after the close",
     "C-28"},
    {"ROW-5", "Rows are read in any phase of a backup.", "jetretrievecolumn; INV-47"},
};

}  // namespace backstop::model

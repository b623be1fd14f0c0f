// SPDX-License-Identifier: MIT
// All clauses, and the look-up that keeps a row from naming one that does not exist.
#pragma once

#include <span>
#include <string_view>

#include "model/clauses/begin.h"
#include "model/clauses/clause.h"
#include "model/clauses/data.h"
#include "model/clauses/databases.h"
#include "model/clauses/end.h"
#include "model/clauses/entry.h"
#include "model/clauses/external_restore.h"
#include "model/clauses/instance.h"
#include "model/clauses/logs.h"
#include "model/clauses/open.h"
#include "model/clauses/restore.h"
#include "model/clauses/service.h"
#include "model/clauses/session.h"
#include "model/clauses/session_entry.h"
#include "model/clauses/snapshot.h"
#include "model/clauses/snapshot_end.h"
#include "model/clauses/whole.h"

namespace backstop::model {

struct Chapter {
  std::string_view title;
  std::span<const Clause> clauses;
};

/// One chapter per transition table, in the order of the tables.
inline constexpr Chapter kChapters[] = {
    {"Entry gate", kEntryClauses},
    {"Entry gate of sessions", kSessionEntryClauses},
    {"Life of an instance", kInstanceClauses},
    {"Stop of service", kServiceClauses},
    {"Parameters and information", kParameterClauses},
    {"Sessions", kSessionClauses},
    {"Databases", kDatabaseClauses},
    {"Backup files", kOpenClauses},
    {"Backup data", kDataClauses},
    {"Backup logs", kLogClauses},
    {"Begin and stop of a backup", kBeginClauses},
    {"Truncation and end of a backup", kEndClauses},
    {"Whole backup in one call", kWholeClauses},
    {"OS snapshots up to the freeze", kSnapshotClauses},
    {"OS snapshots from the thaw on", kSnapshotEndClauses},
    {"Restore", kRestoreClauses},
    {"External restore", kExternalRestoreClauses},
};

/// The clause with this id, or null.
constexpr const Clause* FindClause(std::string_view id) {
  for (const Chapter& chapter : kChapters) {
    for (const Clause& clause : chapter.clauses) {
      if (clause.id == id) return &clause;
    }
  }
  return nullptr;
}

/// Compares no pointers: under UBSan g++ takes that for no constant expression.
consteval bool IsClause(std::string_view id) {
  for (const Chapter& chapter : kChapters) {
    for (const Clause& clause : chapter.clauses) {
      if (clause.id == id) return true;
    }
  }
  return false;
}

}  // namespace backstop::model

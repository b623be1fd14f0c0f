// SPDX-License-Identifier: MIT
// All clauses, and the look-up that keeps a row from naming one that does not exist.
#pragma once

#include <span>
#include <string_view>

#include "model/clauses/backup.h"
#include "model/clauses/clause.h"
#include "model/clauses/data.h"
#include "model/clauses/entry.h"
#include "model/clauses/instance.h"
#include "model/clauses/logs.h"
#include "model/clauses/service.h"
#include "model/clauses/session.h"

namespace backstop::model {

struct Chapter {
  std::string_view title;
  std::span<const Clause> clauses;
};

/// One chapter per transition table, in the order of the tables.
inline constexpr Chapter kChapters[] = {
    {"Entry gate", kEntryClauses},        {"Life of an instance", kInstanceClauses},
    {"Stop of service", kServiceClauses}, {"Parameters", kParameterClauses},
    {"Sessions", kSessionClauses},        {"Backup data", kDataClauses},
    {"Backup logs", kLogClauses},         {"Begin, stop and end of a backup", kBackupClauses},
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

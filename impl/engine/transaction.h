// SPDX-License-Identifier: MIT
// What a session's open transaction remembers: enough to take its changes back.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "impl/engine/key.h"

namespace backstop::engine {

/// What a row holds; nothing: there is no such row.
using RowState = std::optional<std::vector<std::byte>>;

enum class RowEdit : uint8_t { kNone, kInsert, kReplace, kDelete };

/// One change of a row, and how to take it back.
struct RowChange {
  uint32_t database = 0;
  TreeId tree;
  Key key;
  RowEdit edit = RowEdit::kNone;
  RowState before;
};

/// The transaction state of one session. Used by one thread at a time; made by
/// Storage::NewTransaction and changed only by Storage and Cursor.
class Transaction {
 public:
  Transaction() = default;
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  unsigned level() const { return static_cast<unsigned>(level_starts.size()); }

  void Reset() {
    id = 0;
    begin_logged = false;
    changes.clear();
    level_starts.clear();
  }

  uint32_t id = 0;                   ///< of the outermost level; 0 while none is open
  bool begin_logged = false;         ///< the Begin record is written with the first change
  uint64_t snapshot = 0;             ///< sees what was committed up to here
  bool sees_everything = false;      ///< for the catalog's own checks
  std::vector<RowChange> changes;    ///< in order
  std::vector<size_t> level_starts;  ///< per open level: changes.size() at its beginning
};

}  // namespace backstop::engine

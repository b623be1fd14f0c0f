// SPDX-License-Identifier: MIT
// What a session's open transaction remembers: enough to take its changes back.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace backstop::engine {

/// One insertion to take back: the row, by its key, in the page that holds it.
struct InsertedRow {
  uint32_t database = 0;
  uint32_t page = 0;
  uint32_t object = 0;
  uint64_t row = 0;
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
    inserts.clear();
    level_starts.clear();
  }

  uint32_t id = 0;                   ///< of the outermost level; 0 while none is open
  bool begin_logged = false;         ///< the Begin record is written with the first change
  uint64_t snapshot = 0;             ///< sees what was committed up to here
  bool sees_everything = false;      ///< for the catalog's own checks
  std::vector<InsertedRow> inserts;  ///< in order
  std::vector<size_t> level_starts;  ///< per open level: inserts.size() at its beginning
};

}  // namespace backstop::engine

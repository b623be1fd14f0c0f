// SPDX-License-Identifier: MIT
// A call on an open table: the session call, and the cursor it names.
#pragma once

#include "impl/api/session_call.h"
#include "impl/engine/cursor.h"
#include "impl/engine/instance.h"

namespace backstop::api {

/// Like SessionCall; err() is JET_errInvalidTableId if the session has no such table open.
class TableCall {
 public:
  explicit TableCall(JET_SESID sesid, JET_TABLEID tableid) : call_(sesid), err_(call_.err()) {
    if (err_ < 0) return;
    cursor_ = call_.session().FindTable(tableid);
    if (cursor_ == nullptr) err_ = JET_errInvalidTableId;
  }

  engine::Err err() const { return err_; }
  engine::Cursor& cursor() { return *cursor_; }
  engine::Transaction& transaction() { return call_.transaction(); }
  /// After the final log emission nothing can be written (C-02).
  engine::Err CheckWritable() { return call_.instance().gate().CheckWritable(); }

  /// Calls `operation` in a transaction level of its own, which is taken back if it fails.
  template <class Operation>
  engine::Err InTransaction(Operation operation) {
    engine::Storage& storage = call_.storage();
    if (const engine::Err err = storage.Begin(transaction()); err < 0) return err;
    const engine::Err err = operation();
    if (err >= 0) return storage.Commit(transaction(), 0);
    storage.Rollback(transaction(), 0);
    return err;
  }

 private:
  SessionCall call_;
  engine::Err err_;
  engine::Cursor* cursor_ = nullptr;
};

}  // namespace backstop::api

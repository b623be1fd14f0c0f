// SPDX-License-Identifier: MIT
// Steps that write and count rows.
#include <string>

#include "sim/harness/observed/calls.h"

namespace backstop::observed {
namespace {

constexpr int64_t kRowsPerTransaction = 50;
// As much log as the original engine wrote: rows of this size, and a new database most of a
// generation.
constexpr int64_t kRowBytes = 230;
constexpr int kNewDatabaseRows = 60;
constexpr size_t kNewDatabaseRowBytes = 1000;
constexpr const char* kColumn = "value";

/// A table that is open, or the error that opening it gave.
class Table {
 public:
  explicit Table(Calls& calls)
      : api_(calls.api),
        session_(calls.symbols.Session(calls.step)),
        database_(calls.symbols.Database(calls.step)),
        name_(calls.step.Text("table", "T")) {}

  JET_ERR Open() {
    return api_.JetOpenTable(session_, database_, name_.c_str(), nullptr, 0, 0, &table_);
  }
  JET_ERR OpenOrCreate() {
    const JET_ERR err = Open();
    return err == JET_errObjectNotFound ? Create() : err;
  }
  JET_ERR Close() { return api_.JetCloseTable(session_, table_); }

  JET_ERR FindColumn() {
    JET_COLUMNDEF column{};
    const JET_ERR err =
        api_.JetGetTableColumnInfo(session_, table_, kColumn, &column, sizeof column, JET_ColInfo);
    column_ = column.columnid;
    return err;
  }

  JET_ERR Insert(const std::string& bytes) {
    JET_ERR err = api_.JetPrepareUpdate(session_, table_, JET_prepInsert);
    if (err >= 0) {
      err = api_.JetSetColumn(session_, table_, column_, bytes.data(),
                              static_cast<uint32_t>(bytes.size()), 0, nullptr);
    }
    return err < 0 ? err : api_.JetUpdate(session_, table_, nullptr, 0, nullptr);
  }

  /// Writes `count` rows in one transaction; none of them if one fails.
  JET_ERR InsertAll(int64_t count, const std::string& bytes, JET_GRBIT commit) {
    JET_ERR err = api_.JetBeginTransaction(session_);
    if (err < 0) return err;
    for (int64_t row = 0; err >= 0 && row < count; ++row) err = Insert(bytes);
    if (err >= 0) err = api_.JetCommitTransaction(session_, commit);
    if (err < 0) api_.JetRollback(session_, 0);
    return err;
  }

  JET_ERR Move(int32_t rows) { return api_.JetMove(session_, table_, rows, 0); }

 private:
  JET_ERR Create() {
    const JET_ERR err = api_.JetCreateTable(session_, database_, name_.c_str(), 1, 80, &table_);
    if (err < 0) return err;
    JET_COLUMNDEF column{};
    column.cbStruct = sizeof column;
    column.coltyp = JET_coltypLongBinary;
    const JET_ERR added =
        api_.JetAddColumn(session_, table_, kColumn, &column, nullptr, 0, &column_);
    return added < 0 ? added : FillLog();
  }

  /// Writes to the log and leaves nothing behind.
  JET_ERR FillLog() {
    const std::string bytes(kNewDatabaseRowBytes, 'n');
    JET_ERR err = api_.JetBeginTransaction(session_);
    if (err < 0) return err;
    for (int row = 0; err >= 0 && row < kNewDatabaseRows; ++row) err = Insert(bytes);
    const JET_ERR rolled_back = api_.JetRollback(session_, 0);
    return err < 0 ? err : rolled_back;
  }

  const harness::JetApi& api_;
  const JET_SESID session_;
  const JET_DBID database_;
  const std::string name_;
  JET_TABLEID table_ = JET_tableidNil;
  JET_COLUMNID column_ = 0;
};

void WriteRows(Calls& calls) {
  using harness::JetApi;
  if (!calls.Has(&JetApi::JetOpenTable, &JetApi::JetCreateTable, &JetApi::JetAddColumn,
                 &JetApi::JetGetTableColumnInfo, &JetApi::JetPrepareUpdate, &JetApi::JetSetColumn,
                 &JetApi::JetUpdate, &JetApi::JetBeginTransaction, &JetApi::JetCommitTransaction,
                 &JetApi::JetRollback, &JetApi::JetCloseTable)) {
    return;
  }
  Table table(calls);
  const int64_t rows = Number(calls.step, "rows");
  const std::string bytes(static_cast<size_t>(Number(calls.step, "cb", kRowBytes)), 'r');
  const JET_GRBIT commit = Flag(calls.step, "lazy") ? JET_bitCommitLazyFlush : 0;
  JET_ERR& err = calls.result.err;
  err = table.OpenOrCreate();
  if (err < 0) return;
  err = table.FindColumn();
  int64_t written = 0;
  while (err >= 0 && written < rows) {
    const int64_t some = std::min(kRowsPerTransaction, rows - written);
    err = table.InsertAll(some, bytes, commit);
    if (err >= 0) written += some;
  }
  calls.result.out["rows"] = written;
  const JET_ERR closed = table.Close();
  if (err >= 0) err = closed;
}

void CountRows(Calls& calls) {
  using harness::JetApi;
  if (!calls.Has(&JetApi::JetOpenTable, &JetApi::JetMove, &JetApi::JetCloseTable)) return;
  Table table(calls);
  JET_ERR& err = calls.result.err;
  err = table.Open();
  if (err < 0) return;
  int64_t rows = 0;
  err = table.Move(JET_MoveFirst);
  for (; err >= 0; err = table.Move(JET_MoveNext)) ++rows;
  calls.result.out["rows"] = rows;
  const JET_ERR closed = table.Close();
  if (err == JET_errNoCurrentRecord) err = closed;
}

constexpr NamedStep kRowSteps[] = {{"WriteRows", &WriteRows}, {"CountRows", &CountRows}};

}  // namespace

StepFunction FindRowStep(const std::string& name) { return FindIn(kRowSteps, name); }

}  // namespace backstop::observed

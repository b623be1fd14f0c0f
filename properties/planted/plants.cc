// SPDX-License-Identifier: MIT
#include "properties/planted/plants.h"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <utility>

#include "impl/esent.h"
#include "model/snapshot.h"

namespace backstop::planted {

namespace {

bool Always(const model::Context&) { return true; }

void Flip(EditableTable* table, size_t written, const Plant& plant) {
  for (EditableRow& row : table->rows) {
    if (row.written != written) continue;
    row.strict_err = plant.argument;
    if (plant.edit == Edit::kFlip) row.err = plant.argument;
  }
  // The text is what the strict dialect is read from.
  table->text.rows[written].err = plant.argument;
}

void Drop(EditableTable* table, size_t written) {
  std::erase_if(table->rows, [&](const EditableRow& row) { return row.written == written; });
  for (EditableRow& row : table->rows) row.written -= row.written > written ? 1 : 0;
  table->text.rows.erase(table->text.rows.begin() + static_cast<std::ptrdiff_t>(written));
}

/// The next row that a call meets in the same state; the row itself if there is none.
size_t NextOf(const EditableTable& table, size_t written) {
  size_t next = table.text.rows.size();
  for (const EditableRow& row : table.rows) {
    if (row.written != written) continue;
    for (const EditableRow& other : table.rows) {
      const bool meets = other.event == row.event && other.source == row.source;
      if (meets && other.written > written) next = std::min(next, other.written);
    }
  }
  return next == table.text.rows.size() ? written : next;
}

void Swap(EditableTable* table, size_t written) {
  const size_t next = NextOf(*table, written);
  std::swap(table->text.rows[written], table->text.rows[next]);
  for (EditableRow& row : table->rows) {
    if (row.written == written) {
      row.written = next;
    } else if (row.written == next) {
      row.written = written;
    }
  }
  std::stable_sort(
      table->rows.begin(), table->rows.end(),
      [](const EditableRow& a, const EditableRow& b) { return a.written < b.written; });
}

void EditRow(EditableRow* row, const Plant& plant) {
  const auto argument = static_cast<size_t>(plant.argument);
  if (plant.edit == Edit::kForget && argument < row->effects.size()) {
    row->effects.erase(row->effects.begin() + static_cast<std::ptrdiff_t>(argument));
  } else if (plant.edit == Edit::kStay) {
    row->moves = false;
  } else if (plant.edit == Edit::kMove) {
    row->moves = true;
    row->target = static_cast<uint8_t>(plant.argument);
  } else if (plant.edit == Edit::kWiden) {
    row->holds = &Always;
  }
}

void ApplyTo(EditableTable* table, size_t written, const Plant& plant) {
  if (plant.edit == Edit::kFlip || plant.edit == Edit::kFlipStrict) {
    Flip(table, written, plant);
  } else if (plant.edit == Edit::kDrop) {
    Drop(table, written);
  } else if (plant.edit == Edit::kSwap) {
    Swap(table, written);
  } else {
    for (EditableRow& row : table->rows) {
      if (row.written == written) EditRow(&row, plant);
    }
  }
}

/// The rows of the written one; for a row that will hold more often also those after it that calls
/// take instead now.
std::vector<model::RowId> Touched(const EditableTable& table, model::RowId base, size_t written,
                                  bool holds_more) {
  std::vector<model::RowId> touched;
  const auto competes = [&](const EditableRow& other) {
    return std::any_of(table.rows.begin(), table.rows.end(), [&](const EditableRow& row) {
      return row.written == written && row.event == other.event && row.source == other.source;
    });
  };
  for (size_t row = 0; row < table.rows.size(); ++row) {
    const size_t place = table.rows[row].written;
    const bool counts = place == written || (holds_more && place > written);
    if (counts && competes(table.rows[row])) {
      touched.push_back(static_cast<model::RowId>(base + row));
    }
  }
  return touched;
}

constexpr int kToDatabases = static_cast<int>(model::Phase::kDatabases);
constexpr int kToLogs = static_cast<int>(model::Phase::kLogs);
constexpr int kToReady = static_cast<int>(model::Life::kReady);

const Plant kPlants[] = {
    // Entry gate and sessions.
    {"a stopped service lets streaming calls in", "E-3", 0, Edit::kDrop},
    {"an unavailable instance is seen before the stopped service", "E-3", 0, Edit::kSwap},
    {"a full log disk is not told apart", "E-4", 0, Edit::kDrop},
    {"no run mode reads as multi-instance mode", "L-1", 0, Edit::kFlip,
     JET_errRunningInMultiInstanceMode},
    {"the size of JET_LOGINFO is not looked at", "LOGINFO-1", 0, Edit::kDrop},
    {"a session call of a stopped service passes", "S-5", 0, Edit::kDrop},
    {"a nil session gives the code of a missing instance", "S-1", 0, Edit::kFlip,
     JET_errNotInitialized},
    // Life of an instance.
    {"a failed JetInit leaves the instance there", "INIT-9", 0, Edit::kMove, kToReady},
    {"a refused termination forbids backups in strict, too", "TERM-7", 0, Edit::kDrop},
    {"an open transaction does not hinder termination", "TERM-9", 0, Edit::kDrop},
    {"a termination that a transaction refuses keeps the backup", "TERM-9", 0, Edit::kForget, 0},
    {"a dirty termination says that all is well", "TERM-11", 1, Edit::kFlip, JET_errSuccess},
    {"the instance survives its termination", "TERM-13", 0, Edit::kMove, kToReady},
    {"an instance of the same name is created", "CREATE-5", 0, Edit::kDrop},
    // Services and parameters.
    {"resuming works after everything was stopped", "SVC2-3", 0, Edit::kDrop},
    {"JetStopService is forgotten", "SVC-1", 0, Edit::kForget, 0},
    {"an unknown bit of JetStopServiceInstance2 is an invalid parameter", "SVC2-1", 0,
     Edit::kFlipStrict, JET_errInvalidParameter},
    {"a parameter of the instance is settable after JetInit", "PARAM-7", 0, Edit::kDrop},
    {"the range of a parameter is not tested", "PARAM-8", 0, Edit::kDrop},
    // Databases, sessions.
    {"a backup does not bar detaching", "DETACH-9", 1, Edit::kDrop},
    {"an attached database is detached while it is open", "DETACH-12", 0, Edit::kDrop},
    {"a closed database has the code of a detached one", "DBINFO-11", 0, Edit::kFlip,
     JET_errInvalidParameter},
    {"a commit keeps the session in its transaction", "TRX-4", 0, Edit::kForget, 1},
    // Files, data.
    {"a stopped backup opens files", "OPEN-2", 0, Edit::kDrop},
    {"an open slot is seen before the empty name", "OPEN-5", 0, Edit::kSwap},
    {"a database opened in the logs phase leaves the backup alive", "OPEN-14", 0, Edit::kStay},
    {"a missing log is a missing database in strict", "OPEN-16", 0, Edit::kFlipStrict,
     JET_errDatabaseNotFound},
    {"two files are open at once", "OPEN-6", 0, Edit::kDrop},
    {"a stopped backup gives data", "READ-2", 0, Edit::kDrop},
    {"a read does not say how much it gave", "READ-15", 0, Edit::kForget, 1},
    {"a damaged database stays in the backup", "READ-13", 0, Edit::kForget, 0},
    {"a half-read database counts as copied", "CLOSE-3", 0, Edit::kWiden},
    {"a closed file stays open", "CLOSE-5", 0, Edit::kForget, 0},
    // Logs, truncation, begin, end.
    {"the log info ignores the open file", "LOGINFO-4", 0, Edit::kDrop},
    {"the log info comes back to the databases phase", "LOGINFO-12", 0, Edit::kMove, kToDatabases},
    {"a truncation list does not move to the logs phase", "TRUNCINFO-6", 0, Edit::kStay},
    {"truncation looks at the open file before the stop", "TRUNC-2", 0, Edit::kSwap},
    {"truncation does not ask for copied logs in strict", "TRUNC-5", 0, Edit::kDrop},
    {"Begin looks at the bits before logging", "BEGIN-3", 0, Edit::kSwap},
    {"an incremental backup begins without its base", "BEGIN-13", 1, Edit::kDrop},
    {"an incremental backup begins in the databases phase", "BEGIN-17", 0, Edit::kMove,
     kToDatabases},
    {"a stop of a backup is forgotten", "STOP-2", 0, Edit::kForget, 0},
    {"the end of a stopped backup is a success in strict", "END-5", 0, Edit::kFlipStrict,
     JET_errSuccess},
    {"the end of a stopped backup fails in the original engine", "END-5", 1, Edit::kFlip,
     JET_errBackupAbortByServer},
    {"an abort does not release the backup", "END-7", 0, Edit::kForget, 0},
    {"an abort leaves the phase behind", "END-7", 0, Edit::kMove, kToLogs},
    {"the bits of an end are not tested", "END-2", 0, Edit::kDrop},
    // JetBackup, snapshots, restores.
    {"JetBackup does not see a stop", "BACKUP-11", 0, Edit::kDrop},
    {"a missing directory is no error", "BACKUP-9", 3, Edit::kDrop},
    {"a thaw without a freeze succeeds", "SNAP-THAW-3", 0, Edit::kFlip, JET_errSuccess},
    {"a freeze of an instance in a backup succeeds", "SNAP-FREEZE-6", 0, Edit::kDrop},
    {"a failed freeze keeps its instances", "SNAP-FREEZE-6", 0, Edit::kForget, 0},
    {"a copy snapshot truncates logs", "SNAP-TRUNC-5", 0, Edit::kDrop},
    {"a snapshot that ends keeps its instances", "SNAP-END-7", 0, Edit::kForget, 0},
    {"a thawed snapshot is not known any more", "SNAP-THAW-5", 0, Edit::kMove, 0},
    {"a restore of an initialised instance goes on", "RESTORE-3", 0, Edit::kFlip, JET_errSuccess},
    {"an empty directory is restored", "RESTORE-6", 1, Edit::kDrop},
    {"a generation too high is a missing file in strict", "EXTRESTORE-16", 0, Edit::kFlipStrict,
     JET_errRequiredLogFilesMissing},
    {"a file that is no copy is restored", "EXTRESTORE-14", 0, Edit::kDrop},
};

}  // namespace

const std::vector<Plant>& Plants() {
  static const std::vector<Plant> plants(std::begin(kPlants), std::end(kPlants));
  return plants;
}

Planting MakePlanting(const Plant& plant) {
  Planting planting{.tables = EditableTables()};
  int left = plant.nth;
  model::RowId base = 0;
  for (EditableTable& table : planting.tables) {
    for (size_t written = 0; written < table.text.rows.size(); ++written) {
      if (table.text.rows[written].clause != plant.clause || left-- > 0) continue;
      planting.touched = Touched(table, base, written, plant.edit == Edit::kWiden);
      ApplyTo(&table, written, plant);
      return planting;
    }
    base = static_cast<model::RowId>(base + table.rows.size());
  }
  return {};
}

Planting NothingPlanted() {
  Planting planting{.tables = EditableTables()};
  size_t rows = 0;
  for (const EditableTable& table : planting.tables) rows += table.rows.size();
  planting.touched.resize(rows);
  std::iota(planting.touched.begin(), planting.touched.end(), model::RowId{0});
  return planting;
}

const char* EditText(Edit edit) {
  constexpr const char* kTexts[] = {
      "another code",       "another code in strict", "row dropped",   "order of two checks",
      "an effect left out", "state does not change",  "another state", "check always holds"};
  return kTexts[static_cast<size_t>(edit)];
}

}  // namespace backstop::planted

// SPDX-License-Identifier: MIT
#include "sim/harness/durability/client.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "impl/engine/error_name.h"
#include "sim/harness/stream_position.h"

namespace backstop::harness {
namespace {

constexpr uint32_t kReadPages = 8;

/// The strings of a list that two zeros end.
std::vector<std::string> Names(const char* list) {
  std::vector<std::string> names;
  for (const char* name = list; *name != '\0'; name += names.back().size() + 1) {
    names.emplace_back(name);
  }
  return names;
}

std::string FileName(const std::string& path) { return path.substr(path.rfind('/') + 1); }

}  // namespace

void PutFile(world::SimDisk& disk, const std::string& path, const BackupCopy::Bytes& bytes) {
  world::SimDisk::FileId file = 0;
  if (disk.Open(path, env::OpenMode::kCreateOrTruncate, &file) != env::IoStatus::kOk) return;
  disk.Write(file, 0, bytes);
  disk.Sync(file);
  disk.Close(file);
  disk.SyncDirectory(path.substr(0, path.rfind('/') + 1));
}

std::string ToText(const FailedCall& call) {
  if (call.err >= 0) return call.name;
  return fmt::format("{} = {}", call.name, engine::ErrorName(call.err));
}

bool Client::Try(const char* name, JET_ERR err) {
  failure_ = {name, err};
  return err >= 0;
}

bool Client::SetParameters() {
  const auto text = [&](uint32_t id, const std::string& value) {
    return Try("JetSetSystemParameter",
               api_.JetSetSystemParameter(&instance_, JET_sesidNil, id, 0, value.c_str()));
  };
  const auto number = [&](uint32_t id, JET_API_PTR value) {
    return Try("JetSetSystemParameter",
               api_.JetSetSystemParameter(&instance_, JET_sesidNil, id, value, nullptr));
  };
  constexpr JET_API_PTR kLogKilobytes = 64;
  return text(JET_paramSystemPath, place_.directory) &&
         text(JET_paramLogFilePath, place_.directory) &&
         text(JET_paramTempPath, place_.directory + "tmp.edb") &&
         number(JET_paramLogFileSize, kLogKilobytes) &&
         number(JET_paramCircularLog, place_.circular ? 1 : 0) &&
         (place_.checkpoint_depth == 0 ||
          number(JET_paramCheckpointDepthMax, place_.checkpoint_depth));
}

/// A JetInit that fails ends the instance.
bool Client::Initialise() {
  if (initialised_) return true;
  if (instance_ == JET_instanceNil) {
    const JET_ERR err = api_.JetCreateInstance2(&instance_, "first", nullptr, 0);
    if (!Try("JetCreateInstance2", err)) return false;
    if (!SetParameters()) return false;
  }
  initialised_ = Try("JetInit", api_.JetInit(&instance_));
  if (!initialised_) instance_ = JET_instanceNil;
  return initialised_;
}

bool Client::Start() {
  if (!Initialise()) return false;
  const char* path = place_.database.c_str();
  if (session_ == JET_sesidNil &&
      !Try("JetBeginSession", api_.JetBeginSession(instance_, &session_, nullptr, nullptr))) {
    session_ = JET_sesidNil;
    return false;
  }
  if (!Try("JetAttachDatabase2", api_.JetAttachDatabase2(session_, path, 0, 0))) return false;
  if (database_ == 0 &&
      !Try("JetOpenDatabase", api_.JetOpenDatabase(session_, path, nullptr, &database_, 0))) {
    return false;
  }
  if (table_ == 0 && !Try("JetOpenTable",
                          api_.JetOpenTable(session_, database_, "rows", nullptr, 0, 0, &table_))) {
    table_ = 0;
    return false;
  }
  JET_COLUMNDEF column{};
  const bool found = Try(
      "JetGetTableColumnInfo",
      api_.JetGetTableColumnInfo(session_, table_, "value", &column, sizeof column, JET_ColInfo));
  column_ = column.columnid;
  return found;
}

bool Client::Terminate(JET_GRBIT grbit) {
  if (instance_ == JET_instanceNil) return true;
  const bool ended = Try("JetTerm2", api_.JetTerm2(instance_, grbit));
  // What fails otherwise than by its arguments ends the instance all the same.
  Forget();
  return ended;
}

void Client::Forget() {
  initialised_ = false;
  instance_ = JET_instanceNil;
  session_ = JET_sesidNil;
  database_ = 0;
  table_ = 0;
}

bool Client::Begin() { return Try("JetBeginTransaction", api_.JetBeginTransaction(session_)); }
bool Client::RollBack() {
  return Try("JetRollback", api_.JetRollback(session_, JET_bitRollbackAll));
}
bool Client::Commit() {
  return Try("JetCommitTransaction", api_.JetCommitTransaction(session_, 0));
}

bool Client::Store(uint32_t how, RowMark mark) {
  const RowPayload row = PayloadOf(mark);
  return Try("JetPrepareUpdate", api_.JetPrepareUpdate(session_, table_, how)) &&
         Try("JetSetColumn",
             api_.JetSetColumn(session_, table_, column_, row.data(), row.size(), 0, nullptr)) &&
         Try("JetUpdate", api_.JetUpdate(session_, table_, nullptr, 0, nullptr));
}

bool Client::Insert(RowMark mark) { return Store(JET_prepInsert, mark); }

bool Client::MoveTo(uint32_t index, bool* there) {
  JET_ERR err = api_.JetMove(session_, table_, JET_MoveFirst, 0);
  if (err >= 0 && index > 0) {
    err = api_.JetMove(session_, table_, static_cast<int32_t>(index), 0);
  }
  *there = err >= 0;
  return err == JET_errNoCurrentRecord || Try("JetMove", err);
}

bool Client::Current(RowMark* mark) {
  std::array<std::byte, 512> value;
  uint32_t bytes = 0;
  if (!Try("JetRetrieveColumn", api_.JetRetrieveColumn(session_, table_, column_, value.data(),
                                                       value.size(), &bytes, 0, nullptr))) {
    return false;
  }
  const auto found = MarkIn(std::span(value).first(std::min<size_t>(bytes, value.size())));
  if (!found) failure_ = {"a row has bytes that nobody wrote", JET_errSuccess};
  if (found) *mark = *found;
  return found.has_value();
}

bool Client::Replace(uint32_t index, RowMark mark, std::optional<RowMark>* was) {
  bool there = false;
  was->reset();
  if (!MoveTo(index, &there)) return false;
  if (!there) return true;
  RowMark old = 0;
  if (!Current(&old) || !Store(JET_prepReplace, mark)) return false;
  *was = old;
  return true;
}

bool Client::Delete(uint32_t index, std::optional<RowMark>* was) {
  bool there = false;
  was->reset();
  if (!MoveTo(index, &there)) return false;
  if (!there) return true;
  RowMark old = 0;
  if (!Current(&old) || !Try("JetDelete", api_.JetDelete(session_, table_))) return false;
  *was = old;
  return true;
}

bool Client::ReadRows(FoundRows* rows) {
  rows->clear();
  JET_ERR err = api_.JetMove(session_, table_, JET_MoveFirst, 0);
  for (; err >= 0; err = api_.JetMove(session_, table_, JET_MoveNext, 0)) {
    RowMark mark = 0;
    if (!Current(&mark)) return false;
    ++(*rows)[mark];
  }
  return err == JET_errNoCurrentRecord || Try("JetMove", err);
}

bool Client::CopyFile(const std::string& name, BackupCopy::Bytes* bytes,
                      const std::function<bool()>& meanwhile) {
  JET_HANDLE handle = 0;
  uint32_t low = 0, high = 0;
  if (!Try("JetOpenFileInstance",
           api_.JetOpenFileInstance(instance_, name.c_str(), &handle, &low, &high))) {
    return false;
  }
  bytes->clear();
  // Aligned to pages, as the call asks for.
  std::vector<std::byte> room((kReadPages + 1) * kPageBytes);
  void* start = room.data();
  size_t space = room.size();
  auto* buffer =
      static_cast<std::byte*>(std::align(kPageBytes, kReadPages * kPageBytes, start, space));
  for (uint32_t actual = 1; actual > 0;) {
    if (!Try("JetReadFileInstance", api_.JetReadFileInstance(instance_, handle, buffer,
                                                             kReadPages * kPageBytes, &actual))) {
      return false;
    }
    bytes->insert(bytes->end(), buffer, buffer + actual);
    if (meanwhile && !meanwhile()) return false;
  }
  return Try("JetCloseFileInstance", api_.JetCloseFileInstance(instance_, handle));
}

bool Client::CopyLogs(BackupCopy* copy) {
  std::array<char, 4096> list{};
  uint32_t bytes = 0;
  JET_LOGINFO_A info{};
  info.cbSize = sizeof info;
  if (!Try("JetGetLogInfoInstance2",
           api_.JetGetLogInfoInstance2(instance_, list.data(), list.size(), &bytes, &info))) {
    return false;
  }
  for (const std::string& name : Names(list.data())) {
    if (!CopyFile(name, &copy->logs[FileName(name)], nullptr)) return false;
  }
  if (copy->low == 0) copy->low = info.ulGenLow;
  copy->high = info.ulGenHigh;
  return true;
}

bool Client::BackUp(JET_GRBIT grbit, BackupCopy* copy, const std::function<bool()>& meanwhile) {
  if (!Try("JetBeginExternalBackupInstance",
           api_.JetBeginExternalBackupInstance(instance_, grbit))) {
    return false;
  }
  BackupCopy made;
  if ((grbit & JET_bitBackupIncremental) != 0) {
    made = *copy;
  } else {
    std::array<char, 4096> list{};
    uint32_t bytes = 0;
    if (!Try("JetGetAttachInfoInstance",
             api_.JetGetAttachInfoInstance(instance_, list.data(), list.size(), &bytes))) {
      return false;
    }
    for (const std::string& name : Names(list.data())) {
      if (!CopyFile(name, &made.databases[name], meanwhile)) return false;
    }
  }
  if (!CopyLogs(&made)) return false;
  if (!Try("JetTruncateLogInstance", api_.JetTruncateLogInstance(instance_))) return false;
  if (!Try("JetEndExternalBackupInstance", api_.JetEndExternalBackupInstance(instance_))) {
    return false;
  }
  *copy = std::move(made);
  return true;
}

void Client::AbortBackup() {
  if (initialised_) api_.JetEndExternalBackupInstance2(instance_, JET_bitBackupEndAbort);
}

bool Client::BackUpInto(const std::string& directory) {
  return Try("JetBackupInstance", api_.JetBackupInstance(instance_, directory.c_str(), 0, nullptr));
}

bool Client::RestoreExternally(const std::string& from, const std::string& to,
                               const std::string& logs, const BackupCopy& copy) {
  std::string old_name = from, new_name = to;
  JET_RSTMAP_A map{old_name.data(), new_name.data()};
  JET_LOGINFO_A info{};
  info.cbSize = sizeof info;
  info.ulGenLow = copy.low;
  info.ulGenHigh = copy.high;
  std::string("edb").copy(info.szBaseName, sizeof info.szBaseName);
  return Try("JetExternalRestore2",
             api_.JetExternalRestore2(place_.directory.c_str(), place_.directory.c_str(), &map, 1,
                                      logs.c_str(), &info, nullptr, nullptr, nullptr, nullptr));
}

bool Client::RestoreFrom(const std::string& directory) {
  if (instance_ == JET_instanceNil) {
    const JET_ERR err = api_.JetCreateInstance2(&instance_, "first", nullptr, 0);
    if (!Try("JetCreateInstance2", err) || !SetParameters()) return false;
  }
  return Try("JetRestoreInstance", api_.JetRestoreInstance(instance_, directory.c_str(),
                                                           place_.directory.c_str(), nullptr));
}

}  // namespace backstop::harness

// SPDX-License-Identifier: MIT
#include "sim/harness/observed/given_restore.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "impl/esent.h"

namespace backstop::observed {
namespace {

using Bytes = std::vector<std::byte>;

constexpr size_t kPage = 4096;
constexpr size_t kRead = 16 * kPage;
constexpr unsigned kRolls = 3;
constexpr const char* kFirst = "given/a/";
constexpr const char* kSecond = "given/b/";
constexpr const char* kUse = "given/use/";
constexpr const char* kLogs = "given/logs/";

Bytes Read(env::Env& env, const std::string& path) {
  Bytes bytes;
  std::unique_ptr<env::File> file;
  if (env.Open(path, env::OpenMode::kReadOnly, &file) != env::IoStatus::kOk) return bytes;
  bytes.resize(file->Size());
  bytes.resize(file->ReadAt(0, bytes).bytes);
  return bytes;
}

void Write(env::Env& env, const std::string& path, const Bytes& bytes) {
  std::unique_ptr<env::File> file;
  if (env.Open(path, env::OpenMode::kCreateOrTruncate, &file) != env::IoStatus::kOk) return;
  file->WriteAt(0, bytes);
}

std::string LogName(uint32_t generation) { return fmt::format("edb{:08X}.log", generation); }

std::string BaseName(const std::string& path) { return path.substr(path.find_last_of("/\\") + 1); }

std::vector<std::string> Names(const std::vector<char>& list) {
  std::vector<std::string> names;
  for (const char* at = list.data(); at < list.data() + list.size() && *at != '\0';
       at += std::strlen(at) + 1) {
    names.emplace_back(at);
  }
  return names;
}

}  // namespace

JET_ERR GivenRestore::Prepare() {
  for (const char* path :
       {"given", "given/a", "given/b", "given/use", "given/logs", "given/a/bk", "given/b/bk"}) {
    env_.MakeDirectory(path);
  }
  const JET_ERR err = Make(kFirst, &first_);
  return err < 0 ? err : Make(kSecond, &second_);
}

JET_ERR GivenRestore::Make(const std::string& directory, Backup* backup) {
  JET_INSTANCE instance = 0;
  JET_ERR err = api_.JetCreateInstance2(&instance, "given", "given", 0);
  const auto set = [&](uint32_t id, JET_API_PTR number, const char* text) {
    if (err >= 0) err = api_.JetSetSystemParameter(&instance, JET_sesidNil, id, number, text);
  };
  set(JET_paramSystemPath, 0, directory.c_str());
  set(JET_paramLogFilePath, 0, directory.c_str());
  set(JET_paramTempPath, 0, (directory + "tmp.edb").c_str());
  set(JET_paramRecovery, 0, "On");
  set(JET_paramCircularLog, 0, nullptr);
  if (err >= 0) err = api_.JetInit(&instance);
  if (err < 0) return err;
  err = Run(instance, directory, backup);
  const JET_ERR ended = api_.JetTerm2(instance, JET_bitTermComplete);
  return err < 0 ? err : ended;
}

JET_ERR GivenRestore::Run(JET_INSTANCE instance, const std::string& directory, Backup* backup) {
  JET_SESID session = 0;
  JET_DBID database = 0;
  JET_ERR err = api_.JetBeginSession(instance, &session, nullptr, nullptr);
  if (err < 0) return err;
  err = api_.JetCreateDatabase2(session, (directory + "db.edb").c_str(), 0, &database, 0);
  // Each list of logs ends a generation.
  for (unsigned i = 0; err >= 0 && i < kRolls; ++i) {
    uint32_t written = 0;
    err = api_.JetBeginExternalBackupInstance(instance, 0);
    if (err >= 0) err = api_.JetGetLogInfoInstance(instance, nullptr, 0, &written);
    api_.JetEndExternalBackupInstance2(instance, JET_bitBackupEndAbort);
  }
  if (err >= 0) err = api_.JetBeginExternalBackupInstance(instance, 0);
  if (err < 0) return err;
  err = CopyAll(instance, directory, backup);
  const JET_ERR ended = api_.JetEndExternalBackupInstance2(
      instance, err < 0 ? JET_bitBackupEndAbort : JET_bitBackupEndNormal);
  return err < 0 ? err : ended;
}

JET_ERR GivenRestore::CopyAll(JET_INSTANCE instance, const std::string& directory, Backup* backup) {
  JET_ERR err = ReadWhole(instance, directory + "db.edb", &backup->copy);
  JET_LOGINFO_A info{.cbSize = sizeof info};
  uint32_t written = 0;
  std::vector<char> list(kRead);
  if (err >= 0) {
    err = api_.JetGetLogInfoInstance2(instance, list.data(), static_cast<uint32_t>(list.size()),
                                      &written, &info);
  }
  if (err < 0) return err;
  backup->low = info.ulGenLow;
  backup->high = info.ulGenHigh;
  for (const std::string& name : Names(list)) {
    Bytes log;
    if (err = ReadWhole(instance, name, &log); err < 0) return err;
    Write(env_, directory + "bk/" + BaseName(name), log);
  }
  return JET_errSuccess;
}

JET_ERR GivenRestore::ReadWhole(JET_INSTANCE instance, const std::string& name, Bytes* bytes) {
  JET_HANDLE file = 0;
  uint32_t low = 0, high = 0;
  JET_ERR err = api_.JetOpenFileInstance(instance, name.c_str(), &file, &low, &high);
  if (err < 0) return err;
  std::unique_ptr<void, decltype(&std::free)> page(std::aligned_alloc(kPage, kRead), &std::free);
  for (uint32_t read = 1; err >= 0 && read > 0;) {
    err = api_.JetReadFileInstance(instance, file, page.get(), kRead, &read);
    const auto* from = static_cast<const std::byte*>(page.get());
    if (err >= 0) bytes->insert(bytes->end(), from, from + read);
  }
  const JET_ERR closed = api_.JetCloseFileInstance(instance, file);
  return err < 0 ? err : closed;
}

void GivenRestore::Copy(const std::string& from, const std::string& to) {
  Write(env_, to, Read(env_, from));
}

void GivenRestore::Clear(const std::string& directory) {
  std::vector<std::string> names;
  env_.List(directory, &names);
  for (const std::string& name : names) env_.Remove(directory + name);
}

GivenArguments GivenRestore::Arrange(const std::string& kind, const std::string& instance,
                                     const std::string& directory) {
  Clear(kUse);
  Clear(kLogs);
  const auto& [low, high, whole] = first_;
  GivenArguments given{.system_path = kUse,
                       .log_path = kUse,
                       .backup_path = kLogs,
                       .old_name = std::string(kFirst) + "db.edb",
                       .new_name = std::string(kUse) + "db.edb",
                       .low = low,
                       .high = high};
  const auto log_of = [](const char* of, uint32_t generation) {
    return std::string(of) + "bk/" + LogName(generation);
  };
  for (uint32_t generation = low; kind != "no-logs" && generation <= high; ++generation) {
    Copy(log_of(kFirst, generation), kLogs + LogName(generation));
  }
  Bytes copy = whole;
  const auto trailer = copy.end() - static_cast<std::ptrdiff_t>(std::min(copy.size(), kPage));
  if (kind == "foreign-logs") Copy(log_of(kSecond, second_.high), kLogs + LogName(high));
  if (kind == "broken-logs") Copy(log_of(kFirst, low), kLogs + LogName(low + 1));
  if (kind == "damaged-header") std::fill_n(copy.begin(), 2 * kPage, std::byte{'x'});
  if (kind == "no-copy") copy = Read(env_, given.old_name);
  if (kind == "bad-trailer") std::fill(trailer, copy.end(), std::byte{0});
  if (kind == "wrong-trailer") std::copy(second_.copy.end() - kPage, second_.copy.end(), trailer);
  if (kind == "low-too-high") ++given.low;
  if (kind == "high-too-low") --given.high;
  if (kind == "high-missing") ++given.high;
  if (kind == "high-zero") given.high = 0;
  if (kind == "bad-map") given.map_is_null = true;
  if (kind == "no-target") given.target_log_path = kUse;
  if (kind == "not-running") given.target_name = "nobody";
  if (kind == "foreign-base" || kind == "running") given.target_name = instance;
  if (kind == "foreign-base") given.base = "xyz";
  if (kind == "paths-in-use") given.system_path = given.log_path = directory;
  Write(env_, given.new_name, copy);
  return given;
}

}  // namespace backstop::observed

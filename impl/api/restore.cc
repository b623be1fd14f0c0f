// SPDX-License-Identifier: MIT
// Restores.
#include "impl/engine/restore.h"

#include <cstring>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "impl/api/instance_call.h"
#include "impl/engine/instance.h"
#include "impl/engine/io.h"
#include "impl/engine/log_name.h"
#include "impl/engine/path.h"
#include "impl/engine/process.h"
#include "impl/engine/process_state.h"
#include "impl/engine/restore_directory.h"
#include "impl/esent.h"

namespace backstop::api {
namespace {

using engine::Err;
using engine::Instance;
using engine::Parameters;
using engine::ProcessState;

ProcessState& CurrentState() { return engine::Process::Current().state(); }

bool HasText(JET_PCSTR text) { return text != nullptr && *text != '\0'; }

void Tell(JET_PFNSTATUS callback, JET_SNT what) {
  JET_SNPROG progress = {sizeof progress, 0, 0};
  if (callback != nullptr) callback(JET_sesidNil, JET_snpRestore, what, &progress);
}

// -- of a whole backup --

Err RestoreInto(const Parameters& parameters, const engine::Dialect& dialect, JET_PCSTR path,
                JET_PCSTR target, JET_PFNSTATUS callback) {
  if (!HasText(path)) return JET_errInvalidPath;
  const std::string directory = HasText(target) ? engine::NormalDirectory(target) : "";
  Tell(callback, JET_sntBegin);
  const Err err = engine::RestoreDirectory(engine::Process::Current().env(), dialect,
                                           engine::SettingsOf(parameters),
                                           engine::NormalDirectory(path), directory);
  Tell(callback, err < 0 ? JET_sntFail : JET_sntComplete);
  return err;
}

Err RestoreWhole(JET_INSTANCE handle, bool legacy, JET_PCSTR path, JET_PCSTR target,
                 JET_PFNSTATUS callback) {
  ProcessState& state = CurrentState();
  const engine::Dialect& dialect = engine::Process::Current().dialect();
  std::shared_ptr<Instance> instance;
  if (const Err err = state.BeginRestore(handle, legacy, &instance); err < 0) return err;
  Parameters parameters = state.DefaultParameters();
  if (instance == nullptr) return RestoreInto(parameters, dialect, path, target, callback);
  Err err = state.ClaimPaths(*instance, &parameters);
  if (err >= 0) err = RestoreInto(parameters, dialect, path, target, callback);
  state.EndRestore(*instance);
  return err;
}

// -- of the files of a streaming backup --

struct ExternalRestore {
  JET_PCSTR system_path;
  JET_PCSTR log_path;
  const JET_RSTMAP_A* map;
  int32_t map_count;
  JET_PCSTR backup_path;
  uint32_t low;
  uint32_t high;
  std::string base_name;
  JET_PCSTR target_name = nullptr;
  JET_PCSTR target_log_path = nullptr;
  JET_PCSTR target_system_path = nullptr;
  JET_PFNSTATUS callback;
};

/// Contract JetExternalRestore, rows 1 and 2.
bool IsShaped(const ExternalRestore& call) {
  const bool log = HasText(call.target_log_path);
  const bool system = HasText(call.target_system_path);
  if (log != system || (log && HasText(call.target_name))) return false;
  return call.base_name.size() == 3;
}

/// Row 7.
bool IsMapShaped(const ExternalRestore& call) {
  if (call.map_count < 0 || (call.map_count > 0) != (call.map != nullptr)) return false;
  for (int32_t i = 0; i < call.map_count; ++i) {
    const JET_RSTMAP_A& entry = call.map[i];
    if (entry.szDatabaseName == nullptr || entry.szNewDatabaseName == nullptr) return false;
  }
  return true;
}

/// The instance that the call names and that runs. JET_errBadRestoreTargetInstance.
Err FindTarget(const ExternalRestore& call, std::shared_ptr<Instance>* target) {
  ProcessState& state = CurrentState();
  if (HasText(call.target_name)) {
    *target = state.FindRunning(call.target_name);
    return *target == nullptr ? JET_errBadRestoreTargetInstance : JET_errSuccess;
  }
  if (HasText(call.target_log_path)) {
    *target = state.FindRunning(call.target_log_path, call.target_system_path);
  }
  return JET_errSuccess;
}

/// Whether some instance has a file attached.
bool IsAttached(const std::string& path) {
  for (const auto& instance : CurrentState().Initialized()) {
    if (instance->databases().Attached(path)) return true;
  }
  return false;
}

/// Copies of the logs that a running instance has archived since the backup, for as long as they
/// are needed.
class BorrowedLogs {
 public:
  BorrowedLogs(env::Env& env, std::string to) : env_(env), to_(std::move(to)) {}
  ~BorrowedLogs() {
    for (const std::string& path : copies_) env_.Remove(path);
  }
  BorrowedLogs(const BorrowedLogs&) = delete;
  BorrowedLogs& operator=(const BorrowedLogs&) = delete;

  /// Ends the generation that the instance writes, and takes all above `high`. The caller is inside
  /// the gate.
  Err Take(Instance& instance, uint32_t high) {
    engine::LogStream& log = instance.storage().log();
    if (const Err err = log.ForceRoll(); err < 0) return err;
    const uint32_t end = log.current_generation();
    for (uint32_t generation = high + 1; generation < end; ++generation) {
      const std::string from = log.ArchivedPath(generation);
      const std::string copy = to_ + std::string(engine::FileName(from));
      const env::IoStatus copied = engine::CopyFile(env_, from, copy);
      if (copied == env::IoStatus::kNotFound) return JET_errMissingCurrentLogFiles;
      if (copied != env::IoStatus::kOk) return engine::FromIo(copied);
      copies_.push_back(copy);
    }
    return JET_errSuccess;
  }

 private:
  env::Env& env_;
  std::string to_;
  std::vector<std::string> copies_;
};

/// Contract JetExternalRestore, row 6, and what makes the target usable.
Err CheckFits(Instance& target, const ExternalRestore& call) {
  if (target.backup().settings().base_name != call.base_name) {
    return JET_errBadRestoreTargetInstance;
  }
  for (int32_t i = 0; IsMapShaped(call) && i < call.map_count; ++i) {
    const bool attached =
        target.databases().Attached(engine::NormalPath(call.map[i].szDatabaseName));
    if (!attached) return JET_errDatabaseNotFound;
  }
  return JET_errSuccess;
}

/// Rows 5 and 6.
Err CheckTarget(Instance* target, const ExternalRestore& call) {
  if (target == nullptr) return JET_errSuccess;
  return Inside(*target, [&] { return CheckFits(*target, call); });
}

/// What was true of the target need not be so any more.
Err TakeLogsOf(Instance& target, const ExternalRestore& call, BorrowedLogs* logs) {
  return Inside(target, [&] {
    const Err err = CheckFits(target, call);
    return err < 0 ? err : logs->Take(target, call.high);
  });
}

engine::RestoreRequest RequestOf(const ExternalRestore& call, const Parameters& parameters) {
  engine::RestoreRequest request{.storage = engine::SettingsOf(parameters),
                                 .backup_path = engine::NormalDirectory(call.backup_path),
                                 .low = call.low,
                                 .high = call.high,
                                 .has_map = call.map_count > 0,
                                 .in_use = &IsAttached};
  for (int32_t i = 0; i < call.map_count; ++i) {
    request.map.push_back({engine::NormalPath(call.map[i].szDatabaseName),
                           engine::NormalPath(call.map[i].szNewDatabaseName)});
  }
  return request;
}

Err RunExternal(const ExternalRestore& call, const Parameters& parameters, Instance* target) {
  env::Env& env = engine::Process::Current().env();
  if (!HasText(call.backup_path)) return JET_errFileNotFound;
  if (!env.Exists(engine::NormalDirectory(call.backup_path))) return JET_errInvalidPath;
  const engine::RestoreRequest request = RequestOf(call, parameters);
  engine::MakeDirectories(env, request.storage.log_path);
  engine::MakeDirectories(env, request.storage.system_path);
  BorrowedLogs borrowed(env, request.storage.log_path);
  if (target != nullptr) {
    if (const Err err = TakeLogsOf(*target, call, &borrowed); err < 0) return err;
  }
  Tell(call.callback, JET_sntBegin);
  const Err err = engine::Restore(env, engine::Process::Current().dialect(), request);
  Tell(call.callback, err < 0 ? JET_sntFail : JET_sntComplete);
  return err >= 0 && target != nullptr ? JET_wrnTargetInstanceRunning : err;
}

Err RestoreExternally(const ExternalRestore& call) {
  if (!IsShaped(call)) return JET_errInvalidParameter;
  ProcessState& state = CurrentState();
  std::shared_ptr<Instance> target;
  Err refused = FindTarget(call, &target);
  if (refused >= 0) refused = CheckTarget(target.get(), call);
  if (refused >= 0 && !IsMapShaped(call)) refused = JET_errInvalidParameter;
  Parameters parameters = state.DefaultParameters();
  parameters.log_path = engine::NormalDirectory(call.log_path == nullptr ? "" : call.log_path);
  parameters.system_path =
      engine::NormalDirectory(call.system_path == nullptr ? "" : call.system_path);
  parameters.temp_path = parameters.system_path + "tmp.edb";
  parameters.base_name = call.base_name;
  if (const Err err = state.ClaimForRestore(parameters, refused); err < 0) return err;
  const Err err = RunExternal(call, parameters, target.get());
  state.EndRestore(parameters);
  return err;
}

}  // namespace
}  // namespace backstop::api

JET_ERR JET_API JetExternalRestore(JET_PCSTR szCheckpointFilePath, JET_PCSTR szLogPath,
                                   JET_RSTMAP_A* rgrstmap, int32_t crstfilemap,
                                   JET_PCSTR szBackupLogPath, uint32_t genLow, uint32_t genHigh,
                                   JET_PFNSTATUS pfn) {
  const std::string base =
      backstop::engine::Process::Current().state().DefaultParameters().base_name;
  return backstop::api::RestoreExternally({.system_path = szCheckpointFilePath,
                                           .log_path = szLogPath,
                                           .map = rgrstmap,
                                           .map_count = crstfilemap,
                                           .backup_path = szBackupLogPath,
                                           .low = genLow,
                                           .high = genHigh,
                                           .base_name = base,
                                           .callback = pfn});
}

JET_ERR JET_API JetExternalRestore2(JET_PCSTR szCheckpointFilePath, JET_PCSTR szLogPath,
                                    JET_RSTMAP_A* rgrstmap, int32_t crstfilemap,
                                    JET_PCSTR szBackupLogPath, JET_LOGINFO_A* pLogInfo,
                                    JET_PCSTR szTargetInstanceName,
                                    JET_PCSTR szTargetInstanceLogPath,
                                    JET_PCSTR szTargetInstanceCheckpointPath, JET_PFNSTATUS pfn) {
  if (pLogInfo == nullptr || pLogInfo->cbSize != sizeof(JET_LOGINFO_A)) {
    return JET_errInvalidParameter;
  }
  const std::string base(pLogInfo->szBaseName,
                         strnlen(pLogInfo->szBaseName, sizeof pLogInfo->szBaseName));
  return backstop::api::RestoreExternally({.system_path = szCheckpointFilePath,
                                           .log_path = szLogPath,
                                           .map = rgrstmap,
                                           .map_count = crstfilemap,
                                           .backup_path = szBackupLogPath,
                                           .low = pLogInfo->ulGenLow,
                                           .high = pLogInfo->ulGenHigh,
                                           .base_name = base,
                                           .target_name = szTargetInstanceName,
                                           .target_log_path = szTargetInstanceLogPath,
                                           .target_system_path = szTargetInstanceCheckpointPath,
                                           .callback = pfn});
}

JET_ERR JET_API JetRestore(JET_PCSTR sz, JET_PFNSTATUS pfn) {
  return backstop::api::RestoreWhole(JET_instanceNil, true, sz, nullptr, pfn);
}

JET_ERR JET_API JetRestore2(JET_PCSTR sz, JET_PCSTR szDest, JET_PFNSTATUS pfn) {
  return backstop::api::RestoreWhole(JET_instanceNil, true, sz, szDest, pfn);
}

JET_ERR JET_API JetRestoreInstance(JET_INSTANCE instance, JET_PCSTR sz, JET_PCSTR szDest,
                                   JET_PFNSTATUS pfn) {
  return backstop::api::RestoreWhole(instance, false, sz, szDest, pfn);
}

// SPDX-License-Identifier: MIT
// What all instances of a process share: the run mode, the instance table, the parameters that new
// instances start with.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "impl/engine/dialect.h"
#include "impl/engine/err.h"
#include "impl/engine/instance.h"
#include "impl/engine/os_snapshot.h"
#include "impl/engine/parameters.h"
#include "impl/env/sync.h"
#include "impl/esent.h"

namespace backstop::engine {

/// Thread-safe. Its lock is the outermost one but for that of the snapshots; no call holds it while
/// it waits for anything.
class ProcessState {
 public:
  /// `dialect` must outlive it.
  ProcessState(env::Env& env, const Dialect& dialect);

  /// The instance that a handle names (contract E2): JET_errInvalidParameter if there is none. In
  /// one-instance mode every handle names the one.
  Err Find(JET_INSTANCE handle, std::shared_ptr<Instance>* instance);
  /// The instance that a call without handle means (L1, L2): JET_errInvalidParameter,
  /// JET_errRunningInMultiInstanceMode.
  Err FindOnly(std::shared_ptr<Instance>* instance);
  /// The instance of a session; null if it is gone.
  std::shared_ptr<Instance> FindBySession(JET_SESID id);
  /// What a call on a session that does not exist returns (C-27): JET_errTermInProgress when every
  /// initialised instance terminates, JET_errNotInitialized when there is none, else
  /// JET_errInvalidSesid.
  Err StaleSession();
  /// What a call on a session returns whose instance terminates, or has been freed since it was
  /// found. Nothing if the termination has been refused and the call may try again.
  std::optional<Err> TerminatingSession(Instance& instance, bool after_stop_service);

  /// Those that are initialised, in the order of their creation.
  std::vector<std::shared_ptr<Instance>> Initialized();

  bool HasInstances();
  SnapshotTable& snapshots() { return snapshots_; }
  uint64_t SnapshotTimeoutMicros();

  /// JetCreateInstance, rows 2 to 5.
  Err Create(std::optional<std::string> name, std::shared_ptr<Instance>* instance);
  /// JetInit, rows 1 to 6: finds or makes the instance and marks it as initialising, so that nobody
  /// ever sees one that was made and not yet marked. `handle` may be null.
  Err BeginInit(const JET_INSTANCE* handle, bool valid_restore_info,
                std::shared_ptr<Instance>* instance);
  /// JetInit, row 8: reserves the instance's paths and returns its parameters, final now.
  /// JET_errTempPathInUse, JET_errSystemPathInUse, JET_errLogFilePathInUse (C-29);
  /// JET_errFileAccessDenied where an earlier instance left a log open (D-33).
  Err ClaimPaths(Instance& instance, Parameters* parameters);

  // -- restore --
  /// JetRestoreInstance, rows 1 to 3: the instance that a handle names, marked as being restored;
  /// null where no mode is set and no handle given. `legacy`: the call names none.
  Err BeginRestore(JET_INSTANCE handle, bool legacy, std::shared_ptr<Instance>* instance);
  /// JetExternalRestore, rows 3, 8 and 9: keeps the directories for a restore until EndRestore.
  /// JET_errRunningInOneInstanceMode, JET_errTooManyInstances, and as ClaimPaths.
  /// `refused` is what speaks against it already and counts after the first of these codes.
  Err ClaimForRestore(const Parameters& parameters, Err refused);
  void EndRestore(const Parameters& parameters);
  void EndRestore(Instance& instance);
  /// Those of the process.
  Parameters DefaultParameters();
  /// The instances that are initialised and have not ended, those that are terminating included.
  std::vector<std::shared_ptr<Instance>> Running();
  /// The one of them of a name, or with these directories; null if there is none.
  std::shared_ptr<Instance> FindRunning(const std::string& name);
  std::shared_ptr<Instance> FindRunning(const std::string& log_path,
                                        const std::string& system_path);
  Parameters ParametersOf(Instance& instance);

  /// Takes an instance out of the table: its handle is dead from now on.
  void Free(Instance& instance);
  /// The same for one that was never initialised, else false; see ApiGate.
  bool FreeUnlessInitialized(Instance& instance, Err* err);

  /// Contract JetSetSystemParameter.
  Err SetParameter(const JET_INSTANCE* handle, JET_SESID session, uint32_t id, uint64_t number,
                   const char* text);
  /// Reads a parameter into whichever of `number` and `text` fits.
  Err GetParameter(JET_INSTANCE handle, JET_SESID session, uint32_t id,
                   std::optional<uint64_t>* number, std::optional<std::string>* text);

 private:
  enum class Mode : uint8_t { kUnset, kOneInstance, kMultiInstance };

  // With the lock held.
  Err WithoutSession() const;
  Err FindToInit(const JET_INSTANCE* handle, bool valid_restore_info,
                 std::shared_ptr<Instance>* instance);
  Instance* Lookup(JET_INSTANCE handle) const;
  Err Add(std::optional<std::string> name, Mode mode, std::shared_ptr<Instance>* instance);
  void Remove(Instance& instance);
  Err CheckPathsFree(const Parameters& mine) const;
  /// The instance whose parameters a call means, or null for those of the process.
  Err ParameterOwner(JET_INSTANCE handle, JET_SESID session, Instance** owner);
  std::shared_ptr<Instance> Share(const Instance& instance) const;

  env::Env& env_;
  const Dialect& dialect_;
  SnapshotTable snapshots_;
  env::Mutex mutex_;
  Mode mode_ = Mode::kUnset;
  uint32_t last_serial_ = 0;
  std::vector<std::shared_ptr<Instance>> instances_;  ///< in the order of their creation
  Parameters parameters_;
  std::vector<Parameters> restoring_;            ///< whose directories external restores use
  std::vector<std::string> unusable_log_paths_;  ///< with a file open that nobody will close
};

}  // namespace backstop::engine

// SPDX-License-Identifier: MIT
// The life of an instance.
#pragma once

#include "model/machine/differences.h"
#include "model/machine/events.h"
#include "model/machine/regions.h"
#include "model/machine/vocabulary.h"

namespace backstop::model {

struct InstanceTable {
  static constexpr const char* kName = "life of an instance";
  using Region = LifeRegion;
  using Rows = mp::mp_list<
      Row<AnyLife, CreateInstance, Fails<JET_errInvalidParameter, "CREATE-1">, If<NullPointer>>,
      Row<In<Absent, Initializing, Ready, Terminating>, CreateInstance,
          Fails<JET_errRunningInOneInstanceMode, "CREATE-2">, If<OneInstanceMode>>,
      Row<AnyLife, CreateInstance, Fails<JET_errTooManyInstances, "CREATE-4">, If<TableIsFull>>,
      Row<AnyLife, CreateInstance, Fails<JET_errInstanceNameInUse, "CREATE-5">, If<NameCollides>>,
      Row<Alive, CreateInstance, Fails<JET_errTooManyInstances, "CREATE-6">,
          Internal<"an instance that lives keeps its name, so that CREATE-5 refuses its twin">>,
      Row<Absent, CreateInstance, Fails<JET_errOutOfMemory, "CREATE-8">,
          If<Meets<Fault::kOutOfMemory>>>,
      Row<Absent, CreateInstance, Succeeds<"CREATE-7">, Do<Set<RunMode, Mode::kMultiInstance>>,
          To<Created>>,

      Row<Absent, InitBegins, Fails<JET_errRunningInMultiInstanceMode, "INIT-1">,
          If<All<MultiInstanceMode, NullPointer>>>,
      Row<AliveAlone, InitBegins, Fails<JET_errAlreadyInitialized, "INIT-2">, If<OneInstanceMode>>,
      Row<AnyLife, InitBegins, Fails<JET_errInvalidParameter, "INIT-3">, If<WrongSize>>,
      Row<Absent, InitBegins, GoesOn<"INIT-8">, If<All<ModeUnset, NoInstanceGiven>>,
          Do<Set<RunMode, Mode::kOneInstance>>, To<Initializing>>,
      Row<Absent, InitBegins, Fails<JET_errTooManyInstances, "INIT-4">,
          If<All<NoInstanceGiven, TableIsFull>>>,
      Row<Absent, InitBegins, Fails<JET_errInstanceNameInUse, "INIT-4">,
          If<All<NoInstanceGiven, NameCollides>>>,
      Row<Absent, InitBegins, Fails<JET_errOutOfMemory, "INIT-4">,
          If<All<NoInstanceGiven, Meets<Fault::kOutOfMemory>>>>,
      Row<Absent, InitBegins, GoesOn<"INIT-14">, If<NoInstanceGiven>, To<Initializing>>,
      Row<Absent, InitBegins, Fails<JET_errInvalidParameter, "INIT-5">>,
      Row<In<Ready, Terminating, Restoring>, InitBegins,
          Fails<JET_errAlreadyInitialized, "INIT-6">>,
      Row<Initializing, InitBegins, Fails<JET_errInitInProgress, "INIT-7">>,
      Row<Created, InitBegins, GoesOn<"INIT-10">, To<Initializing>>,

      Row<Initializing, InitDone, Fails<JET_errInvalidParameter, "INIT-15">,
          If<Is<CallRestore, RestoreKind::kBadMap>>, Do<FreeInstance>, To<Absent>>,
      Row<Initializing, InitDone, Fails<JET_errTempPathInUse, "INIT-12">, If<PathsInUse>,
          Do<FreeInstance>, To<Absent>>,
      Row<Initializing, InitDone, Fails<JET_errFileAccessDenied, "INIT-13">, If<Is<LogHeld, true>>,
          Ese<D33>, Do<FreeInstance>, To<Absent>>,
      Row<Initializing, InitDone, Fails<JET_errDiskIO, "INIT-9">, If<IoFails>, Do<FreeInstance>,
          To<Absent>>,
      Row<Initializing, InitDone, Succeeds<"INIT-11">, Do<Set<BackupAllowed, true>>, To<Ready>>,

      Row<Created, TermBegins, Succeeds<"TERM-2">, Do<FreeInstance>, To<Absent>>,
      Row<Initializing, TermBegins, Fails<JET_errNotInitialized, "TERM-3">>,
      Row<Restoring, TermBegins, Fails<JET_errRestoreInProgress, "TERM-3">>,
      Row<Terminating, TermBegins, Fails<JET_errTermInProgress, "TERM-4">>,
      Row<Ready, TermBegins, GoesOn<"TERM-5">, To<Terminating>>,

      Row<Terminating, TermDecides, Succeeds<"TERM-14">,
          If<All<Claimed, StopsOrAborts, Not<FrozenNow>>>, Ese<H19>,
          Waits<"the end of the snapshot, without limit">, Do<FreeInstance>, To<Absent>>,
      Row<Terminating, TermDecides, Fails<JET_errDirtyShutdown, "TERM-15">,
          If<All<FrozenNow, StopsOrAborts, DirtyAsked>>, Ese<C20>,
          Waits<"the time-out of the freeze">, Do<FreeInstance>, To<Absent>>,
      Row<Terminating, TermDecides, Succeeds<"TERM-15">, If<All<FrozenNow, StopsOrAborts>>,
          Ese<C20>, Waits<"the time-out of the freeze">, Do<FreeInstance>, To<Absent>>,
      Row<Terminating, TermDecides, Fails<JET_errBackupInProgress, "TERM-7">,
          If<All<LocalBackup, Not<StopsBackup>, Not<Unavailable>>>, Strict<D34>, To<Ready>>,
      Row<Terminating, TermDecides, Fails<JET_errBackupInProgress, "TERM-7">,
          If<All<LocalBackup, Not<StopsBackup>, Not<Unavailable>>>, Ese<D34>,
          Do<Set<BackupAllowed, false>>, To<Ready>>,
      Row<Terminating, TermDecides, Fails<JET_errSurrogateBackupInProgress, "TERM-8">,
          If<All<SurrogateBackup, Not<StopsBackup>, Not<Unavailable>>>, Ese<D34>,
          Do<Set<BackupAllowed, false>>, To<Ready>>,
      Row<Terminating, TermDecides, Fails<JET_errTooManyActiveUsers, "TERM-9">,
          If<All<AnyTransaction, Not<DirtyAsked>, Not<Unavailable>>>, Strict<D34>,
          Do<ReleaseBackup, LeaveSnapshots>, To<Ready>>,
      Row<Terminating, TermDecides, Fails<JET_errTooManyActiveUsers, "TERM-9">,
          If<All<AnyTransaction, Not<DirtyAsked>, Not<Unavailable>>>, Ese<D34>,
          Do<ReleaseBackup, Set<BackupAllowed, false>>, To<Ready>>,
      Row<Terminating, TermDecides, Fails<JET_errDiskIO, "TERM-10">, If<IoFails>, Do<FreeInstance>,
          To<Absent>>,
      Row<Terminating, TermDecides, Fails<JET_errDirtyShutdown, "TERM-11">,
          If<All<DirtyAsked, Not<StopsOrAborts>, Is<FileType, FileKind::kLog>>>, Ese<D33>,
          Do<Set<LogHeld, true>, FreeInstance>, To<Absent>>,
      Row<Terminating, TermDecides, Fails<JET_errDirtyShutdown, "TERM-11">, If<DirtyAsked>,
          Do<FreeInstance>, To<Absent>>,
      Row<Terminating, TermDecides, Fails<JET_errLogWriteFail, "TERM-12">, If<LogStopped>,
          Do<FreeInstance>, To<Absent>>,
      Row<Terminating, TermDecides, Succeeds<"TERM-13">, Do<FreeInstance>, To<Absent>>,

      Row<Alive, InstanceUnavailable, Succeeds<"E-10">, If<Meets<Fault::kLogDiskFull>>,
          Do<Set<UnavailableFlag, kFullLogDisk>>>,
      Row<Alive, InstanceUnavailable, Succeeds<"E-10">, Do<Set<UnavailableFlag, true>>>>;
};

}  // namespace backstop::model

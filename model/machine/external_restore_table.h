// SPDX-License-Identifier: MIT
// JetExternalRestore2: recovery of the files of a streaming backup.
#pragma once

#include "model/machine/differences.h"
#include "model/machine/events.h"
#include "model/machine/regions.h"
#include "model/machine/vocabulary.h"

namespace backstop::model {

struct ExternalRestoreTable {
  static constexpr const char* kName = "external restore";
  using Region = ModeRegion;
  template <RestoreKind kKind>
  using Given = If<Is<CallRestore, kKind>>;

  using Rows = mp::mp_list<
      Row<AnyMode, ExternalRestore, Fails<JET_errInvalidParameter, "EXTRESTORE-1">,
          Given<RestoreKind::kNoTarget>>,
      Row<SingleInstance, ExternalRestore, Fails<JET_errRunningInOneInstanceMode, "EXTRESTORE-3">>,
      Row<NotSingleInstance, ExternalRestore,
          Fails<JET_errBadRestoreTargetInstance, "EXTRESTORE-4">, Given<RestoreKind::kNotRunning>>,
      Row<MultiInstance, ExternalRestore,
          Fails<JET_errClientRequestToStopJetService, "EXTRESTORE-5">,
          If<All<Is<CallRestore, RestoreKind::kRunning>, ServiceStopped>>>,
      Row<MultiInstance, ExternalRestore, Fails<JET_errInstanceUnavailable, "EXTRESTORE-5">,
          If<All<Is<CallRestore, RestoreKind::kRunning>, Unavailable>>>,
      Row<MultiInstance, ExternalRestore, Fails<JET_errTermInProgress, "EXTRESTORE-5">,
          If<All<Is<CallRestore, RestoreKind::kRunning>, Is<InstanceLife, Life::kTerminating>>>>,
      Row<NotSingleInstance, ExternalRestore,
          Fails<JET_errBadRestoreTargetInstance, "EXTRESTORE-6">, Given<RestoreKind::kForeignBase>>,
      Row<NotSingleInstance, ExternalRestore, Fails<JET_errInvalidParameter, "EXTRESTORE-7">,
          Given<RestoreKind::kBadMap>>,
      Row<MultiInstance, ExternalRestore, Fails<JET_errTooManyInstances, "EXTRESTORE-8">,
          If<TableIsFull>>,
      Row<NotSingleInstance, ExternalRestore, Fails<JET_errOutOfMemory, "EXTRESTORE-8">,
          If<Meets<Fault::kOutOfMemory>>>,
      Row<NotSingleInstance, ExternalRestore, Fails<JET_errInvalidParameter, "EXTRESTORE-9">,
          If<Meets<Fault::kBadPath>>>,
      Row<MultiInstance, ExternalRestore, Fails<JET_errTempPathInUse, "EXTRESTORE-9">,
          If<PathsInUse>>,
      Row<NotSingleInstance, ExternalRestore, Fails<JET_errFileNotFound, "EXTRESTORE-11">,
          Given<RestoreKind::kNoLogs>>,
      Row<NotSingleInstance, ExternalRestore,
          Fails<JET_errGivenLogFileHasBadSignature, "EXTRESTORE-12">,
          Given<RestoreKind::kForeignLogs>, Strict<D38>>,
      Row<NotSingleInstance, ExternalRestore, Fails<JET_errBadLogSignature, "EXTRESTORE-12">,
          Given<RestoreKind::kForeignLogs>, Ese<D38>>,
      Row<NotSingleInstance, ExternalRestore,
          Fails<JET_errGivenLogFileIsNotContiguous, "EXTRESTORE-12">,
          Given<RestoreKind::kBrokenLogs>>,
      Row<NotSingleInstance, ExternalRestore, Fails<JET_errDatabaseCorrupted, "EXTRESTORE-13">,
          Given<RestoreKind::kDamagedHeader>>,
      Row<NotSingleInstance, ExternalRestore,
          Fails<JET_errRestoreOfNonBackupDatabase, "EXTRESTORE-14">, Given<RestoreKind::kNoCopy>>,
      Row<NotSingleInstance, ExternalRestore, Fails<JET_errBadPatchPage, "EXTRESTORE-15">,
          Given<RestoreKind::kBadTrailer>>,
      Row<NotSingleInstance, ExternalRestore,
          Fails<JET_errDatabasePatchFileMismatch, "EXTRESTORE-15">,
          Given<RestoreKind::kWrongTrailer>>,
      Row<NotSingleInstance, ExternalRestore,
          Fails<JET_errStartingRestoreLogTooHigh, "EXTRESTORE-16">, Given<RestoreKind::kLowTooHigh>,
          Strict<D38>>,
      Row<NotSingleInstance, ExternalRestore, Fails<JET_errEndingRestoreLogTooLow, "EXTRESTORE-16">,
          If<Any<Is<CallRestore, RestoreKind::kHighTooLow>,
                 Is<CallRestore, RestoreKind::kHighZero>>>,
          Strict<D38>>,
      Row<NotSingleInstance, ExternalRestore,
          Fails<JET_errRequiredLogFilesMissing, "EXTRESTORE-16">,
          If<Any<Is<CallRestore, RestoreKind::kLowTooHigh>,
                 Is<CallRestore, RestoreKind::kHighTooLow>>>,
          Ese<D38>>,
      Row<NotSingleInstance, ExternalRestore, Fails<JET_errInternalError, "EXTRESTORE-16">,
          Given<RestoreKind::kHighZero>, Ese<D38>>,
      Row<NotSingleInstance, ExternalRestore, Fails<JET_errFileNotFound, "EXTRESTORE-18">,
          Given<RestoreKind::kHighMissing>>,
      Row<NotSingleInstance, ExternalRestore, Fails<JET_errDiskIO, "EXTRESTORE-17">, If<IoFails>>,
      Row<NotSingleInstance, ExternalRestore, Succeeds<"EXTRESTORE-19">>>;
};

}  // namespace backstop::model

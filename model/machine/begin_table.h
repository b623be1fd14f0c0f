// SPDX-License-Identifier: MIT
// The calls that begin and stop a backup.
#pragma once

#include "model/machine/differences.h"
#include "model/machine/events.h"
#include "model/machine/regions.h"
#include "model/machine/vocabulary.h"

namespace backstop::model {

struct BeginTable {
  static constexpr const char* kName = "begin and stop";
  using Region = PhaseRegion;
  using KnownBits =
      HasOnly<Grbit, JET_bitBackupIncremental | JET_bitBackupSurrogate | JET_bitInternalCopy>;

  using Rows = mp::mp_list<
      Row<AnyPhase, Begin, Fails<JET_errBackupNotAllowedYet, "BEGIN-1">,
          If<Not<Is<BackupAllowed, true>>>,
          Internal<"only a refused termination of the original engine forbids backups">>,
      Row<Unbegun, Begin, Fails<JET_errLoggingDisabled, "BEGIN-2">, If<Not<Is<LoggingOn, true>>>>,
      Row<AnyPhase, Begin, Fails<JET_errLogWriteFail, "BEGIN-3">, If<LogStopped>>,
      Row<NotSurrogate, Begin, Fails<JET_errInvalidGrbit, "BEGIN-5">,
          If<Not<HasOnly<Grbit, JET_bitBackupIncremental>>>, Strict<D27>>,
      Row<AnyPhase, Begin, Fails<JET_errInvalidGrbit, "BEGIN-5">, If<Not<KnownBits>>, Ese<D27>>,
      Row<NotSurrogate, Begin, Fails<JET_errInvalidBackup, "BEGIN-6">,
          If<All<IncrementalAsked, Is<CircularLog, true>>>>,
      Row<NotSurrogate, Begin, Fails<JET_errInvalidBackup, "BEGIN-7">,
          If<All<SurrogateAsked, Is<CircularLog, true>>>, Ese<D27>>,
      Row<AnyPhase, Begin, Fails<JET_errInvalidGrbit, "BEGIN-8">,
          If<All<InternalAsked, Any<SurrogateAsked, IncrementalAsked>>>, Ese<D27>>,
      Row<AnyPhase, Begin, Fails<JET_errLogDiskFull, "BEGIN-9">, If<Meets<Fault::kLogDiskFull>>>,
      Row<AnyPhase, Begin, Fails<JET_errLogSequenceEnd, "BEGIN-9">,
          If<Meets<Fault::kLogSequenceEnd>>>,
      Row<InSnapshot, Begin, Fails<JET_errBackupInProgress, "BEGIN-10">, If<FrozenNow>, Ese<C18>,
          Waits<"the end of the freeze">>,
      Row<LocalOrSnapshot, Begin, Fails<JET_errBackupInProgress, "BEGIN-10">>,
      Row<Surrogate, Begin, Fails<JET_errSurrogateBackupInProgress, "BEGIN-11">, Ese<D27>>,
      Row<NoBackup, Begin, Fails<JET_errMissingFullBackup, "BEGIN-13">,
          If<All<IncrementalAsked, SurrogateAsked, Not<Within<Attached, SnapshotFulls>>>>,
          Ese<D27>>,
      Row<NoBackup, Begin, Fails<JET_errMissingFullBackup, "BEGIN-13">,
          If<All<IncrementalAsked, Not<SurrogateAsked>, Not<Within<Attached, FullBackups>>>>>,
      Row<NoBackup, Begin, Fails<JET_errOutOfMemory, "BEGIN-14">,
          If<All<Not<IncrementalAsked>, Meets<Fault::kOutOfMemory>>>>,
      Row<NoBackup, Begin, Fails<JET_errCheckpointCorrupt, "BEGIN-15">,
          If<All<Not<IncrementalAsked>, Meets<Fault::kBadCheckpoint>>>>,
      Row<NoBackup, Begin, Fails<JET_errCheckpointFileNotFound, "BEGIN-15">,
          If<All<Not<IncrementalAsked>, Meets<Fault::kNoCheckpoint>>>>,
      Row<NoBackup, Begin, Fails<JET_errDiskIO, "BEGIN-15">,
          If<All<Not<IncrementalAsked>, IoFails>>>,
      Row<NoBackup, Begin, Succeeds<"BEGIN-19">, If<All<SurrogateAsked, IncrementalAsked>>,
          Ese<D27>, To<Surrogate>>,
      Row<NoBackup, Begin, Succeeds<"BEGIN-19">, If<SurrogateAsked>, Ese<D27>,
          Do<Set<FullFlag, true>>, To<Surrogate>>,
      Row<NoBackup, Begin, Succeeds<"BEGIN-17">, If<IncrementalAsked>, To<Logs>>,
      Row<NoBackup, Begin, Succeeds<"BEGIN-18">, Do<Set<FullFlag, true>>, To<Databases>>,

      Row<NoBackup, StopBackup, Succeeds<"STOP-1">>,
      Row<InSnapshot, StopBackup, Succeeds<"STOP-1">, Strict<H17>>,
      Row<Busy, StopBackup, Succeeds<"STOP-2">, Do<Set<StopFlag, true>>>>;
};

}  // namespace backstop::model

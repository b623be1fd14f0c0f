// SPDX-License-Identifier: MIT
// The calls that begin, stop and end a backup.
#pragma once

#include "model/machine/events.h"
#include "model/machine/regions.h"
#include "model/machine/vocabulary.h"

namespace backstop::model {

struct BackupTable {
  static constexpr const char* kName = "begin, stop and end";
  using Region = PhaseRegion;
  /// A full backup after which incremental ones may follow, as far as the state tells.
  using MakesBase = All<Full, Truncated, Not<LogStopped>>;
  /// The same with what the bits of JetEndExternalBackupInstance2 add.
  using MakesBaseAsTold = All<Full, Any<Truncated, HasAny<Grbit, JET_bitBackupTruncateDone>>,
                              Not<HasAny<Grbit, JET_bitBackupNoDbHeaderUpdate>>, Not<LogStopped>>;

  using Rows = mp::mp_list<
      Row<AnyPhase, Begin, Fails<JET_errBackupNotAllowedYet, "BEGIN-1">,
          If<Not<Is<BackupAllowed, true>>>,
          Internal<"a ready instance allows backups, and a refused termination leaves it so">>,
      Row<NoBackup, Begin, Fails<JET_errLoggingDisabled, "BEGIN-2">, If<Not<Is<LoggingOn, true>>>>,
      Row<AnyPhase, Begin, Fails<JET_errLogWriteFail, "BEGIN-3">, If<LogStopped>>,
      Row<AnyPhase, Begin, Fails<JET_errInvalidGrbit, "BEGIN-5">,
          If<Not<HasOnly<Grbit, JET_bitBackupIncremental>>>>,
      Row<AnyPhase, Begin, Fails<JET_errInvalidBackup, "BEGIN-6">,
          If<All<IncrementalAsked, Is<CircularLog, true>>>>,
      Row<BackupRuns, Begin, Fails<JET_errBackupInProgress, "BEGIN-10">>,
      Row<NoBackup, Begin, Fails<JET_errMissingFullBackup, "BEGIN-13">,
          If<All<IncrementalAsked, Not<Within<Attached, FullBackups>>>>>,
      Row<NoBackup, Begin, Succeeds<"BEGIN-17">, If<IncrementalAsked>, To<Logs>>,
      Row<NoBackup, Begin, Succeeds<"BEGIN-18">, Do<Set<FullFlag, true>>, To<Databases>>,

      Row<NoBackup, StopBackup, Succeeds<"STOP-1">>,
      Row<BackupRuns, StopBackup, Succeeds<"STOP-2">, Do<Set<StopFlag, true>>>,

      Row<AnyPhase, End2, Fails<JET_errInvalidParameter, "END-1">,
          If<All<EndNormalAsked, EndAbortAsked>>>,
      Row<AnyPhase, End2, Fails<JET_errInvalidParameter, "END-2">,
          If<Not<Any<EndNormalAsked, EndAbortAsked>>>>,
      Row<NoBackup, AnyEnd, Fails<JET_errNoBackup, "END-3">>,
      Row<BackupRuns, End2, Succeeds<"END-7">, If<EndAbortAsked>, Do<ReleaseBackup>, To<NoBackup>>,
      Row<BackupRuns, AnyEnd, Fails<JET_errBackupAbortByServer, "END-5">, If<StopRequested>,
          Do<ReleaseBackup>, To<NoBackup>>,
      Row<BackupRuns, AnyEnd, Fails<JET_errBackupAbortByCaller, "END-6">, If<Not<Prepared>>,
          Do<ReleaseBackup>, To<NoBackup>>,
      Row<Logs, End, Succeeds<"END-9">, If<MakesBase>, Do<Join<FullBackups, Copied>, ReleaseBackup>,
          To<NoBackup>>,
      Row<Logs, End2, Succeeds<"END-9">, If<MakesBaseAsTold>,
          Do<Join<FullBackups, Copied>, ReleaseBackup>, To<NoBackup>>,
      Row<Logs, AnyEnd, Succeeds<"END-10">, Do<ReleaseBackup>, To<NoBackup>>>;
};

}  // namespace backstop::model

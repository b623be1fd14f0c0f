// SPDX-License-Identifier: MIT
// JetBackupInstance: a whole backup in one call. Between its events other threads, or its own
// callback, may call.
#pragma once

#include "model/machine/differences.h"
#include "model/machine/events.h"
#include "model/machine/regions.h"
#include "model/machine/stamps.h"
#include "model/machine/vocabulary.h"

namespace backstop::model {

struct WholeTable {
  static constexpr const char* kName = "whole backup";
  using Region = PhaseRegion;
  using AtomicAsked = HasAny<Grbit, JET_bitBackupAtomic>;
  using Directory = CallDirectory;
  using NoDirectory = Is<Directory, DirectoryKind::kMissing>;
  using Occupied = Not<Any<Is<Directory, DirectoryKind::kEmpty>, NoDirectory>>;
  using Started = Do<Set<WholeFlag, true>>;

  using Rows = mp::mp_list<
      Row<NotSurrogate, BackupBegins, Fails<JET_errInvalidGrbit, "BACKUP-15">,
          If<Not<HasOnly<Grbit, JET_bitBackupIncremental | JET_bitBackupAtomic>>>, Strict<D46>>,
      Row<AnyPhase, BackupBegins, Fails<JET_errBackupNotAllowedYet, "BACKUP-1">,
          If<Not<Is<BackupAllowed, true>>>,
          Internal<"only a refused termination of the original engine forbids backups">>,
      Row<AnyPhase, BackupBegins, Fails<JET_errInvalidPath, "BACKUP-2">,
          If<Meets<Fault::kBadPath>>>,
      Row<Unbegun, BackupBegins, Fails<JET_errLoggingDisabled, "BACKUP-3">,
          If<Not<Is<LoggingOn, true>>>>,
      Row<AnyPhase, BackupBegins, Fails<JET_errLogWriteFail, "BACKUP-4">, If<LogStopped>>,
      Row<NotSurrogate, BackupBegins, Fails<JET_errInvalidBackup, "BACKUP-5">,
          If<All<IncrementalAsked, Is<CircularLog, true>>>>,
      Row<InSnapshot, BackupBegins, Fails<JET_errBackupInProgress, "BACKUP-6">, If<FrozenNow>,
          Ese<C18>, Waits<"the end of the freeze">>,
      Row<LocalOrSnapshot, BackupBegins, Fails<JET_errBackupInProgress, "BACKUP-6">>,
      Row<Surrogate, BackupBegins, Fails<JET_errSurrogateBackupInProgress, "BACKUP-6">, Ese<D27>>,
      Row<NoBackup, BackupBegins, Fails<JET_errMissingFullBackup, "BACKUP-6">,
          If<All<IncrementalAsked, Not<Within<Attached, FullBackups>>>>>,
      Row<NoBackup, BackupBegins, Fails<JET_errLogDiskFull, "BACKUP-22">,
          If<Meets<Fault::kLogDiskFull>>>,
      Row<NoBackup, BackupBegins, Fails<JET_errLogSequenceEnd, "BACKUP-22">,
          If<Meets<Fault::kLogSequenceEnd>>>,
      Row<NoBackup, BackupBegins, Fails<JET_errOutOfMemory, "BACKUP-22">,
          If<All<Not<IncrementalAsked>, Meets<Fault::kOutOfMemory>>>>,
      Row<NoBackup, BackupBegins, Fails<JET_errCheckpointCorrupt, "BACKUP-22">,
          If<All<Not<IncrementalAsked>, Meets<Fault::kBadCheckpoint>>>>,
      Row<NoBackup, BackupBegins, Fails<JET_errCheckpointFileNotFound, "BACKUP-22">,
          If<All<Not<IncrementalAsked>, Meets<Fault::kNoCheckpoint>>>>,
      Row<NoBackup, BackupBegins, Succeeds<"BACKUP-7">, If<Is<Directory, DirectoryKind::kNone>>,
          Strict<D29>>,
      Row<NoBackup, BackupBegins, Fails<JET_errInvalidPath, "BACKUP-9">,
          If<All<AtomicAsked, IncrementalAsked>>>,
      Row<NoBackup, BackupBegins, Fails<JET_errFileAccessDenied, "BACKUP-9">,
          If<All<IncrementalAsked, Is<Directory, DirectoryKind::kNone>>>, Ese<D29>>,
      Row<NoBackup, BackupBegins, Fails<JET_errMakeBackupDirectoryFail, "BACKUP-9">,
          If<All<AtomicAsked, NoDirectory>>>,
      Row<NoBackup, BackupBegins, Fails<JET_errInvalidPath, "BACKUP-9">, If<NoDirectory>>,
      Row<NoBackup, BackupBegins, Fails<JET_errBackupDirectoryNotEmpty, "BACKUP-9">,
          If<All<IncrementalAsked, Is<Directory, DirectoryKind::kAtomicBackup>>>>,
      Row<NoBackup, BackupBegins, Fails<JET_errBackupDirectoryNotEmpty, "BACKUP-9">,
          If<All<Not<AtomicAsked>, Not<IncrementalAsked>, Occupied>>>,
      Row<NoBackup, BackupBegins, Fails<JET_errDeleteBackupFileFail, "BACKUP-9">,
          If<Meets<Fault::kFileInUse>>>,
      Row<NoBackup, BackupBegins, GoesOn<"BACKUP-13">, If<IncrementalAsked>, Started, To<Logs>>,
      Row<NoBackup, BackupBegins, GoesOn<"BACKUP-13">,
          Do<Set<WholeFlag, true>, Set<FullFlag, true>>, To<Databases>>,

      Row<NothingLocal, BackupCopies, Fails<JET_errNoBackup, "BACKUP-16">,
          Internal<"only in the original engine can others end what JetBackupInstance began">>,
      Row<BackupRuns, BackupCopies, Fails<JET_errTermInProgress, "BACKUP-10">,
          If<Is<InstanceLife, Life::kTerminating>>, Do<ReleaseBackup>, To<NoBackup>>,
      Row<InSnapshot, BackupCopies, Fails<JET_errTermInProgress, "BACKUP-10">,
          If<Is<InstanceLife, Life::kTerminating>>, Ese<C25>, Do<ReleaseBackup>, To<NoBackup>>,
      Row<BackupRuns, BackupCopies, Fails<JET_errBackupAbortByServer, "BACKUP-11">,
          If<StopRequested>, Do<ReleaseBackup>, To<NoBackup>>,
      Row<InSnapshot, BackupCopies, Fails<JET_errBackupAbortByServer, "BACKUP-11">,
          If<StopRequested>, Ese<C25>, Do<ReleaseBackup>, To<NoBackup>>,
      Row<LocalOrSnapshot, BackupCopies, Fails<JET_errOutOfMemory, "BACKUP-17">, If<FileOpen>,
          Ese<C25>, Do<ReleaseBackup>, To<NoBackup>>,
      Row<Logs, BackupCopies, Fails<JET_errInvalidBackupSequence, "BACKUP-18">,
          If<All<Full, Not<Is<Logged, 0>>>>, Ese<C25>, Do<ReleaseBackup>, To<NoBackup>>,
      Row<In<Databases, Logs>, BackupCopies, Fails<JET_errDiskIO, "BACKUP-19">, If<IoFails>,
          Do<ReleaseBackup>, To<NoBackup>>,
      Row<In<Databases, Logs>, BackupCopies, GoesOn<"BACKUP-20">,
          Do<Take<Copied, Logged>, Set<PreparedFlag, true>, Set<TruncatedFlag, true>>, To<Logs>>,
      Row<InSnapshot, BackupCopies, GoesOn<"BACKUP-20">, Ese<C25>>,

      Row<NothingLocal, BackupDone, Fails<JET_errNoBackup, "BACKUP-16">,
          Internal<"only in the original engine can others end what JetBackupInstance began">>,
      Row<Databases, BackupDone, Fails<JET_errNoBackup, "BACKUP-16">, Ese<C25>>,
      Row<InSnapshot, BackupDone, Succeeds<"BACKUP-12">, Ese<C25>, Do<ReleaseBackup>, To<NoBackup>>,
      Row<Logs, BackupDone, Succeeds<"BACKUP-12">, If<Any<StopRequested, LogStopped>>,
          Do<ReleaseBackup>, To<NoBackup>>,
      Row<Logs, BackupDone, Succeeds<"BACKUP-21">, If<Full>, StampFullAndRelease, To<NoBackup>>,
      Row<Logs, BackupDone, Succeeds<"BACKUP-21">, StampIncrementalAndRelease, To<NoBackup>>>;
};

}  // namespace backstop::model

// SPDX-License-Identifier: MIT
// The calls that list and open the files of a backup: databases in the databases phase, logs in the
// logs phase.
#pragma once

#include "model/machine/differences.h"
#include "model/machine/events.h"
#include "model/machine/regions.h"
#include "model/machine/vocabulary.h"

namespace backstop::model {

struct OpenTable {
  static constexpr const char* kName = "backup files";
  using Region = PhaseRegion;
  using FileCall = On<GetAttachInfo, OpenFile, OpenFileSection>;

  using Rows = mp::mp_list<
      Row<BackupRuns, FileCall, Fails<JET_errBackupInProgress, "WHOLE-1">, If<RunByJetBackup>,
          Strict<C25>>,

      Row<NothingLocal, GetAttachInfo, Fails<JET_errNoBackup, "ATT-1">>,
      Row<InSnapshot, GetAttachInfo, Fails<JET_errNoBackup, "ATT-1">, Strict<H17>>,
      Row<LocalOrSnapshot, GetAttachInfo, Fails<JET_errBackupAbortByServer, "ATT-2">,
          If<StopRequested>>,
      Row<In<Logs, InSnapshot>, GetAttachInfo, Fails<JET_errInvalidBackupSequence, "ATT-3">,
          If<Not<Full>>>,
      Row<LocalOrSnapshot, GetAttachInfo, Fails<JET_errOutOfMemory, "ATT-4">,
          If<Meets<Fault::kOutOfMemory>>, Do<ReleaseBackup>, To<NoBackup>>,
      Row<LocalOrSnapshot, GetAttachInfo, Fails<JET_errBufferTooSmall, "ATT-5">,
          If<ShortAnsiBuffer>, Ese<D17>>,
      Row<LocalOrSnapshot, GetAttachInfo, Succeeds<"ATT-6">, Do<Take<DatabasesOut, Logged>>>,

      Row<NothingLocal, AnyOpenFile, Fails<JET_errNoBackup, "OPEN-1">>,
      Row<InSnapshot, AnyOpenFile, Fails<JET_errNoBackup, "OPEN-1">, Strict<H17>>,
      Row<LocalOrSnapshot, AnyOpenFile, Fails<JET_errBackupAbortByServer, "OPEN-2">,
          If<StopRequested>>,
      Row<LocalOrSnapshot, AnyOpenFile, Fails<JET_errInvalidParameter, "OPEN-4">, If<NameIsEmpty>>,
      Row<LocalOrSnapshot, OpenFileSection, Fails<JET_errInvalidParameter, "OPEN-5">,
          If<ForbiddenSection>>,
      Row<LocalOrSnapshot, AnyOpenFile, Fails<JET_errOutOfMemory, "OPEN-6">, If<FileOpen>>,
      Row<LocalOrSnapshot, AnyOpenFile, Fails<JET_errInvalidPath, "OPEN-7">,
          If<Meets<Fault::kBadPath>>>,
      Row<LocalOrSnapshot, AnyOpenFile, Fails<JET_errOutOfMemory, "OPEN-8">,
          If<Meets<Fault::kOutOfMemory>>>,
      Row<Databases, AnyOpenFile, Fails<JET_errDatabaseNotFound, "OPEN-9">,
          If<Not<NameIsAttachedDatabase>>>,
      Row<Databases, AnyOpenFile, Fails<JET_errDatabaseLocked, "OPEN-10">,
          If<Meets<Fault::kFileInUse>>>,
      Row<Databases, AnyOpenFile, Fails<JET_errDiskIO, "OPEN-10">, If<IoFails>>,
      Row<Databases, AnyOpenFile, Fails<JET_errDatabaseAttachedForRecovery, "OPEN-11">,
          If<Meets<Fault::kRecovery>>>,
      Row<Databases, AnyOpenFile, Fails<JET_errOutOfMemory, "OPEN-12">,
          If<Meets<Fault::kOutOfMemoryLater>>>,
      Row<Databases, OpenFileSection, Succeeds<"OPEN-21">,
          Do<Set<FileType, FileKind::kDatabase>, Take<FileDatabase, CallDatabase>,
             Take<FileHandle, ReportedHandle>, Take<FileSize, ReportedSize>,
             Take<FileOffset, CallPages>, Take<LastHandle, ReportedHandle>>>,
      Row<Databases, OpenFile, Succeeds<"OPEN-18">,
          Do<Set<FileType, FileKind::kDatabase>, Take<FileDatabase, CallDatabase>,
             Take<FileHandle, ReportedHandle>, Take<FileSize, ReportedSize>,
             Take<LastHandle, ReportedHandle>>>,
      Row<In<Logs, InSnapshot>, AnyOpenFile, Fails<JET_errInvalidBackupSequence, "OPEN-13">,
          If<All<NameIsAttachedDatabase, Not<Full>>>, Do<ReleaseBackup>, To<NoBackup>>,
      Row<In<Logs, InSnapshot>, AnyOpenFile, Fails<JET_errInvalidBackupSequence, "OPEN-14">,
          If<NameIsAttachedDatabase>, Do<ReleaseBackup>, To<NoBackup>>,
      Row<In<Logs, InSnapshot>, AnyOpenFile, Fails<JET_errInvalidParameter, "OPEN-15">,
          If<NameIsNoGeneration>, Do<ReleaseBackup>, To<NoBackup>>,
      Row<In<Logs, InSnapshot>, AnyOpenFile, Succeeds<"OPEN-20">, If<NameIsForeignFile>, Ese<C36>,
          Do<Set<FileType, FileKind::kForeign>, Take<FileHandle, ReportedHandle>,
             Take<FileSize, ReportedSize>, Take<LastHandle, ReportedHandle>>>,
      Row<In<Logs, InSnapshot>, AnyOpenFile, Fails<JET_errMissingFileToBackup, "OPEN-16">,
          If<Any<Not<NameIsLog>, All<Refused, Not<LogIsSurelyThere>>>>, Do<ReleaseBackup>,
          To<NoBackup>>,
      Row<Logs, AnyOpenFile, Fails<JET_errFileAccessDenied, "OPEN-17">,
          If<Meets<Fault::kFileInUse>>, Do<ReleaseBackup>, To<NoBackup>>,
      Row<Logs, AnyOpenFile, Fails<JET_errOutOfMemory, "OPEN-17">,
          If<Meets<Fault::kOutOfMemoryLater>>, Do<ReleaseBackup>, To<NoBackup>>,
      Row<Logs, AnyOpenFile, Fails<JET_errDiskIO, "OPEN-17">, If<IoFails>, Do<ReleaseBackup>,
          To<NoBackup>>,
      Row<In<Logs, InSnapshot>, AnyOpenFile, Succeeds<"OPEN-19">,
          Do<Set<FileType, FileKind::kLog>, Take<FileGeneration, CallGeneration>,
             Take<FileHandle, ReportedHandle>, Take<FileSize, ReportedSize>,
             Take<LastHandle, ReportedHandle>>>>;
};

}  // namespace backstop::model
